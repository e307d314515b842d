"""What a refusal says: every text that turns something down, found in the source, also says how to go on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.paths import ROOT

PACKAGES = ("domain", "suggest", "tui")

REFUSALS = frozenset(("Refused", "RecordError", "ImportProblem", "ExportProblem", "ArgumentTypeError"))
"""Calls whose first argument is read by a person who wanted something else."""

WAY_ON = re.compile(r"请|可以|可用|可写|可按|可看|要写|写成|只写|改|换|先|试|看有哪些|例如|，如|核对|删减|升级|再")
"""Words that tell what to do next."""


def refusals() -> Iterator[tuple[str, str]]:
    """Where each stands, and its text with … for what is filled in."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and _refuses(node):
                    text = _text(node.args[1 if _role(node) else 0])
                    if re.search(r"[一-鿿]{3}", text):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def _refuses(node: ast.Call) -> bool:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in REFUSALS or _role(node)


def _role(node: ast.Call) -> bool:
    """say(Role.ERROR, …) and Message(Role.ERROR, …)."""
    first = node.args[0]
    return isinstance(first, ast.Attribute) and first.attr == "ERROR" and len(node.args) > 1


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)  # type: ignore[misc]
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    if isinstance(node, ast.IfExp):
        return _text(node.body) + _text(node.orelse)
    return ""


FOUND = list(refusals())


def test_there_are_many() -> None:
    assert len(FOUND) > 60


@pytest.mark.parametrize(("where", "text"), FOUND, ids=[where for where, _ in FOUND])
def test_a_refusal_says_how_to_go_on(where: str, text: str) -> None:
    assert WAY_ON.search(text), text
