"""The quick draft (草拟): a pasted description becomes proposals, accepted in a run or one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain import answers
from domain.fields import Field, Kind
from domain.marks import SKIPPED, SUGGESTED, slot_key
from domain.model import Indicator, is_empty, spec_at
from domain.quantity import looks_like_target
from domain.text import brief
from suggest.types import USUAL, Proposal, Suggester
from tui.dialogue.slots import split_row
from tui.dialogue.types import Message, Mode, Question, Reply, Role, say
from tui.session import Session

PASTE_KEY = "草拟"
ALL = ("a", "全部", "全部采纳", "都要", "all")
YES = ("y", "yes", "ok", "是", "好", "好的", "要", "对", "可以", "采纳")
NO = ("n", "不", "不要", "否", "no")
STOP = ("q", "停", "结束", "算了", "stop")
TOLD_CHARS = 60
"""Characters of an accepted value that are told again."""


@dataclass
class DraftRun:
    """Proposals being gone through; the current one is the first."""

    back_to: str
    proposals: list[Proposal] = field(default_factory=list)
    accepted: int = 0
    seen: int = 0
    rows_only: bool = False
    """Whether it is the indicator table that is proposed; slots that such projects leave empty are passed over at its end."""

    @property
    def current(self) -> Proposal | None:
        """The proposal on screen."""
        return self.proposals[0] if self.proposals else None


def paste_question(typed: str = "") -> Question:
    """The question that asks for the description; typed is what was written before and not sent."""
    return Question(
        key=PASTE_KEY,
        mode=Mode.PASTE,
        title="草拟",
        ask="粘贴或写下项目的名称和说明（做什么、对谁、多少、多少钱、什么时候），我先拟出能看出来的各项，逐条请您定。",
        prefill=typed,
        section="草拟",
    )


def label_of(proposal: Proposal) -> str:
    """What the proposal is for: 项目名称, 产出目标›数量."""
    if proposal.suggestion is not None:
        return proposal.suggestion.place
    return spec_at(proposal.where).label


def question(session: Session, run: DraftRun) -> Question:
    """The question about the current proposal."""
    proposal = run.current
    assert proposal is not None
    return Question(
        key=PASTE_KEY,
        mode=Mode.PROPOSAL,
        title=f"建议 {run.seen + 1}/{run.seen + len(run.proposals)}　{label_of(proposal)}",
        ask=f"{proposal.text}\n理由：{proposal.reason}",
        default="采纳",
        note="Enter 采纳；n 不要；a 余下全部采纳；q 停下；直接写字就用您写的。",
        section="草拟",
    )


def propose(session: Session, suggester: Suggester, text: str) -> list[Proposal]:
    """Proposals for what is still empty; nothing that the filer answered is touched."""
    return still_open(session, suggester.draft(session.declaration, text))


def propose_rows(session: Session, suggester: Suggester) -> list[Proposal]:
    """Indicators for the empty slots that such projects fill, from what the form says so far."""
    return [one for one in propose(session, suggester, "") if one.suggestion is not None]


def pass_over(session: Session, suggester: Suggester) -> Reply:
    """Pass over the empty slots that such projects leave empty, as one step, and tell which."""
    record, labels = session.record, []
    for row in suggester.coverage(session.declaration).slots:
        key = slot_key(row.slot)
        if not row.rows and row.usual < USUAL and not session.skipped(key):
            record = record.marked(SKIPPED, key, True)
            labels.append(row.slot[1])
    if not labels:
        return Reply()
    session.apply("略过通常不填的格", record)
    return say(Role.NOTE, f"此类项目通常可不填，先略过：{'、'.join(labels)}。要填的用 /去，如 /去 {labels[0]}。")


def still_open(session: Session, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals whose places are still empty."""
    form = session.declaration
    return [one for one in proposals if one.suggestion is not None or is_empty(form.get(one.where))]


def answer(session: Session, suggester: Suggester, run: DraftRun, text: str) -> Reply:
    """Take an answer about the current proposal."""
    word = text.strip().lower()
    if word in STOP:
        run.proposals.clear()
        run.rows_only = False
        return say(Role.NOTE, f"停下了，采纳了 {run.accepted} 条。")
    if word in ALL:
        return _accept_all(session, suggester, run)
    proposal = run.proposals[0]
    own = "" if word in YES and not _asks_yes_or_no(proposal) else text.strip()
    if word in NO and not (_asks_yes_or_no(proposal) and word in ("否", "不")):
        _advance(run)
        if proposal.suggestion is not None:
            suggester.chosen(session.declaration, proposal.suggestion, False)
        return say(Role.NOTE, f"不采纳：{label_of(proposal)}")
    reply = _accept(session, suggester, proposal, own)
    if not reply.refused:
        run.accepted += 1
        _advance(run)
    return reply


def _asks_yes_or_no(proposal: Proposal) -> bool:
    """Whether 是 and 否 are answers here rather than a verdict on the proposal."""
    return proposal.suggestion is None and spec_at(proposal.where).kind is Kind.YES_NO


def _advance(run: DraftRun) -> None:
    run.proposals.pop(0)
    run.seen += 1


def _accept_all(session: Session, suggester: Suggester, run: DraftRun) -> Reply:
    messages: list[Message] = []
    while (proposal := run.current) is not None:
        reply = _accept(session, suggester, proposal, "", seen=False)
        messages.extend(reply.messages)
        run.accepted += not reply.refused
        _advance(run)
    messages.append(Message(Role.NOTE, f"采纳了 {run.accepted} 条，都标着“建议”，/撤销 可逐步退回。"))
    return Reply(tuple(messages))


def _accept(session: Session, suggester: Suggester, proposal: Proposal, own: str, *, seen: bool = True) -> Reply:
    label = label_of(proposal)
    if proposal.suggestion is not None:
        own = f"{proposal.suggestion.name} {own}" if looks_like_target(own) else own
        name, target = split_row(own or proposal.text)
        row = Indicator(*proposal.suggestion.slot, name, target)
        if session.declaration.has_row(row.slot, row.name):
            return say(Role.NOTE, f"“{name}”已经在 {slot_key(row.slot)} 里了。")
        session.add_row(row, SUGGESTED, seen=seen)
        suggester.chosen(session.declaration, proposal.suggestion._replace(name=name), True)
        return say(Role.ECHO, f"{label}：{name}  {target}（建议）")
    field = Field(proposal.where, spec_at(proposal.where))
    understood = answers.parse(field, own or proposal.text, session.declaration)
    if isinstance(understood, answers.Refused):
        return say(Role.ERROR, understood.message, keep=own)
    session.edit(field.path, understood.value, SUGGESTED, also=understood.also, seen=seen)
    echo = Message(Role.ECHO, f"{label}：{brief(answers.told(field, understood.value), TOLD_CHARS)}（建议）")
    return Reply((echo, Message(Role.NOTE, understood.note)) if understood.note else (echo,))
