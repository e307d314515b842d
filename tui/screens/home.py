"""The first screen (主屏): the records with year, name, amount and how complete; search as you type, open, new, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult

from domain import pinyin
from domain.records.atomic import reason
from domain.records.catalog import Info
from domain.records.codec import RecordError
from domain.text import one_line
from tui import keymap
from tui.screens.base import Page
from tui.screens.home_rows import WAYS, Way, row_text, way_text
from tui.searching import matcher, state_word
from tui.welcome import offer_tour
from tui.widgets.field import LineField
from tui.widgets.lazy import Lazily
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.app import FormApp

MANY = 20
"""Records from more than which it is said what can be searched for."""

SEARCHED = "名称、单位、年份、拼音首字母，或 没填完、损坏"


class HomePage(Page, screen="home"):
    """The list of records."""

    def __init__(self) -> None:
        super().__init__()
        self._infos: list[Info] = []
        self._found: tuple[str, list[Info]] = ("", [])
        """The last search, and what it found."""
        self._shown: list[Info | Way] = []
        self._read = False
        self._message = ""

    @property
    def form_app(self) -> FormApp:
        """The app, as what it is."""
        return cast("FormApp", self.app)

    def compose(self) -> ComposeResult:
        """Title, records, search line, keys."""
        yield self.title_bar()
        yield Rows(id="records")
        yield LineField(prompt="搜索：", id="search")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Read the list; a newcomer is told of the tour, once."""
        if offer_tour(self.form_app.folders):
            self._message = f"第一次用？{keymap.shown('home.learn')} 里有两分钟导览"
        self.query_one("#search", LineField).focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read the list again after a record was open; it is there already when the screen is shown first."""
        if self._read:
            self._message = ""
            self.reload()
        self._read = True

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()

    def reload(self) -> None:
        """Read the list of records; none where the folder cannot be looked into any more.

        What was changed since is current afterwards, else what was.
        """
        last, current = self._infos[0].changed if self._infos else None, self._current
        try:
            self._infos = self.form_app.catalog.infos()
        except (RecordError, OSError) as error:
            self._infos = []
            self.form_app.notice(reason(error))
        folder = self.form_app.folders.records
        if last is not None and not self._infos and not folder.is_dir():
            self.form_app.notice(
                f"文件夹 {one_line(str(folder))} 不见了：移走了，还是网络盘断了？接回来以后，进任一屏再返回就看得到记录。"
            )
        self._found = ("", self._infos)
        search = self.query_one("#search", LineField)
        search.placeholder = self._search_hint
        search.refresh()
        if last is not None and self._infos and self._infos[0].changed > last:
            current = self._infos[0]
        self._show(current.stem if current is not None else "")

    def _chosen(self, *, draft_too: bool = False) -> Info | None:
        """The current record where it can be read and has a file, which a draft may do without; what is in the way is said."""
        info = self._current
        if info is None:
            self._say_choose()
        elif info.problem:
            self.say_keys(" 这份读不了。按 Enter 看残文，从流水或历史恢复。")
        elif info.draft and not draft_too:
            self.say_keys(" 这份还没有存成文件。按 Enter 打开，答一项就存上了。")
        else:
            return info
        return None

    def _say_choose(self) -> None:
        self.say_keys(f" 先选一份记录：↑↓ 移到它上面再按；没有记录就按 {keymap.shown('home.new')} 新填一张。")

    def _matching(self, query: str) -> list[Info]:
        """What a search finds; one that goes on from the last looks only at what that found."""
        before, found = self._found
        goes_on = query.startswith(before) and pinyin.is_initials(before) == pinyin.is_initials(query)
        if query != before:
            found = list(filter(matcher(query), found if goes_on else self._infos))
            self._found = (query, found)
        return found

    def _show(self, stem: str = "") -> None:
        """Show the records that fit the search; stem is the one to be current, where it is among them."""
        query = self.query_one("#search", LineField).value.strip()
        found = self._matching(query)
        self._shown = [*found, *(WAYS[:1] if self._infos else WAYS)]
        width = self.app.size.width - 2
        rows = Lazily(self._shown, lambda one: way_text(one) if isinstance(one, Way) else row_text(one, width))
        at = next((number for number, info in enumerate(found) if info.stem == stem), None if found else 0)
        self.query_one("#records", Rows).show(rows, current=at)
        count = f"{len(found)}/{len(self._infos)} 份" if query else f"{len(self._infos)} 份记录"
        message = self._message or ("" if query else self._unfinished())
        self.say_title(f" 填表　绩效目标下达表填报助手｜{count}{'｜' + message if message else ''}")
        self.say_keys()

    def _unfinished(self) -> str:
        """An offer to go on with the record changed last, where it is not complete."""
        last = self._infos[0] if self._infos else None
        if last is None or state_word(last) in ("损坏", "填完了"):
            return ""
        return "上次没填完，回车接着填"

    @property
    def _row(self) -> Info | Way:
        return self._shown[self.query_one("#records", Rows).current] if self._shown else WAYS[0]

    @property
    def _current(self) -> Info | None:
        row = self._row
        return None if isinstance(row, Way) else row

    # -- input --

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Search as you type."""
        self._message = ""
        self.query_one("#records", Rows).current = 0
        self._show()

    async def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Open what is current."""
        info = self._row
        if isinstance(info, Way):
            await self.run_action(info.action)
        elif info.problem:
            self.form_app.desk.mend(info.stem, info.problem)
        else:
            self._forget_search()
            self.form_app.desk.open(info.stem)

    def _forget_search(self) -> None:
        self.query_one("#search", LineField).set("", self._search_hint)

    @property
    def _search_hint(self) -> str:
        return SEARCHED if len(self._infos) > MANY else ""

    def on_key(self, event: events.Key) -> None:
        """Move in the list."""
        rows = self.query_one("#records", Rows)
        if rows.press(event.key):
            self.say_keys()
            event.stop()

    def action_new(self) -> None:
        """A new record."""
        self._forget_search()
        self.form_app.desk.new()

    def action_draft(self) -> None:
        """A new record from a pasted description."""
        self._forget_search()
        self.form_app.desk.new(draft=True)

    def action_preview(self) -> None:
        """The form as it will be printed."""
        if info := self._chosen():
            self.form_app.desk.preview(info.stem)

    def action_learn(self) -> None:
        """Lessons and practice."""
        self._message = ""
        self.form_app.open_learning()

    def action_import(self) -> None:
        """Forms from files or a paste."""
        self.form_app.desk.take_in()

    def action_library(self) -> None:
        """The indicator library, to study."""
        self.form_app.browse_library()

    def action_roll(self) -> None:
        """Next year's record from the current one."""
        if info := self._chosen():
            self.ask(f"由“{info.stem}”结转出下一年的表？", lambda: self.form_app.desk.roll(info.stem))

    def action_copy(self) -> None:
        """Another project's record from the current one."""
        if info := self._chosen():
            self.ask(f"照“{info.stem}”另起一个项目的表？", lambda: self.form_app.desk.copy(info.stem))

    def action_export(self) -> None:
        """The current record in another format."""
        if info := self._chosen():
            self.form_app.desk.export(info.stem)

    def action_check(self) -> None:
        """Review the current record."""
        if info := self._chosen(draft_too=True):
            self._forget_search()
            self.form_app.desk.open(info.stem, check=True)

    def action_history(self) -> None:
        """Past states of the current record."""
        info = self._current
        if info is None:
            self.form_app.desk.trash()
        elif info.problem:
            self.form_app.desk.mend(info.stem, info.problem)
        else:
            self.form_app.desk.history(info.stem)

    def action_delete(self) -> None:
        """Move a record to the trash, after asking."""
        info = self._current
        if info is None:
            self._say_choose()
            return

        def delete() -> None:
            where = self.form_app.desk.delete(info.stem)
            if where is not None:
                self._message = f"没有真的删掉，{keymap.shown('home.history')} 里可以取回"
            self.reload()

        self.ask(f"把“{info.stem}”移到回收文件夹？", delete)

    def action_test_keys(self) -> None:
        """What arrives for each key."""
        self.form_app.test_keys()

    def action_help(self) -> None:
        """What can be done here."""
        self.form_app.show_help()

    def action_leave_page(self) -> None:
        """End the program, after asking."""
        self.ask("离开填表程序？记录都已存好。", lambda: self.app.exit(return_code=0))
