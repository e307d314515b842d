"""What the full screen has screens of its own for, line by line over an open record: overview, table, review, copies out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain import answers, entering, quantity
from domain.model import Indicator
from domain.review import IGNORED, Finding
from domain.text import one_line
from tui import browsing, editing
from tui.config import load
from tui.dialogue import Dialogue, Mode
from tui.dialogue.places import answered, find, place_at, places
from tui.dialogue.rolled import unseen
from tui.dialogue.slots import NAME_LIMIT, row_lines, split_row, take
from tui.findings import jump_to
from tui.folders import Folders
from tui.plain.console import Console
from tui.plain.files import compare, export, import_forms, learn
from tui.plain.past import history
from tui.plain.shelf import choose_entry
from tui.session import TYPED, slot_key


class Views:
    """The views of one conversation."""

    def __init__(self, dialogue: Dialogue, console: Console, folders: Folders) -> None:
        self._dialogue, self._console, self._folders = dialogue, console, folders
        self._session = dialogue.session
        self._views: dict[str, Callable[[], object]] = {
            "overview": self._overview,
            "coverage": self._cover,
            "table": self._table,
            "check": self._check,
            "library": self._library,
            "entry": self._entry,
            "export": lambda: export(self._console, self._session.record, self._session.path.stem, self._folders),
            "import": lambda: import_forms(self._console, self._session.store, self._folders.state),
            "editor": self._editor,
            "learn": lambda: learn(self._console, self._folders),
            "preview": self._preview,
            "history": lambda: history(self._console, self._session),
        }

    def show(self, view: str, topic: str = "") -> None:
        """Show a view by its name; topic is what it is to be about, such as the record to compare with."""
        if view == "compare":
            compare(self._console, self._session.store, self._session.path.stem, self._session.record, topic)
        else:
            self._views[view]()

    # -- reading --

    def _preview(self) -> None:
        """The form in its own order, a label and its value a line: no table is drawn."""
        declaration = self._session.declaration
        section = ""
        for place in places(declaration.framework):
            if place.section != section:
                section = place.section
                self._console.line(f"【{section}】")
            if place.field is not None:
                self._console.line(f"{place.label}：{self._value(place.key)}")
            for row in self._rows(place.key):
                self._console.line(f"{place.label}：{row}")

    def _value(self, key: str) -> str:
        place = place_at(self._session.declaration, key)
        assert place is not None
        if place.field is not None:
            return answers.shown(self._session.declaration.get(place.field.path))
        return "；".join(self._rows(key))

    def _rows(self, key: str) -> tuple[str, ...]:
        place = place_at(self._session.declaration, key)
        return row_lines(self._session, place.slot) if place is not None and place.slot is not None else ()

    # -- the overview --

    def _overview(self) -> None:
        """Every place with its state; a number or a name goes there."""
        declaration = self._session.declaration
        everything = places(declaration.framework)
        done = sum(answered(place, declaration) for place in everything)
        self._console.say(f"全表，{done}/{len(everything)} 处已填。")
        section = ""
        for number, place in enumerate(everything, 1):
            if place.section != section:
                section = place.section
                self._console.line(f"【{section}】")
            state = "没看过" if unseen(self._session, place) else "已填" if answered(place, declaration) else "空"
            value = one_line(self._value(place.key))
            self._console.line(f"{number}. {place.label}，{state}{'：' if value else ''}{value[:60]}")
        answer = self._console.read("你（写序号或栏目名跳过去，回车返回）：").strip()
        at = self._console.number(answer, len(everything))
        hits = [everything[at]] if at is not None else find(declaration, answer) if answer else []
        if hits:
            self._dialogue.goto(hits[0].key)
        elif answer:
            self._console.say(f"没有叫“{answer}”的栏目，可以写上面的序号。")

    def _cover(self) -> None:
        """What such projects usually fill; a number goes to a slot, a word adds the best next indicator."""
        from tui import covering

        while True:
            coverage = self._dialogue.suggester.coverage(self._session.declaration)
            self._console.line(covering.as_text(coverage))
            answer = self._console.read("你（写序号跳到那一格，写“加”加上最该补的一条，回车返回）：").strip()
            if not answer:
                return
            at = self._console.number(answer, len(coverage.slots))
            if at is not None:
                self._dialogue.goto(slot_key(coverage.slots[at].slot))
                return
            if answer != "加":
                self._console.say(f"没有“{answer}”。请写 1 到 {len(coverage.slots)} 的序号，或写 加。")
            elif coverage.next is not None:
                for message in self._dialogue.add(coverage.next).messages:
                    self._console.say(message.text)

    # -- the table --

    def _table(self) -> None:
        """The indicators by number: add, change, delete, move."""
        while True:
            rows = self._session.declaration.indicators
            self._console.say(f"指标表，{len(rows)} 条。")
            for number, row in enumerate(rows, 1):
                self._console.line(f"{number}. {row.level1} {row.level2}：{row.name} {row.target}")
            self._console.line("可以写：加、改 序号、删 序号、上移 序号、下移 序号、撤销；回车返回。")
            answer = self._console.read().strip()
            if not answer:
                return
            verb, _, rest = answer.partition(" ")
            at = self._console.number(rest, len(rows))
            if verb == "加":
                self._add_row()
            elif verb == "撤销":
                for message in self._dialogue.command("undo").messages:
                    self._console.say(message.text)
            elif verb not in ("改", "删", "上移", "下移"):
                self._console.say(f"没有“{verb}”。请写 加、改 1、删 1、上移 1、下移 1 或 撤销。")
            elif at is None:
                self._console.say(f"没有第“{rest}”条，请在“{verb}”后面空一格写 1 到 {len(rows)} 的序号。")
            elif verb == "改":
                self._change_row(at)
            elif verb == "删":
                if self._console.confirm(f"删除“{rows[at].name}”？"):
                    self._session.remove_row(at)
            else:
                self._session.move_row(at, -1 if verb == "上移" else 1)

    def _add_row(self) -> None:
        slots = [place for place in places(self._session.declaration.framework) if place.slot is not None]
        at = self._console.choose("加到哪一格？", [place.label for place in slots])
        if at is None:
            return
        slot = slots[at].slot
        assert slot is not None
        offered = self._dialogue.suggester.offer(self._session.declaration, slot.key).suggestions
        for number, one in enumerate(offered, 1):
            self._console.line(f"{number}. {one.name}  {one.target}　理由：{'；'.join(one.reasons)}")
        text = self._console.ask("写“名称 目标值”，或建议的序号；回车不加。")
        chosen = self._console.number(text, len(offered))
        if chosen is not None:
            reply, _ = take(self._session, self._dialogue.suggester, offered[chosen])
            for message in reply.messages:
                self._console.say(message.text)
        elif row := self._row_of(slot.level1, slot.level2, text):
            self._session.add_row(row, TYPED)

    def _change_row(self, at: int) -> None:
        row = self._session.declaration.indicators[at]
        text = self._console.ask(f"现在是：{row.name} {row.target}。写新的“名称 目标值”，回车不改。")
        if changed := self._row_of(row.level1, row.level2, text):
            self._session.change_row(at, changed, TYPED)

    def _row_of(self, level1: str, level2: str, text: str) -> Indicator | None:
        """The row that a line means; None for an empty line, or one that is refused."""
        name, target = split_row(one_line(text))
        if len(name) > NAME_LIMIT:
            self._console.say(f"指标名称最多{NAME_LIMIT}字，多了{len(name) - NAME_LIMIT}字，请删减。")
            return None
        return Indicator(level1, level2, name, target) if name else None

    # -- the review --

    def _check(self) -> None:
        """The findings by number: go there, mend, ignore with a reason."""
        from tui.findings import as_text

        while True:
            results = self._dialogue.reviewer.results()
            self._console.line(as_text(results))
            found = [item.finding for item in results.rows() if item.finding is not None and item.reason is None]
            self._console.line("可以写：去 序号、改 序号（自动改）、忽略 序号 理由；回车返回。")
            answer = self._console.read().strip()
            if not answer:
                return
            verb, _, rest = answer.partition(" ")
            which, _, reason = rest.strip().partition(" ")
            at = self._console.number(which, len(found))
            if verb not in ("去", "改", "忽略"):
                self._console.say(f"没有“{verb}”。请写 去 1、改 1 或 忽略 1 理由。")
            elif at is None:
                self._console.say(f"没有第“{which}”处，请在“{verb}”后面空一格写 1 到 {len(found)} 的序号。")
            elif verb == "去":
                jump = jump_to(self._dialogue, found[at].where, found[at])
                if jump is None:
                    self._table()
                else:
                    self._dialogue.goto(jump.key)
                return
            elif verb == "改":
                self._mend(found[at])
            elif reason.strip():
                marked = self._session.record.marked(IGNORED, found[at].key, one_line(reason))
                self._session.apply(f"忽略 {found[at].rule.id}", marked)
            else:
                self._console.say(f"请写上理由，如 忽略 {which} 已和财政局说好。")

    def _mend(self, finding: Finding) -> None:
        from domain.changes import diff

        if finding.fixed is None:
            self._console.say("这一处没有把握自动改，请写“去”和序号自己改。")
            return
        fixed = replace(self._session.record, declaration=finding.fixed)
        for change in diff(self._session.record, fixed):
            self._console.line(f"原：{one_line(str(change.old or '（空）'))[:200]}")
            self._console.line(f"改：{one_line(str(change.new or '（空）'))[:200]}")
        if self._console.confirm("照这样改吗？"):
            self._session.apply(f"按 {finding.rule.id} 自动改", fixed)

    # -- the library --

    def _library(self) -> None:
        """Search the library, put an entry into the record."""
        from domain.library import open_library

        shelf = browsing.Shelf(open_library(self._folders.data / "library"), self._session.declaration.framework)
        while (entry := choose_entry(self._console, shelf)) is not None:
            slot = shelf.slot_of(entry)
            if slot is None:
                self._console.say("这份记录用的指标体系里没有这一条的位置，加不进去；请另找一条。")
            elif self._console.confirm(f"用到本表的“{slot.place}”？"):
                self._take(browsing.begin(entry, slot, self._session.declaration, self._dialogue.suggester))

    def _take(self, adding: browsing.Adding) -> None:
        while adding.gap:
            guess = f"，回车填：{adding.guess}" if adding.guess else f"，例如 {adding.example}"
            noun = one_line(self._console.ask(f"名称里的“{adding.gap}”是什么{guess}？")) or adding.guess
            if not noun:
                return
            adding = adding.filled(noun)
        if not adding.target:
            options = self._dialogue.suggester.targets(self._session.declaration, adding.slot.key, adding.name)
            self._console.list([f"{option.text}　{option.reason}" for option in options])
            text = self._console.ask(f"目标值，例如 {browsing.open_target(adding.entry)}；回车先不填。")
            target = browsing.target_of(text, adding.entry, options) if text else ""
            adding = replace(adding, target=quantity.parse_target(target).text if target else "")
        if browsing.has_row(self._session.declaration, adding.slot, adding.name):
            self._console.say(f"“{adding.name}”已经在这一格里了。")
            return
        reply, _ = take(self._session, self._dialogue.suggester, adding.suggestion)
        for message in reply.messages:
            self._console.say(message.text)

    # -- the user's own editor --

    def _editor(self) -> None:
        """The long text that is asked for, in the user's own editor; it is offered, to be kept by Enter."""
        question = self._dialogue.question()
        if question.mode is not Mode.LONG:
            self._console.say("编辑器是写长文字用的；这一项请直接写。")
            return
        editor = editing.command(load().text("editor"))
        written, problem = editing.edit(question.prefill, editor, self._folders.state)
        if problem:
            self._console.say(problem)
        elif written != question.prefill:
            self._dialogue.leave_text(written)
            self._console.say("编辑器里写的在下面，直接回车就用它。")

    # -- entering elsewhere --

    def _entry(self) -> None:
        """The pieces to enter elsewhere, one after the other, with ticks."""
        record = self._session.record
        pieces, at = entering.pieces(record), entering.resume(self._session.with_ticks)
        if empty := entering.missing(record.declaration):
            self._console.say(f"还有必填项空着，先填好再录更省事：{'、'.join(empty)}")
        while 0 <= at < len(pieces):
            piece = pieces[at]
            state = entering.states(self._session.with_ticks)[piece.key].value or "没录"
            self._console.say(f"录入 {at + 1}/{len(pieces)} {piece.label}，{piece.count}，{state}。内容在下面：")
            self._console.line(piece.text)
            answer = self._console.read("你（回车打勾到下一项，上、下、取消，写“停”返回）：").strip()
            if answer == "停":
                break
            if answer in ("", "取消"):
                self._session.note_ticks(entering.ticked(self._session.with_ticks, piece, not answer))
            at += {"": 1, "下": 1, "上": -1}.get(answer, 0)
        else:
            self._console.say("到头了，都过了一遍。" if pieces else "这份表还是空的，没有可录的内容，请先填。")
            return
        self._session.note_ticks(entering.stopped(self._session.with_ticks, pieces[at]))
