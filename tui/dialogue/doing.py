"""What the commands of the conversation do: the `_do_…` of each that opens no screen of its own."""

from __future__ import annotations

from domain.fields import FieldPath, path_text
from tui import keymap
from tui.dialogue import commands, drafting, helping, outside, rolled, slots, taught
from tui.dialogue.answering import Answering
from tui.dialogue.offers import Offers
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, find
from tui.dialogue.state import Standing
from tui.dialogue.types import Message, Reply, Role, say

GOAL, REMARKS = ("narrative", "annual_goal"), ("narrative", "remarks")

NOTHING_KEPT = "什么都还没有填，不留记录。"
"""Said on leaving a new record with nothing in it."""


class Doing:
    """Does the commands of a conversation: each `_do_*` is the command of that id."""

    def __init__(self, standing: Standing, offers: Offers, answering: Answering) -> None:
        self._at, self._session, self._offers, self._answering = standing, standing.session, offers, answering
        self._warned = False
        """Whether the filer was told that leaving now loses what is not on disk."""

    def do(self, identity: str, argument: str) -> Reply:
        """Do a command by its id; one that nothing here does is a view."""
        if (self._at.is_held or self._session.conflicts) and identity not in outside.MEANWHILE:
            return say(Role.ERROR, "请先定下这一处：写前面的序号，回车。")
        if self._session.read_only and identity in outside.CHANGING:
            return outside.refused(self._session)
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
        hits = find(self._session.declaration, argument) if argument else []
        return hits[0] if hits else self._at.place

    def _do_commands(self, argument: str) -> Reply:
        return say(Role.HELP, helping.command_list())

    # -- moving --

    def _do_back(self, argument: str) -> Reply:
        if self._at.draft is not None:
            return self._answering.end_draft(say(Role.NOTE, "不草拟了。"))
        if self._at.target_index() is not None:
            self._at.visit.target_row = None
            return Reply()
        return Reply() if self._at.step_back() else say(Role.NOTE, "已经是第一项了。")

    def _do_skip(self, argument: str) -> Reply:
        if self._session.read_only:
            return self._answering.look_on("")
        if self._at.draft is not None:
            return self._answering.answer_draft("n")
        place = self._at.place
        if place is None:
            return say(Role.NOTE, "已经到最后了。")
        if isinstance(place, SlotPlace) and (row := self._at.target_index()) is not None:
            return self._answering.skip_target(place, row)
        empty = not answered(place, self._session.declaration)
        if empty or self._session.asked_again(place.key):
            self._session.skip(place.key, place.label)
        self._at.advance()
        if not empty or not isinstance(place, FieldPlace):
            return self._at.reply()
        starred = "（必填项，检查时会提醒）" if place.required else ""
        return self._at.reply(Message(Role.NOTE, f"{place.label}先空着{starred}"))

    def _do_unseen(self, argument: str) -> Reply:
        place = rolled.next_unseen(self._session, self._at.key) or rolled.next_unseen(self._session, "")
        if place is None:
            return say(Role.NOTE, "都有人看过了。")
        self._at.looking = True
        self._at.goto(place.key, come_back=False)
        count = sum(1 for _ in rolled.all_unseen(self._session))
        return say(Role.NOTE, f"还有 {count} 处没人看过，逐处来：没有问题就回车，要改就直接改。")

    def _do_go(self, argument: str) -> Reply:
        if not argument:
            return Reply(view="overview")
        hits = find(self._session.declaration, argument)
        if not hits:
            text = f"没有叫“{argument}”的栏目。/全表 可看全部栏目，也可用拼音首字母。"
            return say(Role.ERROR, text, keep=f"/{commands.BY_ID['go'].names[0]} {argument}")
        self._at.goto(hits[0].key)
        more = [place.label for place in hits[1:4]]
        note = f"还有：{'、'.join(more)}" if more and argument not in hits[0].names else ""
        return Reply((Message(Role.NOTE, note),)) if note else Reply()

    # -- back and forth in time --

    def _do_undo(self, argument: str) -> Reply:
        step = self._session.undo()
        if step is None:
            return say(Role.NOTE, "没有可以撤销的了。")
        taught.undone(self._session, step, lambda: self._at.suggester)
        return self._moved_in_time(step.place, f"已撤销：{step.label}（{self._way('redo')} 可恢复）")

    def _do_redo(self, argument: str) -> Reply:
        step = self._session.redo()
        if step is None:
            return say(Role.NOTE, "没有可以重做的了。")
        taught.redone(self._session, step, lambda: self._at.suggester)
        return self._moved_in_time("", f"已重做：{step.label}")

    def _way(self, identity: str) -> str:
        """How to give a command: its key where the filer has keys, else its slash word."""
        command = commands.BY_ID[identity]
        return keymap.shown(command.action) if self._at.names_keys and command.action else f"/{command.names[0]}"

    def _moved_in_time(self, key: str, text: str) -> Reply:
        reply = self._at.reply(Message(Role.NOTE, text))
        self._at.revisit(key)
        return reply

    # -- fields, suggestions, drafts --

    def _do_clear(self, argument: str) -> Reply:
        place = self._at.place
        if not isinstance(place, FieldPlace):
            return say(Role.ERROR, "这里没有可以清空的栏目；删指标请用 /删 序号。")
        self._session.clear(place.field.path)
        self._session.note_typing(place.key, "")
        self._at.visit.prefill = None
        return self._at.reply(Message(Role.NOTE, f"{place.label}已清空（{self._way('undo')} 可恢复）"))

    def _do_suggest(self, argument: str) -> Reply:
        place = self._at.place
        if not isinstance(place, SlotPlace):
            return say(Role.NOTE, "到指标那几格时会给建议；现在可用 /草拟 粘贴说明，先拟一稿。")
        offer = self._offers.now()
        lines = [offer.note] if offer.note else []
        for number, one in enumerate(offer.suggestions, 1):
            lines.append(f"{number}. {one.name}  {one.target}　（{'；'.join(one.reasons)}）")
        return say(Role.HELP, "\n".join(lines) or "这一格没有合适的建议，可以空着或自己写。")

    def _do_draft(self, argument: str) -> Reply:
        if not argument and self._at.resume_draft():
            return say(Role.NOTE, "接着看刚才的建议。")
        self._at.begin_draft(drafting.DraftRun(back_to=self._at.key))
        return self._answering.answer_draft(argument) if argument else Reply()

    def _do_indicators(self, argument: str) -> Reply:
        run = drafting.DraftRun(self._at.key, drafting.propose_rows(self._session, self._at.suggester), rows_only=True)
        if run.current is None:
            return say(Role.NOTE, "拟不出新的指标了：通常要填的格都有了。/覆盖 可看各格情况。")
        self._at.begin_draft(run)
        return say(Role.NOTE, f"照已填的内容拟出 {len(run.proposals)} 条指标，逐条请您定。")

    def _do_goal(self, argument: str) -> Reply:
        from domain import compose

        text = compose.annual_goal(self._session.declaration)
        if not text:
            return say(Role.NOTE, "还没有产出或效果指标，拼不出目标；先选几条指标再来。")
        return self._compose(GOAL, text, "由已选指标拼出，请改顺了再确认。")

    def _do_calculation(self, argument: str) -> Reply:
        from domain import compose

        text = compose.calculation(self._session.declaration, self._at.make_reader())
        if not text:
            return say(Role.NOTE, "正文里没有找到算式；在金额或说明里写 1720元*12个月 这样的算式即可。")
        return self._compose(REMARKS, text, "由正文里的算式算出，请核对后确认。")

    def _compose(self, path: FieldPath, text: str, note: str) -> Reply:
        old = self._session.declaration.get(path)
        self._at.goto(path_text(path))
        self._at.visit.prefill = old if text in old else f"{old}\n{text}" if old.strip() else text
        return say(Role.NOTE, note)

    # -- rows of a slot --

    def _row(self, argument: str) -> int | Reply:
        place = self._at.place
        if not isinstance(place, SlotPlace):
            return say(Role.ERROR, "请先到指标那一格，例如 /去 数量。")
        return slots.numbered_row(self._session, place.slot, argument)

    def _do_delete(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._at.visit.target_row = None
        removed = self._session.remove_row(row)
        return self._at.reply(Message(Role.NOTE, f"已删除：{removed.name}（{self._way('undo')} 可恢复）"))

    def _do_edit(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        indicator = self._session.declaration.indicators[row]
        self._at.ask_target(row)
        return say(Role.NOTE, f"修改“{indicator.name}”的目标值；要换名称，请 /删 后重写，或在指标表里改。")

    def _do_move(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._at.visit.target_row = None
        moved = self._session.move_row(row, -1) != row
        name = self._session.declaration.indicators[row - moved].name
        text = f"已上移：{name}" if moved else f"“{name}”已经在这一格的最上面了。"
        return self._at.reply(Message(Role.NOTE, text))

    def _do_weigh(self, argument: str) -> Reply:
        from tui.dialogue import weighed

        reply = weighed.weigh(self._session, argument)
        if reply.refused or not self._session.declaration.indicators:
            return reply
        return self._at.reply(*reply.messages, Message(Role.NOTE, self._at.reviewer.about_weights()), keep=reply.keep)

    def _do_explain(self, argument: str) -> Reply:
        from tui.dialogue import weighed

        reply = weighed.explain(self._session, argument)
        return self._at.reply(*reply.messages, keep=reply.keep)

    # -- whose record it is --

    def _do_takeover(self, argument: str) -> Reply:
        reply = outside.take_over(self._session)
        if not reply.messages:
            self._at.begin()
        return reply

    # -- saving and leaving --

    def _do_save(self, argument: str) -> Reply:
        saved = self._session.save()
        return say(Role.NOTE, f"已存到 {self._session.path}") if saved else say(Role.ERROR, self._session.trouble)

    def _do_quit(self, argument: str) -> Reply:
        if self._session.save():
            saved = NOTHING_KEPT if self._session.is_blank else "已存好。下次打开会从这里接着填。"
            if self._session.scrap is not None:
                saved = f"只写了“{self._session.scrap[1]}”，没有记下，先留着；不要这份就在主屏上删掉。"
            if left := len(self._session.conflicts):
                saved = f"已存好。还有 {left} 处两边都改了没有定，记录文件先没有动，下次打开再问。"
            return self._at.reply(Message(Role.NOTE, saved), leave=True)
        warned, self._warned = self._warned, True
        if warned:
            return self._at.reply(leave=True)
        note = Message(Role.NOTE, "现在离开，没存上的内容会丢。再退出一次就真的离开。")
        return Reply((*self._at.reply().messages, note))
