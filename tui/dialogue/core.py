"""The dialogue (对话): which question comes next, and what an answer or a command does. Every face speaks to this.

It holds no answers itself; they live in the session. It is free of Textual and of any file format.
Where it stands is in state, its questions in asking, what answers do in answering; here are the commands.
"""

from __future__ import annotations

from dataclasses import replace

from domain.fields import FieldPath, path_text
from domain.marks import row_key
from tui import keymap
from tui.dialogue import commands, drafting, helping, outside, rolled, slots, taught, weighed
from tui.dialogue.answering import Answering
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, before, find, place_at, relevant
from tui.dialogue.state import DONE_KEY
from tui.dialogue.types import Message, Reply, Role, say

__all__ = ["DONE_KEY", "NOTHING_KEPT", "Dialogue"]

GOAL, REMARKS = ("narrative", "annual_goal"), ("narrative", "remarks")


NOTHING_KEPT = "什么都还没有填，不留记录。"
"""Said on leaving a new record with nothing in it."""


class Dialogue(Answering):
    """A conversation about one record, with its commands: each `_do_*` is the command of that id."""

    def command(self, identity: str, argument: str = "") -> Reply:
        """Run a command by id, as a key or a slash word does."""
        reply = self._commanded(identity, argument)
        return replace(reply, messages=self._with_news(reply.messages))

    def _commanded(self, identity: str, argument: str) -> Reply:
        if (self._is_held or self.session.conflicts) and identity not in outside.MEANWHILE:
            return say(Role.ERROR, "请先定下这一处：写前面的序号，回车。")
        if self.session.read_only and identity in outside.CHANGING:
            return outside.refused(self.session)
        handler = getattr(self, f"_do_{identity}", None)
        if handler is None:
            return Reply(view=identity, topic=argument)
        reply: Reply = handler(argument)
        return reply

    # -- help --

    def _do_help(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.as_text(helping.help_page(place)) if place else helping.command_list())

    def _do_why(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.why(place) if place else "这里没有要解释的问题。")

    def _do_example(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.examples(place) if place else "这里没有例子。")

    def _named(self, argument: str) -> Place | None:
        hits = find(self.session.declaration, argument) if argument else []
        return hits[0] if hits else self.place

    def _do_commands(self, argument: str) -> Reply:
        return say(Role.HELP, helping.command_list())

    # -- moving --

    def _do_back(self, argument: str) -> Reply:
        if self._draft is not None:
            return self._end_draft(say(Role.NOTE, "不草拟了。"))
        if self._target_index() is not None:
            self._target_row, self._prefill = None, None
            return Reply()
        while self._trail:
            key = self._trail.pop()
            if key != self.key:
                self._move(key, remember=False)
                return Reply()
        place = before(self.session.declaration, self.key)
        if place is None:
            return say(Role.NOTE, "已经是第一项了。")
        self._move(place.key, remember=False)
        return Reply()

    def _do_skip(self, argument: str) -> Reply:
        if self.session.read_only:
            return self._look_on("")
        if self._draft is not None:
            return self._answer_draft("n")
        place = self.place
        if place is None:
            return say(Role.NOTE, "已经到最后了。")
        if isinstance(place, SlotPlace) and (row := self._target_index()) is not None:
            return self._skip_target(place, row)
        messages: tuple[Message, ...] = ()
        empty = not answered(place, self.session.declaration)
        if empty or self.session.asked_again(place.key):
            self.session.skip(place.key, place.label)
        if empty and isinstance(place, FieldPlace):
            starred = "（必填项，检查时会提醒）" if place.required else ""
            messages = (Message(Role.NOTE, f"{place.label}先空着{starred}"),)
        self._advance()
        return Reply(self._with_trouble(messages))

    def _skip_target(self, place: SlotPlace, index: int) -> Reply:
        row = self.session.declaration.indicators[index]
        again = bool(self.session.asked_again(row_key(row)))
        if again:
            self.session.skip(row_key(row), row.name)
        reply = slots.target_left(self.session, index)
        self._next_target(place, again)
        return Reply(self._with_trouble(reply.messages))

    def _do_unseen(self, argument: str) -> Reply:
        place = rolled.next_unseen(self.session, self.key) or rolled.next_unseen(self.session, "")
        if place is None:
            return say(Role.NOTE, "都有人看过了。")
        self._looking = True
        self.goto(place.key, come_back=False)
        count = sum(1 for _ in rolled.all_unseen(self.session))
        return say(Role.NOTE, f"还有 {count} 处没人看过，逐处来：没有问题就回车，要改就直接改。")

    def _do_go(self, argument: str) -> Reply:
        if not argument:
            return Reply(view="overview")
        hits = find(self.session.declaration, argument)
        if not hits:
            text = f"没有叫“{argument}”的栏目。/全表 可看全部栏目，也可用拼音首字母。"
            return say(Role.ERROR, text, keep=f"/{commands.BY_ID['go'].names[0]} {argument}")
        self.goto(hits[0].key)
        more = [place.label for place in hits[1:4]]
        note = f"还有：{'、'.join(more)}" if more and argument not in hits[0].names else ""
        return Reply((Message(Role.NOTE, note),)) if note else Reply()

    # -- back and forth in time --

    def _do_undo(self, argument: str) -> Reply:
        step = self.session.undo()
        if step is None:
            return say(Role.NOTE, "没有可以撤销的了。")
        taught.undone(self.session, step, lambda: self.suggester)
        return self._moved_in_time(step.place, f"已撤销：{step.label}（{self._way('redo')} 可恢复）")

    def _do_redo(self, argument: str) -> Reply:
        step = self.session.redo()
        if step is None:
            return say(Role.NOTE, "没有可以重做的了。")
        taught.redone(self.session, step, lambda: self.suggester)
        return self._moved_in_time("", f"已重做：{step.label}")

    def _way(self, identity: str) -> str:
        """How to give a command: its key where the filer has keys, else its slash word."""
        command = commands.BY_ID[identity]
        return keymap.shown(command.action) if self.names_keys and command.action else f"/{command.names[0]}"

    def _moved_in_time(self, key: str, text: str) -> Reply:
        reply = Reply(self._with_trouble((Message(Role.NOTE, text),)))
        if self._draft is not None and self._draft.current is not None:
            return reply  # what is still proposed is not lost by taking one answer back
        self._draft, self._return_to = None, ""
        place = place_at(self.session.declaration, key)
        if place is not None and relevant(place, self.session.declaration):
            self._move(key, remember=False)
        elif self.place is None or self._is_answered(self.key):
            self._move(self._after(""), remember=False)
        else:
            self._move(self.key, remember=False)
        return reply

    # -- fields, suggestions, drafts --

    def _do_clear(self, argument: str) -> Reply:
        place = self.place
        if not isinstance(place, FieldPlace):
            return say(Role.ERROR, "这里没有可以清空的栏目；删指标请用 /删 序号。")
        self.session.clear(place.field.path)
        self.session.note_typing(place.key, "")
        self._prefill = None
        return Reply(self._with_trouble((Message(Role.NOTE, f"{place.label}已清空（{self._way('undo')} 可恢复）"),)))

    def _do_suggest(self, argument: str) -> Reply:
        place = self.place
        if not isinstance(place, SlotPlace):
            return say(Role.NOTE, "到指标那几格时会给建议；现在可用 /草拟 粘贴说明，先拟一稿。")
        offer = self.offer()
        lines = [offer.note] if offer.note else []
        for number, one in enumerate(offer.suggestions, 1):
            lines.append(f"{number}. {one.name}  {one.target}　（{'；'.join(one.reasons)}）")
        return say(Role.HELP, "\n".join(lines) or "这一格没有合适的建议，可以空着或自己写。")

    def _do_draft(self, argument: str) -> Reply:
        if not argument and self._resume_draft():
            return say(Role.NOTE, "接着看刚才的建议。")
        self._draft, self._target_row = drafting.DraftRun(back_to=self.key), None
        return self._answer_draft(argument) if argument else Reply()

    def _do_indicators(self, argument: str) -> Reply:
        run = drafting.DraftRun(self.key, drafting.propose_rows(self.session, self.suggester), rows_only=True)
        if run.current is None:
            return say(Role.NOTE, "拟不出新的指标了：通常要填的格都有了。/覆盖 可看各格情况。")
        self._draft, self._target_row = run, None
        return say(Role.NOTE, f"照已填的内容拟出 {len(run.proposals)} 条指标，逐条请您定。")

    def _do_goal(self, argument: str) -> Reply:
        from domain import compose

        text = compose.annual_goal(self.session.declaration)
        if not text:
            return say(Role.NOTE, "还没有产出或效果指标，拼不出目标；先选几条指标再来。")
        return self._compose(GOAL, text, "由已选指标拼出，请改顺了再确认。")

    def _do_calculation(self, argument: str) -> Reply:
        from domain import compose

        text = compose.calculation(self.session.declaration, self._make_reader())
        if not text:
            return say(Role.NOTE, "正文里没有找到算式；在金额或说明里写 1720元*12个月 这样的算式即可。")
        return self._compose(REMARKS, text, "由正文里的算式算出，请核对后确认。")

    def _compose(self, path: FieldPath, text: str, note: str) -> Reply:
        old = self.session.declaration.get(path)
        self.goto(path_text(path))
        self._prefill = old if text in old else f"{old}\n{text}" if old.strip() else text
        return say(Role.NOTE, note)

    # -- rows of a slot --

    def _row(self, argument: str) -> int | Reply:
        place = self.place
        if not isinstance(place, SlotPlace):
            return say(Role.ERROR, "请先到指标那一格，例如 /去 数量。")
        return slots.numbered_row(self.session, place.slot, argument)

    def _do_delete(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._target_row, self._prefill = None, None
        removed = self.session.remove_row(row)
        return Reply(self._with_trouble((Message(Role.NOTE, f"已删除：{removed.name}（{self._way('undo')} 可恢复）"),)))

    def _do_edit(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        indicator = self.session.declaration.indicators[row]
        self._ask_target(row)
        self._prefill = None
        return say(Role.NOTE, f"修改“{indicator.name}”的目标值；要换名称，请 /删 后重写，或在指标表里改。")

    def _do_move(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._target_row = None
        moved = self.session.move_row(row, -1) != row
        name = self.session.declaration.indicators[row - moved].name
        text = f"已上移：{name}" if moved else f"“{name}”已经在这一格的最上面了。"
        return Reply(self._with_trouble((Message(Role.NOTE, text),)))

    def _do_weigh(self, argument: str) -> Reply:
        reply = weighed.weigh(self.session, argument)
        if reply.refused or not self.session.declaration.indicators:
            return reply
        return Reply(
            self._with_trouble((*reply.messages, Message(Role.NOTE, self.reviewer.about_weights()))), reply.keep
        )

    def _do_explain(self, argument: str) -> Reply:
        reply = weighed.explain(self.session, argument)
        return Reply(self._with_trouble(reply.messages), reply.keep)

    # -- whose record it is --

    def _do_takeover(self, argument: str) -> Reply:
        reply = outside.take_over(self.session)
        if not reply.messages:
            self._move(self._first(), remember=False)
        return reply

    # -- saving and leaving --

    def _do_save(self, argument: str) -> Reply:
        saved = self.session.save()
        return say(Role.NOTE, f"已存到 {self.session.path}") if saved else say(Role.ERROR, self.session.trouble)

    def _do_quit(self, argument: str) -> Reply:
        if self.session.save():
            saved = NOTHING_KEPT if self.session.is_blank else "已存好。下次打开会从这里接着填。"
            if self.session.scrap is not None:
                saved = f"只写了“{self.session.scrap[1]}”，没有记下，先留着；不要这份就在主屏上删掉。"
            if left := len(self.session.conflicts):
                saved = f"已存好。还有 {left} 处两边都改了没有定，记录文件先没有动，下次打开再问。"
            return Reply(self._with_trouble((Message(Role.NOTE, saved),)), leave=True)
        warned, self._warned = self._warned, True
        if warned:
            return Reply(self._with_trouble(()), leave=True)
        note = Message(Role.NOTE, "现在离开，没存上的内容会丢。再退出一次就真的离开。")
        return Reply((*self._with_trouble(()), note))
