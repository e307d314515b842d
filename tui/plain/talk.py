"""The conversation about a record, line by line: the dialogue's questions, answers and commands on a console."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from domain import answers
from tui import INTERRUPTED, OK, UNREADABLE
from tui.dialogue import Dialogue, Message, Mode, Question, Reply, Role, rolled
from tui.dialogue import commands as table
from tui.dialogue.places import FieldPlace, place_at
from tui.plain.console import END, Console, Ended
from tui.plain.life import signs_of_life

if TYPE_CHECKING:
    from tui.coaching import Coach

_MARKS = {Role.ECHO: "记下", Role.NOTE: "提示", Role.ERROR: "请注意", Role.HELP: "说明"}


class Talk:
    """One run over a dialogue; `view` shows what is a screen of its own in the full face, and what it is to be about."""

    def __init__(self, dialogue: Dialogue, console: Console, view: Callable[[str, str], None]) -> None:
        self.dialogue, self._console, self._view = dialogue, console, view
        self._line = console.line
        self._coach: Coach | None = None

    def run(self) -> int:
        """Ask until the filer leaves or the input ends; returns the exit code."""
        with signs_of_life(self.dialogue.session.sign):
            return self._talk()

    def _talk(self) -> int:
        try:
            self._greet()
            while True:
                question = self._question()
                self._ask(question)
                reply = self._take(question)
                self._tell(reply)
                self._remark(question.key, reply)
                if reply.leave:
                    self._sum_up()
                    self.dialogue.session.close()
                    return UNREADABLE if self.dialogue.session.trouble else OK
        except Ended:
            return self._end("输入结束")
        except KeyboardInterrupt:
            self._end("已中断")
            return INTERRUPTED

    def _end(self, why: str) -> int:
        """Save, say where, and let go of the files; returns the exit code."""
        session = self.dialogue.session
        self._sum_up()
        session.close()
        self._line()
        if session.trouble:
            self._console.say(f"{why}。{session.trouble}")
            return UNREADABLE
        where = f"，记录在 {session.path}" if session.on_disk else ""
        self._console.say(f"{why}，答过的都存好了{where}。")
        return OK

    # -- learning beside the work --

    def _question(self) -> Question:
        """The next question, the coach's own while learning is on."""
        question = self.dialogue.question()
        if self._coach is not None:
            question, taught = self._coach.question(question)
            for message in taught:
                self._say(message)
        return question

    def _switch_coach(self) -> None:
        """Learning beside the work on, or off with a summing-up."""
        from tui.coaching import OFF, ON, coach_for

        if self._coach is None:
            self._coach = coach_for(self.dialogue)
            self._console.say(ON.format(key="/边学"))
        else:
            self._sum_up()
            self._coach = None
            self._console.say(OFF)

    def _sum_up(self) -> None:
        """What the review would say of the form; nothing while learning is off."""
        for message in self._coach.summary() if self._coach is not None else ():
            self._say(message)

    # -- speaking --

    def _greet(self) -> None:
        session, say = self.dialogue.session, self._console.say
        if session.on_disk:
            say(f"打开 {session.path.name}，{'只看' if session.read_only else '接着填'}。/命令 看全部命令。")
        else:
            say("新填一张绩效目标下达表。回车跳过，/上一项 返回，/退出 随时离开，/命令 看全部命令。")
        if session.recovered:
            say("上次没有正常结束，答过的内容已找回。")
        for oddity in session.oddities:
            say(f"文件里有一处没看懂：{oddity}")
        for text in rolled.news(session):
            say(text)
        for message in self.dialogue.look_again():
            say(message.text)

    def _ask(self, question: Question) -> None:
        self._line()
        count = f"（{question.done}/{question.of}）" if question.of else ""
        self._console.say(f"{question.section}{count} {question.title}".replace("： ", "：", 1))
        self._line(question.ask)
        for row in question.rows:
            self._line(f"已有：{row}")
        if question.note:
            self._line(question.note)
        for number, choice in enumerate(question.choices, 1):
            self._line(f"{number}. {choice}")
        for number, one in enumerate(question.suggestions, 1):
            self._line(f"{number}. {one.name}  {one.target}　理由：{'；'.join(one.reasons)}")
        if question.prefill and question.mode is Mode.SLOT:
            self._line(f"上次写到一半：{question.prefill}（要用就再写一遍，回车到下一格）")
        elif self._is_refused(question):
            self._line(f"写过但没有记下：{question.prefill}（要用就改好再写一遍，直接回车就放下它）")
        elif question.prefill:
            self._line(f"现有内容：{question.prefill}")
            self._line("直接回车保留。")
        elif question.default and question.mode is not Mode.PROPOSAL:
            note = f"（{question.default_note}）" if question.default_note else ""
            self._line(f"直接回车填：{question.default}{note}")
        if question.mode in (Mode.LONG, Mode.PASTE):
            self._line(f"可写多行，最后单独一行写一个“{END}”结束。")
        if question.skeleton:
            self._line(f"可以照这几段写：{'　'.join(question.skeleton.split())}")

    def _is_refused(self, question: Question) -> bool:
        """Whether the text to edit is a line that can be no answer."""
        session = self.dialogue.session
        place = place_at(session.declaration, question.key)
        if not isinstance(place, FieldPlace) or not question.prefill:
            return False
        if session.typing_at(question.key) != question.prefill:
            return False
        return isinstance(answers.parse(place.field, question.prefill, session.declaration), answers.Refused)

    def _tell(self, reply: Reply) -> None:
        for message in reply.messages:
            self._say(message)
        if reply.view == "coach":
            self._switch_coach()
        elif reply.view:
            self._view(reply.view, reply.topic)

    def _say(self, message: Message) -> None:
        self._console.say(f"{_MARKS.get(message.role, '')}：{message.text}")

    def _remark(self, key: str, reply: Reply) -> None:
        """What a reviewer would say of the answer just given."""
        waiting = self.dialogue.question().mode is Mode.TARGET
        if not waiting and any(message.role is Role.ECHO for message in reply.messages):
            for remark in self.dialogue.remarks(key):
                self._console.say(f"审核人可能会说：{remark}")

    # -- listening --

    def _take(self, question: Question) -> Reply:
        line = self._console.read()
        if self._coach is not None:
            if self._coach.asks and table.split(line.strip()) is None:
                return self._coach.answer(line)
            self._coach.drop()
            self._coach.watch(question)
        if question.prefill and not line.strip():
            if question.mode is Mode.SLOT:
                return self.dialogue.command("skip")
            if self._is_refused(question):
                return self.dialogue.answer("")
            return self.dialogue.answer(question.prefill, literal=True)
        if question.mode not in (Mode.LONG, Mode.PASTE):
            return self.dialogue.answer(line)
        if not line.strip() or line.strip() == END:
            return self.dialogue.answer("")
        split = table.split(line.strip())
        if (split is not None and table.find(split[0]) is not None) or line.strip() in ("?", "？"):
            return self.dialogue.answer(line)
        return self.dialogue.answer(self._long_text(line), literal=True)

    def _long_text(self, first: str) -> str:
        """The lines of a long text up to the one that ends it; what has come so far is kept on disk."""
        lines = [first]
        while True:
            if self._console.interactive:
                self.dialogue.leave_text("\n".join(lines))
            try:
                line = self._console.read("")
            except Ended:
                return "\n".join(lines)
            if line.strip() == END:
                return "\n".join(lines)
            lines.append(line)
