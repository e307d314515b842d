"""Every test that docs/reliability.md names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.paths import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def test_every_promise_names_a_test_that_exists() -> None:
    named = NAMED.findall((ROOT / "docs" / "reliability.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    missing = [f"{file}::{name}" for file, name in named if name and name not in functions(ROOT / file)]
    assert missing == []


def test_every_stress_test_is_named() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    files = sorted(path.name for path in (ROOT / "tests" / "stress").glob("test_*.py"))
    assert [name for name in files if name not in text] == []
