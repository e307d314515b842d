"""Every screen with hostile texts in every place: nothing of them acts on the terminal, nothing is read as markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stress import hostile

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

KEYS = {
    **{f"F{number}": f"\x1b{code}" for number, code in enumerate(("OP", "OQ", "OR", "OS"), 1)},
    **{f"F{number}": f"\x1b[{code}~" for number, code in enumerate((15, 17, 18, 19, 20, 21), 5)},
    **{
        "Enter": "\r",
        "Tab": "\t",
        "Up": "\x1b[A",
        "Down": "\x1b[B",
        "Esc": "\x1b",
        "^K": "\x0b",
        "^T": "\x14",
        "^U": "\x15",
        "^O": "\x0f",
        "^R": "\x12",
        "^Y": "\x19",
    },
}
PASTE = f"\x1b[200~{hostile.form_text()}\x1b[31m\x1b]0;OWNED\x07\x1b[201~"
"""A paste as a terminal that filters nothing sends it."""

Step = tuple[str, str]
"""Keys (names, or text to type), and what the screen then shows."""

HOME: tuple[Step, ...] = (
    ("F1", "帮助"), ("F10", "份记录"),
    ("F7", "指标库｜"), ("标红", "找到 1 条"), ("Enter", "同义名"), ("F10", "找到"),
    ("F3", "领域"), ("F10", "找到"), ("Esc F1", "是什么"), ("F10", "指标库｜"), ("F10", "份记录"),
    ("F8", "学习｜"), ("Enter", "认识填表助手 1/"), ("Enter", "2/"), ("F10", "学习｜等级"), ("F4", "学习｜进度"),
    ("F10", "学习｜等级"), ("F5", "练习 1/"), ("[b]坏[/b]答 Enter", "[b]坏[/b]答"), ("F10", "学习｜等级"), ("F10", "份记录"),
    ("F2", "导入｜"), ("F1", "能导入"), ("F10", "导入｜"),
    ("{files}/恶 Enter", "认出"), ("Down Enter", "Enter确定"), ("F10", "认出"), ("F4", "F10 返回"), ("F10", "认出"),
    ("F10", "导入｜"), ("F6", "F9看看认出了什么"), (PASTE, "页"), ("F9", "认出"), ("F10", "F9看看认出了什么"),
    ("F10", "不要了"), ("y", "份记录"),
    ("坏 Enter", "读不了"), ("Enter", "只看"), ("F10", "搜索："), ("^U", "份记录"), ("^T", "按"), ("F10 F10", "份记录"),
    ("na", "1/"), ("^O", "历史｜"), ("F6", "回收"), ("F10", "历史｜"), ("F10", "1/"), ("F5", "检查｜"), ("F10", "份记录"),
    ("na", "1/"),    ("F4", "预览"), ("F10", "1/"), ("F9", "导出"), ("F1", "装不下"), ("F10", "导出"), ("F4", "预览"),
    ("F10", "导出"), ("F10", "1/"), ("^R", "结转"), ("n", "1/"), ("^Y", "另起"), ("n", "1/"), ("^K", "移到"), ("n", "1/"),
)  # fmt: skip
"""From home and back; at the end the hostile record is the one found."""

FILL: tuple[Step, ...] = (
    ("F1", "怎么填"), ("F3", "建议"), (PASTE, "5尾"), ("^T", "边填边学"), ("^T ^U", "填表｜2021"),
    ("F4", "全表"), ("F6", "格"), ("F10", "全表"), ("F3", "只看没填的"), ("F3", "没看过"), ("F10", "填表｜2021"),
    ("F6", "指标表｜"), ("Down Down", "指"), ("[red]加[/]", "[red]加"), ("Enter", "[red]加"), ("F10", "填表｜2021"),
    ("F5", "检查｜"), ("Down", "依据"), ("F8", "理由"), (PASTE, "5尾"), ("Enter", "检查｜"), ("F3", "检查｜"), ("F10", "填表｜2021"),
    ("/录入 Enter", "录入"), ("F8 F8 F9", "录入"), ("F4", "按回车返回"), ("Enter", "录入"), ("F10", "填表｜2021"),
    ("/对比 Enter", "对比｜"), ("Enter", "对比｜"), ("F8", "对比｜"), ("F10", "填表｜2021"),
    ("/导出 Enter", "导出"), ("F10", "填表｜2021"), ("/指标库 Enter", "指标库"), ("F10", "填表｜2021"), ("/预览 Enter", "预览"),
    ("F10", "填表｜2021"), ("/未看 Enter", "看"), ("/去数量 Enter", "已有 1."),
    ("/草拟 Enter", "F9写好了"), (PASTE, "页"), ("F9", "草拟"),
)  # fmt: skip


@pytest.fixture
def below(tmp_path: Path) -> Path:
    hostile.fill(tmp_path)
    return tmp_path


def walk(app: PtyApp, steps: tuple[Step, ...], files: Path) -> None:
    for keys, wanted in steps:
        for key in [keys] if keys is PASTE else keys.format(files=files).split(" "):
            before = app.text
            app.send(KEYS.get(key, key))
            assert app.until(lambda: app.text != before or not app.alive), (keys, app.text)  # noqa: B023
        assert app.shows(wanted), (keys, wanted, app.text)


def test_all_screens(program: Callable[..., PtyApp], below: Path) -> None:
    app = program(below=below, env=hostile.ENVIRONMENT, wait="份记录")
    walk(app, HOME, below / "files")
    walk(app, (("Enter", "填表｜2021"), *FILL), below / "files")
    assert "[red]" in app.raw.decode()
    assert hostile.leaks(app.raw) == []
    assert app.alive
    assert not (below / "state" / "tianbiao" / "crash.log").exists()
