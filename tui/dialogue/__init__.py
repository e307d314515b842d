"""The dialogue that every face speaks to: next question, answers, commands, replies. Free of Textual."""

from tui.dialogue.core import DONE_KEY, NOTHING_KEPT, Dialogue
from tui.dialogue.types import HelpPage, Message, Mode, Question, Reply, Role

__all__ = ["DONE_KEY", "NOTHING_KEPT", "Dialogue", "HelpPage", "Message", "Mode", "Question", "Reply", "Role"]
