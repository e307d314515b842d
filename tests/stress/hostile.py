"""Texts that mean harm to a terminal, folders full of them, and a look at raw bytes for anything of them that got through."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import tomli_w

from domain.changes import Record
from domain.model import Declaration, Funding, Indicator, Narrative, Project
from domain.records.codec import encode

CONTROLS = (
    "\x1b]0;OWNED\x07",  # the window's title
    "\x1b]52;c;T1dORUQ=\x07",  # the clipboard
    "\x1b[97;97H\x1b[77m",  # cursor and colours that the program itself never asks for
    "\x1b[>77c\x1bP$q77m\x1b\\\x05",  # queries that the terminal answers by typing
    "\x9b77m\x9d0;OWNED\x9c\x85",  # the same in C1
    "\x0e\x08\x7f\x1b",  # another character set, backspace, a lone ESC at the end
    "\u202e\u2066\u061c\u200b\u200f\u2060\ufeff\U000e0041",  # bidi and invisible marks
)
MARKUP = "[red]红[/][/b][@click=app.quit]点[/]"
PILE = "e" + "\u0301\u0327" * 60
HOSTILE = "".join(CONTROLS[:-2]) + MARKUP + PILE + "".join(CONTROLS[-2:])
FILE_NAME = "恶\x1b]0;OWNED\x07\x1b[77m\x9b77m\x05\u202e\u200b[red]红[b]"
"""What a file name can hold, on every file system."""

MOST_MARKS = 8
"""Combining marks that may stand on one character in what the terminal gets."""

_OURS = re.compile(
    rb"\x1b\[(?:[0-9;]*[ABCDGHJKXmr]|\?[0-9;]+[hl]|6n|4l)"  # what the terminal layer writes by itself
    rb"|\x1b\(B\x0f|\x1b>|\x18(?=\x1b)|\x1b\]22;default\x07"
)
_FORBIDDEN = re.compile(rb"\x1b\[(?:77m|97;97H)")
"""What has the form of the program's own sequences and is none of them."""


def leaks(raw: bytes) -> list[str]:
    """What in these bytes did not come from the program: each with a little of what stands around it."""
    found = [_around(raw, hit.start()) for hit in _FORBIDDEN.finditer(raw)]
    text = _OURS.sub(b"", raw).decode()
    marks = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MOST_MARKS or (category in ("Cc", "Cf", "Cs", "Co") and char not in "\r\n\b\t"):
            found.append(repr(text[max(0, at - 30) : at + 30]))
    return found


def _around(raw: bytes, at: int) -> str:
    return repr(raw[max(0, at - 30) : at + 30])


def text(word: str, *, lines: bool = False) -> str:
    """A hostile text with a word that makes it known."""
    return f"{word}{HOSTILE}{chr(10) if lines else ''}{word}尾"


def raw_record() -> str:
    """A record file in which every text is hostile, as only somebody else's program would write it."""
    row = {"level1": "产出目标", "level2": "数量", "name": text("指"), "target": text("=5个")}
    odd = {"level1": text("格"), "level2": text("子"), "name": text("迷"), "target": text("路")}
    project = {name: text(name[:2]) for name in ("unit", "name", "nature", "filler", "phone")}
    narrative = ("overview", "basis", "necessity", "measures", "plan", "overall_goal", "annual_goal", "remarks")
    document = {
        "schema_version": 1,
        "framework": text("框"),
        "project": {
            **project,
            "year": 2021,
            "start_date": text("日"),
            "category": {"code": text("1"), "name": text("类")},
        },
        "funding": {"total": 10, "requested": text("钱")},
        "narrative": {name: text(name[:2], lines=True) for name in narrative},
        "indicators": [row, odd, {**row, "name": text("二"), "target": "健全"}],
        "meta": {"origins": {"project.name": text("源")}, "ignored": {text("则"): text("由")}},
        text("外"): {text("键"): text("值")},
    }
    return tomli_w.dumps(document)


def plain_record() -> str:
    """A harmless record to compare with."""
    form = Declaration(
        Project(year=2020, name="热线线路租用费", unit="服务中心"),
        Funding(requested=Decimal("20.5")),
        Narrative(overview="热线租用两条线路。"),
        (Indicator("产出目标", "数量", "租用线路数", "=2条"),),
    )
    return encode(Record(form))


def short(word: str) -> str:
    """A hostile text of no more characters than a library allows."""
    return f"\x1b[77m{word}[b][/]\u202e"


def library_layer() -> str:
    """A library file with an entry whose texts are hostile but of lawful length, and with others that are left out."""
    entry = {
        "id": "hostile-count",
        "level1": "产出目标",
        "level2": "数量",
        "name": short("标红数"),
        "template": False,
        "keywords": [short("热线"), "线路", "租用"],
        "synonyms": [short("同")],
        "sectors": ["通用"],
        "purposes": ["租赁"],
        "kind": "quantitative",
        "operator": "=",
        "target": short("5"),
        "unit": short("条"),
        "direction": "exact",
        "definition": text("义"),
        "formula": text("式"),
        "basis": ["计划标准"],
        "basis_note": text("注"),
        "evidence": [short("证")],
        "mistake": text("错"),
        "national": "产出指标/数量指标",
        "source": "own",
    }
    broken = ({"id": text("坏"), text("键"): 1}, {**entry, "id": "hostile-level", "level1": text("级")})
    return tomli_w.dumps({"entry": [entry, *broken, {**entry, "id": "hostile-name", "name": text("名")}]})


def settings() -> str:
    """Review settings of an office with hostile texts in every place."""
    return tomli_w.dumps(
        {
            text("外"): 1,
            "rules": {"disabled": [text("R")], text("R1"): text("错")},
            "thresholds": {text("限"): 1, "large_amount": text("大")},
            "public_words": [text("民")],
            "judged": {text("性"): [text("好")]},
            "slips": {"热线": text("正")},
        }
    )


def progress() -> str:
    """A trainee's progress with hostile texts."""
    return tomli_w.dumps({"schema_version": 1, "trainee": text("员"), "seed": text("种"), text("外"): text("值")})


def form_text() -> str:
    """A form as copied from a web page, hostile throughout."""
    return f"项目名称\t{text('页')}\n项目概况\t{text('概')}\n{text('无')}\n产出目标\t数量\t{text('标')}\t{text('=5')}\n"


def fill(below: Path) -> None:
    """Put hostile things in every place that the program reads; `below` is as in conftest.environment."""
    places = {
        f"records/{FILE_NAME}.toml": raw_record(),
        "records/2020-平.toml": plain_record(),
        f"records/坏{FILE_NAME}.toml": f"{HOSTILE} = [",
        f"records/.tianbiao/稿{FILE_NAME}.journal": '{"base":""}\n',
        f"data/tianbiao/library/{FILE_NAME}.toml": library_layer(),
        "data/tianbiao/learned.toml": tomli_w.dumps({"choice": [{"slot": text("格"), "name": text("名")}]}),
        "config/tianbiao/review.toml": settings(),
        "config/tianbiao/config.toml": tomli_w.dumps(
            {text("外"): {text("键"): text("值")}, "keys": {text("k"): text("v")}}
        ),
        "state/tianbiao/learn/progress.toml": progress(),
        f"files/{FILE_NAME}.txt": form_text(),
    }
    for name, content in places.items():
        path = below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (below / "files" / f"夹{FILE_NAME}").mkdir()


ENVIRONMENT = {
    "USER": text("户"),
    "LOGNAME": text("户"),
    "LANG": f"zh_CN.UTF-8@{HOSTILE}",
    "EDITOR": HOSTILE,
    "SSH_TTY": HOSTILE,
    "COLORTERM": HOSTILE,
}
