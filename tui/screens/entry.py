"""Entry mode (录入): step through the form in the order of the page, copy each piece by one key, tick off what is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from textual import events
from textual.app import ComposeResult

from domain import entering
from domain.entering import Piece, State
from domain.records.atomic import reason, write_atomic
from domain.text import clean
from tui import keymap
from tui.screens.base import Page
from tui.screens.text import TextPage
from tui.session import Session
from tui.terminal import outside
from tui.terminal.app import TerminalApp
from tui.widgets.lines import Lines
from tui.widgets.look import ECHO, ERROR, HELP, PLAIN, STRONG, Line, cut, line, wrap, wrapped

SAID_ROWS = 3
MARKS = {State.OPEN: "-", State.DONE: "√", State.CHANGED: "!"}
HELP_TEXT = """一边开着正式系统的网页，一边在这里逐项复制：
Enter 或空格把这一项发到您电脑的剪贴板（终端的 OSC 52 功能）。终端收没收，程序看不到，所以只说“已发送”。
到网页里粘贴，回来再按一次 Enter，打勾并到下一项。
粘贴没有反应：多半是终端不让程序写剪贴板（PuTTY 就不行，有的终端要在设置里打开）。这时有两种办法：
{outside} 把这一项的文字单独显示出来，没有边框，不由程序断行，用鼠标选取即可；按回车返回。
{write} 把全部内容写成一个文本文件，传到自己电脑上打开，再逐项复制。
指标表可以整张复制（制表符分隔，适合贴到表格里），也可以往下一条一条地复制名称和目标值。
{tick} 打勾或取消；打过勾的内容后来又改了，会显示“!”，要重录。录到哪里，下次从哪里接着来。"""

SENT = "已发送到剪贴板。到网页里粘贴，回来再按 Enter 打勾；没有反应就按 {outside} 看纯文本，或 {write} 写成文件。"
NOT_SENT = "这个终端不让程序写剪贴板，没有发送。请按 {outside} 看纯文本、用鼠标选取，或按 {write} 写成文件。"


class EntryPage(Page, screen="entry"):
    """One piece at a time: what it is, how long, whether it is done, and its text."""

    DEFAULT_CSS = "EntryPage #text { height: 1fr; margin: 1 0; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pieces: tuple[Piece, ...] = ()
        self._at = 0
        self._sent = ""
        """Key of the piece that was sent last and not yet ticked."""
        self._said = ""

    def compose(self) -> ComposeResult:
        """Title, which piece, its text, what happened, keys."""
        yield self.title_bar()
        yield Lines(id="piece")
        yield Lines(id="text")
        yield Lines(id="said")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Go on where the filer stopped."""
        record = self._session.with_ticks
        self._pieces, self._at = entering.pieces(record), entering.resume(record)
        if self._session.read_only:
            self._said = f"现在只看（{self._session.read_only}）：复制、写文件照常，打勾记不下来。"
        elif empty := entering.missing(record.declaration):
            self._said = f"还有必填项空着，先填好再录更省事：{'、'.join(empty)}"
        self._show()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._show()

    # -- showing --

    @property
    def _piece(self) -> Piece | None:
        return self._pieces[self._at] if self._pieces else None

    def _show(self) -> None:
        width, piece = self.app.size.width, self._piece
        states = entering.states(self._session.with_ticks)
        done = sum(state is State.DONE for state in states.values())
        self.say_title(f" 录入｜已录 {done}/{len(self._pieces)}｜{_name(self._session)}")
        self.say_keys()
        if piece is None:
            self.query_one("#piece", Lines).show(
                [line(keymap.told(self.SCREEN, "这份表还是空的，没有可录的内容。按 {leave} 返回。"))]
            )
            return
        state = states[piece.key]
        head = f"{MARKS[state]} {self._at + 1}/{len(self._pieces)}　{piece.label}"
        facts = f"　{piece.count}{'　' + state.value if state is not State.OPEN else ''}"
        rows = [line(cut(f"{head}{facts}", width), STRONG)]
        if piece.over:
            rows.append(line(cut(f"多了 {piece.over} 字，系统可能不收，请先回去删减。", width), ERROR))
        self.query_one("#piece", Lines).show(rows)
        self.query_one("#text", Lines).show([line(row, PLAIN) for row in shown(piece.text, width)])
        self._say_below(state, width)

    def _say_below(self, state: State, width: int) -> None:
        following = self._pieces[self._at + 1].label if self._at + 1 < len(self._pieces) else "没有了，这是最后一项"
        rows: list[Line] = []
        if self._said:
            rows = wrapped(self._said, width, ECHO)[: SAID_ROWS - 1]
        elif state is State.CHANGED:
            rows = [line(cut("打勾以后内容改过，请重新录这一项。", width), ERROR)]
        rows.append(line(cut(f"下一项：{following}", width), HELP))
        blank = [line("")] * (SAID_ROWS - len(rows))
        self.query_one("#said", Lines).show([*blank, *rows], height=SAID_ROWS)

    # -- moving --

    def on_key(self, event: events.Key) -> None:
        """Copy, move among the pieces, scroll a long one."""
        text = self.query_one("#text", Lines)
        page = max(1, text.size.height - 1)
        acts: dict[str, Callable[[], None]] = {
            "enter": self._enter,
            "space": self._copy,
            "up": lambda: self.action_step(-1),
            "down": lambda: self.action_step(1),
            "pageup": lambda: text.scroll_rows(-page),
            "pagedown": lambda: text.scroll_rows(page),
            "home": lambda: self._go(0),
            "end": lambda: self._go(len(self._pieces) - 1),
        }
        if event.key in acts:
            acts[event.key]()
            event.stop()

    def _go(self, at: int) -> None:
        self._at, self._said, self._sent = max(0, min(len(self._pieces) - 1, at)), "", ""
        self._show()

    def action_step(self, by: int) -> None:
        """The piece before or after."""
        self._go(self._at + by)

    def action_next_open(self) -> None:
        """The next piece that is not done, from the top again after the last."""
        states = entering.states(self._session.with_ticks)
        order = [*range(self._at + 1, len(self._pieces)), *range(self._at)]
        found = next((at for at in order if states[self._pieces[at].key] is not State.DONE), None)
        if found is None:
            self._said = "都录完了。"
            self._show()
        else:
            self._go(found)

    # -- copying --

    def _enter(self) -> None:
        """Copy; the second time, once it is pasted: done, next."""
        piece = self._piece
        if piece is not None and self._sent == piece.key:
            self._tick(piece)
        else:
            self._copy()

    def _copy(self) -> None:
        piece = self._piece
        if piece is None:
            return
        if cast(TerminalApp, self.app).copy(piece.text):
            self._sent = piece.key
            self._said = keymap.told(self.SCREEN, SENT)
        else:
            self._said = keymap.told(self.SCREEN, NOT_SENT)
        self._show()

    def action_outside(self) -> None:
        """The text alone on the ordinary screen, to select from."""
        piece = self._piece
        if piece is not None and not outside.show(self.app, f"【{piece.label}】{piece.count}", piece.text):
            self._said = keymap.told(self.SCREEN, "这里离不开整屏界面，请按 {write} 写成文件。")
            self._show()

    def action_write(self) -> None:
        """Everything into a text file beside the record; one that is there already is asked about."""
        self._write(exclusive=True)

    def _write(self, *, exclusive: bool = False) -> None:
        path = entry_file(self._session.path)
        try:
            write_atomic(path, entering.as_text(self._session.with_ticks).encode(), exclusive=exclusive)
            self._said = f"已写到 {path}"
        except FileExistsError:
            self.ask(f"已有 {cut(path.name, 30)}，覆盖吗？", self._write)
            return
        except OSError as error:
            self._said = f"没有写成 {path}：{reason(error)}"
        self._show()

    # -- ticking --

    def action_tick(self) -> None:
        """Done and on to the next; not done, where it was."""
        piece = self._piece
        if piece is None:
            return
        if entering.states(self._session.with_ticks)[piece.key] is State.DONE:
            self._session.note_ticks(entering.ticked(self._session.with_ticks, piece, False))
            self._sent, self._said = "", self._session.trouble
            self._show()
        else:
            self._tick(piece)

    def _tick(self, piece: Piece) -> None:
        """Tick off and go to the next piece that is not done; where there is none, stay."""
        record = entering.ticked(self._session.with_ticks, piece, True)
        states = entering.states(record)
        after = range(self._at + 1, len(self._pieces))
        following = next((at for at in after if states[self._pieces[at].key] is not State.DONE), self._at)
        self._session.note_ticks(entering.stopped(record, self._pieces[following]))
        self._at, self._sent = following, ""
        finished = all(state is State.DONE for state in states.values())
        self._said = self._session.trouble or ("都录完了。" if finished else "")
        self._show()

    def action_help(self) -> None:
        """How this works."""
        self.app.push_screen(TextPage(" 录入帮助", lambda width: wrapped(keymap.told(self.SCREEN, HELP_TEXT), width)))

    def action_leave_page(self) -> None:
        """Back; where the filer stopped is kept."""
        piece = self._piece
        record = self._session.with_ticks
        if piece is not None and not self._session.read_only and (self._at or entering.resume(record)):
            self._session.note_ticks(entering.stopped(record, piece))
        self.dismiss()


def shown(text: str, width: int) -> list[str]:
    """A piece's text on rows of the screen, with the table's tabs as wide gaps; nothing but the text."""
    return [row for text_line in text.split("\n") for row in wrap(clean(text_line.replace("\t", "　　")), width)]


def entry_file(record: Path) -> Path:
    """Where F6 writes: beside the record, named after it."""
    return record.with_name(f"{record.stem}-录入.txt")


def _name(session: Session) -> str:
    project = session.declaration.project
    return f"{project.year or ''} {project.name or '未命名'}".strip()
