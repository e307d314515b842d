"""The line-by-line face's way of speaking (行式): 助手：before what is said, 你：before what is typed, choices by number.

No escape codes and no drawn lines. The end of the input raises `Ended` wherever it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from domain.text import clean

if TYPE_CHECKING:
    from tui.dialogue import Reply

END = "."
"""A line of its own that ends a long text."""

SHOWN = 20
"""Choices that are listed at once; a word typed narrows them down."""


class Ended(Exception):  # noqa: N818 - the end of the input is no error
    """There is nothing more to read."""


class Console:
    """Lines out and in."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        self._source, self._out = source, out
        self.interactive = source.isatty()

    def line(self, text: str = "") -> None:
        """A line, or several, as they are; controls removed."""
        print(clean(text), file=self._out, flush=True)

    def say(self, text: str) -> None:
        """What the assistant says."""
        self.line(f"助手：{text}")

    def tell(self, reply: Reply) -> None:
        """What came of something that was done."""
        for message in reply.messages:
            self.say(message.text)

    def trouble(self, why: str) -> None:
        """Why a change was not made or has not reached the disk; nothing for ""."""
        if why:
            self.say(why)

    def read(self, prompt: str = "你：") -> str:
        """A line that was typed; raises Ended."""
        if self.interactive:
            try:
                return input(prompt)
            except EOFError as error:
                raise Ended from error
        if prompt:
            self._out.write(prompt)
            self._out.flush()
        line = self._source.readline()
        if not line:
            raise Ended
        if prompt:
            self.line()
        return line.rstrip("\r\n")

    def ask(self, text: str) -> str:
        """The answer to a question, on one line."""
        self.say(text)
        return self.read().strip()

    def confirm(self, text: str) -> bool:
        """Whether something is to be done; anything but a yes is no."""
        return self.ask(f"{text}写 y 确定，别的就不做。").lower() in ("y", "yes", "是", "好")

    def number(self, answer: str, count: int) -> int | None:
        """The place, from 0, that a number from 1 to count means; None for anything else."""
        text = answer.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        return int(text) - 1 if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= count else None

    def list(self, texts: Sequence[str], most: int = SHOWN) -> None:
        """Numbered lines; of a long list the first, and how many there are."""
        for number, text in enumerate(texts[:most], 1):
            self.line(f"{number}. {text}")
        if len(texts) > most:
            self.line(f"还有 {len(texts) - most} 条没有列出；写序号一样能选，写几个字可以找。")

    def choose(self, text: str, texts: Sequence[str]) -> int | None:
        """One of these, by number or by a part of it; None to leave it."""
        shown = list(enumerate(texts))
        while True:
            self.say(text)
            self.list([one for _, one in shown])
            answer = self.read("你（序号，回车返回）：").strip()
            if not answer:
                return None
            at = self.number(answer, len(shown))
            if at is not None:
                return shown[at][0]
            found = [(place, one) for place, one in enumerate(texts) if answer in one]
            if len(found) == 1:
                return found[0][0]
            shown = found or list(enumerate(texts))
            self.say(
                f"找到 {len(found)} 条，请写序号。" if found else f"没有“{answer}”。请写 1 到 {len(texts)} 的序号。"
            )

    def paste(self, text: str) -> str:
        """Several lines up to the one that ends them, or to the end of the input."""
        self.say(f"{text}最后单独一行写一个“{END}”结束。")
        lines: list[str] = []
        try:
            while (line := self.read("")).strip() != END:
                lines.append(line)
        except Ended:
            if not lines:
                raise
        return "\n".join(lines)
