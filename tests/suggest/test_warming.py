"""Warming up: afterwards the first form asked has next to no pattern left to compile."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import re
from domain.model import Declaration
from suggest.engine import Engine
from suggest.warming import steps

engine = Engine.load()
if {warm}:
    for step in steps(lambda: engine):
        step()
compiled, compile = [], re.compile
re.compile = lambda source, flags=0: compiled.append(source) or compile(source, flags)
declaration = Declaration().replace(("project", "name"), "城区路灯维修养护经费")
text = "维修路灯3200盏，每盏200元，故障24小时内修复，亮灯率不低于98%，12月底前完成。"
engine.picture(declaration.replace(("narrative", "overview"), text))
print(len(compiled))
"""


def compiled(*, warm: bool) -> int:
    """Patterns compiled for the picture of a project in a fresh process."""
    done = subprocess.run([sys.executable, "-c", SCRIPT.format(warm=warm)], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.fixture(scope="module")
def cold() -> int:
    return compiled(warm=False)


def test_a_warm_engine_compiles_next_to_nothing(cold: int) -> None:
    assert cold >= 20
    assert compiled(warm=True) <= cold // 5
