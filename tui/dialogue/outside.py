"""What others do to the record, as questions (旁人): somebody has it open or took it over; its file was changed where it was here.

Both stand before the question of the form until they are answered. A record that is only looked at (只看) takes no answers.
"""

from __future__ import annotations

from typing import Any

from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.merging import Conflict, both
from tui.dialogue.places import Place, places, relevant
from tui.dialogue.slots import number_in
from tui.dialogue.types import Message, Mode, Question, Reply, Role, say
from tui.session import Session

HELD_KEY, MERGE_KEY = "占用", "合并"
LOOK, TAKE, LEAVE = "只看，不改", "接手过来，接着填", "返回，不打开了"
MINE, THEIRS, BOTH = "用我的", "用文件里的", "两段都留，我的在前"
SHOWN = 160
"""Characters of each side shown, from a little before the first difference."""

CHANGING = frozenset("clear draft goal calculation delete edit move undo redo unseen".split())
"""Commands that change the record, or only make sense where it is changed."""
MEANWHILE = frozenset("help commands overview preview export compare history save quit takeover".split())
"""Commands that can be run while one of the questions here stands."""


def held_question(session: Session) -> Question:
    """Somebody else fills the record: look, take it over, or go back."""
    return Question(
        key=HELD_KEY,
        mode=Mode.CHOICE,
        title="这份记录有人在填",
        ask=f"{session.read_only}。两边同时改会互相打架，所以这里先不能改。"
        "接手以后对方改为只看，会看到是谁接手的；对方写过的都还在。",
        choices=(LOOK, TAKE, LEAVE),
        section="打开记录",
    )


def answer_held(session: Session, text: str) -> tuple[Reply, bool]:
    """Take the answer; the second says that the filer settled for looking."""
    word = text.strip()
    number = number_in(word)
    if number == 1 or word in ("看", "只看", LOOK):
        return say(Role.NOTE, "只看。回车看下一项，/接手 随时可以接过来填，/退出 离开。"), True
    if number == 2 or word in ("接手", TAKE):
        return take_over(session), False
    if number == 3 or word in ("返回", LEAVE):
        return Reply(leave=True), False
    return say(Role.ERROR, "请写序号：1 只看，2 接手，3 返回。", keep=text), False


def take_over(session: Session) -> Reply:
    """Take the record from the program that has it."""
    if not session.can_take_over:
        why = f"接不了手：{session.read_only}。" if session.read_only else "这份记录就在这里填着，不用接手。"
        return say(Role.NOTE, why)
    try:
        session.take_over()
    except RecordError as error:
        return say(Role.ERROR, f"接不了手：{error}。可能已改名或移走，请返回主屏再找。")
    except OSError as error:
        return say(Role.ERROR, f"接不了手：{reason(error)}。请改好再试。")
    return Reply()


# --- only looking --------------------------------------------------------------------------------------------------


def refused(session: Session, text: str = "") -> Reply:
    """A change that is not made, and what can be done."""
    way = (
        "/接手 可以接过来填" if session.can_take_over else "要改，请把文件拷到自己写得了的文件夹里打开，或找写得了的人"
    )
    kept = "文字还在输入框里。" if text else ""
    return say(Role.ERROR, f"现在只看，没有改：{session.read_only}。{way}。{kept}", keep=text)


def refused_in_short(session: Session) -> str:
    """The same for one row of another view."""
    way = "回填表页写 /接手，就能接过来改" if session.can_take_over else session.read_only
    return f"现在只看，没有改。{way}。"


def look_note(session: Session, on: str) -> str:
    """What to say beside each question of a record that is only looked at; on is the key that goes on."""
    return f"只看：{session.read_only}。{on}看下一项"


def next_in_order(session: Session, key: str) -> Place | None:
    """The place after this one on the form, filled or not."""
    everything = [place for place in places(session.declaration.framework) if relevant(place, session.declaration)]
    at = next((number for number, place in enumerate(everything) if place.key == key), len(everything))
    return everything[at + 1] if at + 1 < len(everything) else None


# --- merging -------------------------------------------------------------------------------------------------------


def merge_question(session: Session) -> Question:
    """The first place that was changed both here and in the file: which value stands?"""
    conflict = session.conflicts[0]
    mine, theirs = excerpts(*conflict.texts)
    left = len(session.conflicts)
    return Question(
        key=MERGE_KEY,
        mode=Mode.CHOICE,
        title=f"两边都改了：{conflict.label}",
        ask=f"我的：{mine}\n文件里的：{theirs}",
        choices=(MINE, THEIRS, BOTH) if conflict.is_long else (MINE, THEIRS),
        note=f"文件在程序之外改过，同一栏两边不一样，还有 {left} 处要定。定下之前不动文件，两边的内容都留着。",
        section="合并",
    )


def answer_merge(session: Session, text: str) -> Reply:
    """Settle the conflict on screen."""
    conflict = session.conflicts[0]
    chosen = _chosen(conflict, text)
    if chosen is None:
        several = "，3 两段都留" if conflict.is_long else ""
        return say(Role.ERROR, f"请写序号：1 用我的，2 用文件里的{several}。", keep=text)
    word, value = chosen
    session.decide(conflict, value)
    messages = [Message(Role.ECHO, f"{conflict.label}：{word}")]
    if not session.conflicts:
        messages.append(Message(Role.NOTE, "都定好了，合并的结果已写进文件，/撤销 可退回。"))
    return Reply(tuple(messages))


def _chosen(conflict: Conflict, text: str) -> tuple[str, Any] | None:
    """The words of a choice and the value that it stands for; None for an answer that is none."""
    word, number = text.strip(), number_in(text)
    if number == 1 or word in ("我的", MINE):
        return MINE, conflict.mine
    if number == 2 or word in ("文件里的", THEIRS):
        return THEIRS, conflict.theirs
    if conflict.is_long and (number == 3 or word in ("都留", BOTH)):
        return BOTH, both(conflict)
    return None


def excerpts(mine: str, theirs: str) -> tuple[str, str]:
    """Both texts on one line each, cut to where they differ."""
    one, other = (" ".join(text.split()) for text in (mine, theirs))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - 20) if max(len(one), len(other)) > SHOWN else 0
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    found = text[start : start + SHOWN]
    return f"{'…' if start else ''}{found}{'…' if start + SHOWN < len(text) else ''}"
