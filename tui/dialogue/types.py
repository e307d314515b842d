"""What the dialogue says to a face: a question, messages, replies. Plain values, no widgets, no wording of the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from suggest.types import Suggestion


class Role(StrEnum):
    """Who or what a message is; faces may mark them, but the text says everything."""

    YOU = "you"
    ECHO = "echo"
    NOTE = "note"
    ERROR = "error"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Message:
    """One paragraph of the conversation."""

    role: Role
    text: str


class Mode(StrEnum):
    """What kind of answer the question waits for."""

    LINE = "line"
    LONG = "long"
    SLOT = "slot"
    TARGET = "target"
    PASTE = "paste"
    PROPOSAL = "proposal"
    CHOICE = "choice"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Question:
    """The question on screen.

    key names the place (project.name, 产出目标/数量); prefill is the text to edit; default is what a bare Enter takes;
    choices are numbered; suggestions belong to slots and targets; rows are the indicators already in the slot. carried says
    that the text is last year's and nobody has looked at it, so that years and document numbers in it are to be shown up.
    """

    key: str
    mode: Mode
    title: str
    ask: str
    prefill: str = ""
    default: str = ""
    default_note: str = ""
    choices: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    rows: tuple[str, ...] = ()
    note: str = ""
    section: str = ""
    done: int = 0
    of: int = 0
    skeleton: str = ""
    limit: int = 0
    carried: bool = False

    @property
    def identity(self) -> tuple[str, Mode, str]:
        """By which a question is the same as before, whatever has been said of it since."""
        return self.key, self.mode, self.title


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an answer or command.

    keep is text that must stay in the input (an answer refused, a suggestion to edit); view asks the face to open a screen
    by name, topic is what was written after the command for it; leave asks the face to end.
    """

    messages: tuple[Message, ...] = ()
    keep: str = ""
    view: str = ""
    topic: str = ""
    leave: bool = False

    @property
    def refused(self) -> bool:
        """Whether an error is among the messages."""
        return any(message.role is Role.ERROR for message in self.messages)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Everything that can be said about a place, in layers."""

    title: str
    lines: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    """(heading, text): 怎么填, 为什么问, 好例子, 坏例子, 常见错误."""


def say(role: Role, text: str, *, keep: str = "") -> Reply:
    """A reply of one message; keep is text that must stay in the input."""
    return Reply((Message(role, text),), keep)
