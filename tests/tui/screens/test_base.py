"""What every screen shares: keys and questions on the bottom bar that fit its row."""

from __future__ import annotations

import pytest

from tui import keymap
from tui.actions import SCREENS
from tui.screens.base import fitting, shortened
from tui.terminal.widths import text_width

ROLL = "由“2020-服务热线线路租用费、网格平台光纤租用费”结转出下一年的表？"


@pytest.mark.parametrize("screen", sorted(SCREENS))
@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_way_out_keeps_its_key_in_a_narrow_window(screen: str, width: int) -> None:
    for kind in SCREENS[screen].bars:
        whole = keymap.bar(screen, kind)
        key = keymap.shown("page.leave")
        assert (key in fitting(whole, width)) == (key in whole), whole


@pytest.mark.parametrize(
    ("question", "width", "shown"),
    [
        (ROLL, 80, ROLL),
        (ROLL, 40, "由“2020-服务热线线路…”结转出下一年的表？"),
        ("由“甲“乙”丙丁戊己庚辛”结转？", 20, "由“甲“乙”丙…”结转？"),
        ("没有名字的长问题，要离开吗？", 12, "没有名字的…"),
        ("写“半个引号的问题？", 12, "写“半个引号…"),
    ],
)
def test_a_name_gives_way_before_what_is_asked(question: str, width: int, shown: str) -> None:
    assert shortened(question, width) == shown
    assert text_width(shown) <= width
