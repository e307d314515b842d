"""What the text says will be done without saying how much (未写数量的工作): 购置图书 → 图书购置数量, 组织应急演练 → 应急演练次数.

Such a measure has no number yet, so that the filer is asked for it; but its name is the project's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.patterns import HAN, later
from domain.reading import Quantity, Span
from suggest import compose
from suggest.context import Context, Stated
from suggest.lexicon import lexicon
from suggest.nounphrase import NounPhrases

WEIGHT = 0.58
"""Score of a deed: below what is counted and what is most usual for the kind, above what is merely possible."""
NAMED = 0.1
"""What it gains where the project's name speaks of it too."""
MOST = 4
"""Deeds taken from a project, the first of the most telling fields."""
FIELDS = ("annual_goal", "overview", "overall_goal", "plan")

_THINGS = later(
    r"购置|采购|购买|添置|更换|更新|安装|新建|修建|改造|维修|租用|制作|印制|编制|编印|出具|拆除|栽植|建设|配备|发放"
)
_PERSONS = later(r"培训|救助|资助|走访慰问|慰问|聘用|聘请|选聘|选派|帮扶|安置|奖励|表彰")
_CASES = later(r"办理|受理|处理|审理|接待|调解|处置")
_EVENTS = later(
    rf"(?:开展|举办|组织|召开|举行)(?P<noun>{HAN}{{0,10}}?(?:培训班|培训|讲座|比赛|竞赛|赛事|演出|演练|会议|大会|论坛|展览|展会|"
    r"宣传|巡演|招聘会|推介|义诊|检查|督查|调研|抽检|检测|排查|巡查|评选|活动))"
)
_ENDS = later(r"$|等?[，。；、,;\s（(]|[及和与并]")
"""What follows a noun that is whole."""
_PEOPLE_UNIT = "人"
_PAID = later(r"(?:费|保险|款|资金|经费|金|补助|补贴|津贴|工资|待遇|报酬)$")


def deeds(context: Context, phrases: NounPhrases) -> Iterator[Stated]:
    """Things to be bought or made, people to be helped and events to be held that the texts name without a number."""
    found: dict[str, Stated] = {}
    for field in FIELDS:
        where = ("narrative", field)
        text = context.texts.get(where, "")
        counts = [one.span.start for one in context.reading.quantities if one.span.where == where]
        for verb, noun, unit, start, end in (*_done(text, phrases), *_held(text)):
            if not 2 <= len(noun) <= 8 or noun in lexicon().vague or _PAID.search(noun):
                continue
            span = Span(where, start, end, text[start:end])
            if _is_counted(text, end, counts):
                continue
            name = compose.count_name(Quantity(Decimal(0), unit, noun, span, verb), {})
            if name is not None and name not in found:
                found[name] = Stated("output.quantity", name, "", span, WEIGHT + NAMED * (noun[-2:] in context.name))
    yield from list(found.values())[:MOST]


def _is_counted(text: str, end: int, counts: Sequence[int]) -> bool:
    """Whether the clause goes on from a place to one of the counts of its text: 慰问困难党员和老党员162人 is counted already."""
    at = bisect_left(counts, end)
    return at < len(counts) and counts[at] <= end + 12 and not _CLAUSE_SIGN.search(text, end, counts[at])


_CLAUSE_SIGN = later(r"[，,。；;、\n]")


def _done(text: str, phrases: NounPhrases) -> Iterator[tuple[str, str, str, int, int]]:
    people = (*lexicon().served, *lexicon().endings["人员"], "家庭")
    for pattern, unit in ((_THINGS, "个"), (_PERSONS, _PEOPLE_UNIT), (_CASES, "件")):
        for match in pattern.finditer(text):
            noun = phrases.after(text, match.end()).noun
            end = match.end() + len(noun)
            if text[match.end() : end] != noun or not _ENDS.match(text, end):
                continue
            if unit == _PEOPLE_UNIT and (len(noun) < 3 or not noun.endswith(people)):
                continue
            yield match[0], noun, unit, match.start(), end


def _held(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    for match in _EVENTS.finditer(text):
        yield "", match["noun"], "次", match.start(), match.end()
