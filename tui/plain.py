"""The line-by-line face (行式界面): the same dialogue on standard input and output, for screen readers and bare terminals.

No escape codes, no drawn lines; 助手：and 你：mark who speaks; a long text ends with a line holding a single full stop.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO

from tui.dialogue import Dialogue, Message, Mode, Question, Reply, Role, rolled
from tui.dialogue import commands as table

END = "."
EXIT_OK, EXIT_NOT_SAVED, EXIT_INTERRUPTED = 0, 3, 130
_MARKS = {Role.ECHO: "记下", Role.NOTE: "提示", Role.ERROR: "请注意", Role.HELP: "说明"}


class Plain:
    """One run of the face over a dialogue."""

    def __init__(self, dialogue: Dialogue, source: TextIO, out: TextIO, views: Callable[[str], str]) -> None:
        self.dialogue, self._source, self._out, self._views = dialogue, source, out, views
        self._interactive = source.isatty()

    def run(self) -> int:
        """Ask until the filer leaves or the input ends; returns the exit code."""
        try:
            self._greet()
            while True:
                question = self.dialogue.question()
                self._ask(question)
                reply = self._take(question)
                if reply is None:
                    return self._end("输入结束")
                self._tell(reply)
                self._remark(question.key, reply)
                if reply.leave:
                    self.dialogue.session.close()
                    return EXIT_NOT_SAVED if self.dialogue.session.trouble else EXIT_OK
        except KeyboardInterrupt:
            self._end("已中断")
            return EXIT_INTERRUPTED

    def _end(self, why: str) -> int:
        """Save, say where, and let go of the files; returns the exit code."""
        session = self.dialogue.session
        session.close()
        self._line("")
        if session.trouble:
            self._line(f"助手：{why}。{session.trouble}")
            return EXIT_NOT_SAVED
        where = f"，记录在 {session.path}" if session.on_disk else ""
        self._line(f"助手：{why}，答过的都存好了{where}。")
        return EXIT_OK

    # -- speaking --

    def _line(self, text: str) -> None:
        print(text, file=self._out, flush=True)

    def _greet(self) -> None:
        session = self.dialogue.session
        if session.on_disk:
            self._line(f"助手：打开 {session.path.name}，接着填。/命令 看全部命令。")
        else:
            self._line("助手：新填一张绩效目标下达表。回车跳过，/上一步 返回，/退出 随时离开，/命令 看全部命令。")
        if session.recovered:
            self._line("助手：上次没有正常结束，答过的内容已找回。")
        for oddity in session.oddities:
            self._line(f"助手：文件里有一处没看懂，已原样保留：{oddity}")
        for text in rolled.news(session):
            self._line(f"助手：{text}")

    def _ask(self, question: Question) -> None:
        self._line("")
        count = f"（{question.done}/{question.of}）" if question.of else ""
        self._line(f"助手：{question.section}{count} {question.title}".replace("： ", "：", 1))
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
        elif question.prefill:
            self._line(f"现有内容：{question.prefill}")
            self._line("直接回车保留。")
        elif question.default and question.mode is not Mode.PROPOSAL:
            note = f"（{question.default_note}）" if question.default_note else ""
            self._line(f"直接回车填：{question.default}{note}")
        if question.mode in (Mode.LONG, Mode.PASTE):
            self._line(f"可写多行，最后单独一行写一个“{END}”结束。")

    def _tell(self, reply: Reply) -> None:
        for message in reply.messages:
            self._say(message)
        if reply.view:
            self._line(self._views(reply.view))

    def _say(self, message: Message) -> None:
        self._line(f"助手：{_MARKS.get(message.role, '')}：{message.text}")

    def _remark(self, key: str, reply: Reply) -> None:
        """What a reviewer would say of the answer just given."""
        waiting = self.dialogue.question().mode is Mode.TARGET
        if not waiting and any(message.role is Role.ECHO for message in reply.messages):
            for remark in self.dialogue.remarks(key):
                self._line(f"助手：审核人可能会说：{remark}")

    # -- listening --

    def _take(self, question: Question) -> Reply | None:
        line = self._read("你：")
        if line is None:
            return None
        if question.prefill and not line.strip():
            if question.mode is Mode.SLOT:
                return self.dialogue.command("skip")
            return self.dialogue.answer(question.prefill, literal=True)
        if question.mode not in (Mode.LONG, Mode.PASTE):
            return self.dialogue.answer(line)
        if not line.strip() or line.strip() == END:
            return self.dialogue.answer("")
        split = table.split(line.strip())
        if (split is not None and table.find(split[0]) is not None) or line.strip() in ("?", "？"):
            return self.dialogue.answer(line)
        return self.dialogue.answer(self._long_text(question, line), literal=True)

    def _long_text(self, question: Question, first: str) -> str:
        """The lines of a long text up to the one that ends it; what has come so far is kept on disk."""
        lines = [first]
        while True:
            if self._interactive:
                self.dialogue.leave_text("\n".join(lines))
            line = self._read("")
            if line is None or line.strip() == END:
                return "\n".join(lines)
            lines.append(line)

    def _read(self, prompt: str) -> str | None:
        if self._interactive:
            try:
                return input(prompt)
            except EOFError:
                return None
        if prompt:
            self._out.write(prompt)
            self._out.flush()
        line = self._source.readline()
        if not line:
            return None
        if prompt:
            self._line("")
        return line.rstrip("\r\n")


def run(dialogue: Dialogue, views: Callable[[str], str]) -> int:
    """Run over the real standard input and output; undecodable bytes become �, never an end."""
    if sys.stdin.isatty():
        import readline  # noqa: F401  the terminal's own line is cut at 4,095 bytes
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    return Plain(dialogue, sys.stdin, sys.stdout, views).run()
