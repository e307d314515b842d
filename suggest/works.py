"""Works (工作): what is done in a project, by which a usual measure belongs to it or to another of its matter.

Toilets that are kept up are not built: of the matter 农村改厕 they share 设施完好率, not 户厕改造数量.
"""

from __future__ import annotations

from functools import lru_cache

from suggest.lexicon import lexicon

OTHER, BESIDE = 0.25, 0.8
"""What a measure keeps whose work the project does not do, and one of work that the project's name does not end with."""
HEAD_REACH = 7
"""Characters at the end of a name in which its own work stands: 审计业务用笔记本电脑 audits nothing."""


def works_in(text: str) -> list[str]:
    """The works that a text speaks of, in order, each by the first of those much the same: 维修养护 → 维修, 维修."""
    known = lexicon().works
    return [known[pair] for at in range(len(text) - 1) if (pair := text[at : at + 2]) in known]


def kept(measure: str, name: str, told: frozenset[str]) -> float:
    """The share of its score that a usual measure keeps in a project of this name whose texts tell these works.

    A name that tells no work of its own may be any work of its matter.
    """
    works, head = _of_measure(measure), _head(name)
    if not works or not head or head in works:
        return 1.0
    return BESIDE if works & told else OTHER


@lru_cache(maxsize=4096)
def _of_measure(name: str) -> frozenset[str]:
    return frozenset(works_in(name))


@lru_cache(maxsize=64)
def _head(name: str) -> str:
    """The work that a project's name ends with, the head of a Chinese name standing last; "" where it tells none."""
    return next(reversed(works_in(name[-HEAD_REACH:])), "")
