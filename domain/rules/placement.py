"""Paragraphs in the wrong fields (错位): how well a text fits each field, and which paragraphs should change places.

The move is offered from the other forms where they hold the same paragraphs in other fields, else from the texts alone where
several of them plainly say what they are. Both need at least three paragraphs out of place, and a clear gain in fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from domain.case import Case
from domain.model import Declaration
from domain.rules import making
from domain.rules.phrases import BOOK, DOCUMENT_NUMBER, DOCUMENT_WORD, TIME_WORD

FIELDS = ("basis", "necessity", "measures", "plan", "overall_goal", "annual_goal")
"""The fields whose paragraphs can be mistaken for one another."""
SHIFTED = "shifted"
"""Cause of every finding that moving the paragraphs back would settle."""
LEAST_MOVED = 3
CLEAR_GAIN = 4.0

_RULE_TITLE = re.compile(r"《[^《》]{0,60}(?:制度|办法|规定|细则|规程|规范|预案|机制)》")
_PAPER = re.compile(r"会议纪要|批复|合同|批示|《[^《》]{0,80}(?:通知|意见|方案|规划|条例|法|决定)》")
_STEPS = re.compile(r"已(?:经)?实施|签订|验收|付款|支付|清算|招标|采购|开工|竣工|阶段|第[一二三四]步")
_VISION = re.compile(r"打造|建成|新模式|总体目标|目标[1一]|长期|到20\d\d年|形成|构建")
_THIS_YEAR = re.compile(r"本年|年度|今年|20\d\d年|不低于|不少于|以上|满意度")
_TASKS = re.compile(r"收集|掌握|报告|上报|保障|完成|开展|办理|发放")
_REASONS = re.compile(r"必要|需要|为了|解决|否则|不[^，。]{1,12}(?:将|会|则)|职责|面临|短板|隐患|不足")
_CARE = re.compile(r"专人|负责|考核|检查|监督|核对|通报")


def titles_only(text: str) -> bool:
    """Whether the text is nothing but titles of rules in 《》."""
    titles = BOOK.findall(text)
    rest = re.sub(r"[\s、，,；;。和及\d.．（）()]", "", BOOK.sub("", text))
    return bool(titles) and not rest and any(_RULE_TITLE.fullmatch(title) for title in titles)


def has_document(text: str) -> bool:
    """Whether a text cites a document: a title, a number, minutes, a contract, an approval."""
    return bool(BOOK.search(text) or DOCUMENT_NUMBER.search(text) or DOCUMENT_WORD.search(text))


def fit(name: str, text: str) -> float:
    """How well a text fits a field, about -3 to 5; 0 says nothing either way."""
    if not text:
        return 0.0
    if titles_only(text):
        return 3.0 if name == "measures" else -2.0
    return _FITS[name](text)


def _basis(text: str) -> float:
    papers = len(_PAPER.findall(text)) + len(DOCUMENT_NUMBER.findall(text))
    return min(1.5 * papers, 4.0) if papers else (-2.0 if len(text) >= 60 else -0.5)


def _measures(text: str) -> float:
    score = 2.5 if _RULE_TITLE.search(text) else -0.5
    return score + 0.5 * min(len(_CARE.findall(text)), 3)


def _plan(text: str) -> float:
    return 1.0 * min(len(TIME_WORD.findall(text)), 3) + 0.75 * min(len(_STEPS.findall(text)), 3)


def _overall(text: str) -> float:
    return 1.0 * min(len(_VISION.findall(text)), 2) - 0.5 * (len(text) > 300)


def _annual(text: str) -> float:
    return 0.75 * min(len(_THIS_YEAR.findall(text)), 3) + 0.35 * min(len(_TASKS.findall(text)), 3)


def _necessity(text: str) -> float:
    return 1.0 * min(len(_REASONS.findall(text)), 2) + 0.5 * (len(text) > 300)


_FITS = {
    "basis": _basis,
    "necessity": _necessity,
    "measures": _measures,
    "plan": _plan,
    "overall_goal": _overall,
    "annual_goal": _annual,
}


@dataclass(frozen=True, slots=True)
class Shift:
    """Paragraphs to move: (from field, to field) for each, and what says so."""

    moves: tuple[tuple[str, str], ...]
    witness: str
    """The project whose form shows the intended places; "" where only the texts say so."""

    def applied(self, declaration: Declaration) -> Declaration:
        """The declaration with the paragraphs in their places; a field that only gave its text away is empty."""
        texts = {source: "" for source, _ in self.moves}
        texts.update({goal: getattr(declaration.narrative, source) for source, goal in self.moves})
        return making.narrative(declaration, **texts)


def shift(case: Case) -> Shift | None:
    """The move that puts a rotated form right, None where nothing says so clearly."""
    if "shift" not in case.memo:
        texts = {name: case.texts[name] for name in FIELDS}
        enough = sum(map(bool, texts.values())) >= LEAST_MOVED
        case.memo["shift"] = (_from_siblings(case, texts) or _from_texts(texts)) if enough else None
    found: Shift | None = case.memo["shift"]
    return found


def _total(texts: Mapping[str, str]) -> float:
    return sum(fit(name, text) for name, text in texts.items())


def _moved(texts: Mapping[str, str], moves: Mapping[str, str]) -> dict[str, str]:
    after = {name: "" if name in moves else text for name, text in texts.items()}
    after.update({goal: texts[source] for source, goal in moves.items()})
    return after


def _from_siblings(case: Case, texts: Mapping[str, str]) -> Shift | None:
    """Where another form holds three or more of these paragraphs in other fields, and they fit better there."""
    by_form: dict[str, dict[str, str]] = {}
    projects: dict[str, str] = {}
    for name, text in texts.items():
        for twin in case.twins(name) if text else ():
            if twin.field in FIELDS:
                by_form.setdefault(twin.label, {}).setdefault(name, twin.field)
                projects[twin.label] = twin.project
    for label, moves in sorted(by_form.items(), key=lambda item: -len(item[1])):
        away = {source: goal for source, goal in moves.items() if source != goal}
        if len(away) < LEAST_MOVED or len(set(moves.values())) < len(moves):
            continue
        if any(texts[goal] and goal not in away for goal in away.values()):
            continue
        if _total(_moved(texts, away)) > _total(texts) + 1:
            return Shift(_ordered(away), projects[label])
    return None


def _from_texts(texts: Mapping[str, str]) -> Shift | None:
    """The best arrangement of the paragraphs by fit, where it is far better than the present one and no other is as good."""
    filled = [name for name, text in texts.items() if text]
    odd = sum(fit(name, texts[name]) < 0 for name in filled)
    if odd < 2:
        return None
    table = {(source, goal): fit(goal, texts[source]) for source in filled for goal in FIELDS}
    ranked = sorted(
        (
            (sum(table[pair] for pair in zip(filled, goals, strict=True)), goals)
            for goals in permutations(FIELDS, len(filled))
        ),
        key=lambda item: -item[0],
    )
    best, goals = ranked[0]
    away = {source: goal for source, goal in zip(filled, goals, strict=True) if source != goal}
    if best - _total(texts) < CLEAR_GAIN or len(away) < LEAST_MOVED or best - ranked[1][0] < 0.2:
        return None
    return Shift(_ordered(away), "")


def _ordered(moves: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((source, moves[source]) for source in FIELDS if source in moves)
