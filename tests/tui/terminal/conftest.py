"""The demo app of the terminal layer on a pty."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

DEMO = Path(__file__).parent / "demo_app.py"


@pytest.fixture
def start(start: Callable[..., PtyApp], tmp_path: Path) -> Callable[..., PtyApp]:
    """Start programs on ptys, the demo by default."""

    def begin(
        *,
        argv: list[str] | None = None,
        env: dict[str, str | None] | None = None,
        wait: str | None = "标题",
        **options: Any,
    ) -> PtyApp:
        argv = argv or [sys.executable, str(DEMO)]
        app = start(argv=argv, env={"DEMO_DATA": str(tmp_path), **(env or {})}, wait=wait, **options)
        if wait is not None and argv[-1].endswith("demo_app.py") and app.screen.columns >= 60:
            assert app.until(lambda: app.cursor[2]), app.text
        return app

    return begin
