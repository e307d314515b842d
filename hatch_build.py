"""Build hook: the derived forms (编译件, domain/derived.py) that the wheel ships, the manual page and completion for shells."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = ("domain.library.shipped", "suggest.loading")
"""Modules with `ship_all(folder) -> list[Path]`; what they import must be there while the wheel is built."""

MANUAL = "share/man/man1/tianbiao.1"
COMPLETION = {
    "bash": "share/bash-completion/completions/tianbiao",
    "zsh": "share/zsh/site-functions/_tianbiao",
    "fish": "share/fish/vendor_completions.d/tianbiao.fish",
}
"""Where shells look for completion, below the environment's root."""


class DerivedBuildHook(BuildHookInterface[Any]):
    """Runs for wheels only; an editable install makes the forms at first use, like a checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the forms into a temporary folder and have the wheel include them."""
        self._folder: Path | None = None
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp(prefix="tianbiao-derived-"))
        sys.path.insert(0, self.root)
        try:
            paths = [path for name in MODULES for path in importlib.import_module(name).ship_all(self._folder)]
            shared = self._shared(self._folder)
        finally:
            sys.path.remove(self.root)
        for path in paths:
            path.chmod(0o644)
            build_data["force_include"][str(path)] = f"domain/data/derived/{path.name}"
        build_data["shared_data"].update(shared)

    @staticmethod
    def _shared(folder: Path) -> dict[str, str]:
        """Write what goes beside the program below the environment's share/; returns where each file goes."""
        manual, arguments = importlib.import_module("tui.manual"), importlib.import_module("tui.arguments")
        completion = importlib.import_module("tui.completion")
        epoch = os.environ.get("SOURCE_DATE_EPOCH")  # the custom of builds that are to come out the same every time
        built = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
        texts = {MANUAL: manual.page(built.date())}
        texts |= {place: completion.script(arguments.parser(), shell) for shell, place in COMPLETION.items()}
        placed = {}
        for number, (place, text) in enumerate(texts.items()):
            path = folder / f"shared-{number}"
            path.write_text(text, encoding="utf-8")
            path.chmod(0o644)
            placed[str(path)] = place
        return placed

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if self._folder is not None:
            shutil.rmtree(self._folder)
