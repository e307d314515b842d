"""Build hook: makes the derived forms (编译件, domain/derived.py) that the wheel ships as domain/data/derived/."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = ("domain.library.shipped", "suggest.loading")
"""Modules with `ship_all(folder) -> list[Path]`; what they import must be there while the wheel is built."""


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
        finally:
            sys.path.remove(self.root)
        for path in paths:
            path.chmod(0o644)
            build_data["force_include"][str(path)] = f"domain/data/derived/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if self._folder is not None:
            shutil.rmtree(self._folder)
