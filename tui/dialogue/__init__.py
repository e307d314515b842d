"""The dialogue that every face speaks to: next question, answers, commands, replies. Free of Textual."""

from tui.dialogue.core import DONE_KEY, Dialogue
from tui.dialogue.types import HelpPage, Message, Mode, Question, Reply, Role

__all__ = ["DONE_KEY", "Dialogue", "HelpPage", "Message", "Mode", "Question", "Reply", "Role"]
