"""Where things lie (XDG): records, configuration, state and cache. Nothing is made here, only named."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

NAME = "tianbiao"
DOCUMENTS = (Path(__file__).parents[1] / "docs", Path(sys.prefix) / "share" / "doc" / NAME)
"""Where docs/… that messages name may be: in a checkout, and where the wheel puts it."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders in use; `records` holds the record files."""

    records: Path
    data: Path
    config: Path
    state: Path
    cache: Path
    exports: Path | None = None
    """Where exported files go; None for the current folder."""

    def named(self) -> tuple[tuple[str, str, Path], ...]:
        """Each folder behind its key and what it holds, for `tianbiao paths`."""
        return (
            ("records", "记录", self.records),
            ("library", "指标库", self.data / "library"),
            ("config", "配置", self.config),
            ("state", "状态", self.state),
            ("cache", "缓存", self.cache),
            *(("documents", "说明书", folder) for folder in DOCUMENTS if (folder / "library.md").is_file()),
        )


def expanded(text: str) -> Path:
    """The path that a text means, ~ being the home folder; ~ before a name that nobody here has stays, as in a shell."""
    return Path(os.path.expanduser(text))  # noqa: PTH111  Path's raises there


def config_folder() -> Path:
    """Where the configuration lies."""
    return _xdg("XDG_CONFIG_HOME", ".config")


def folders(records: str | None = None, exports: str | None = None) -> Folders:
    """The folders: records where they are chosen to be, everything else at the usual places (XDG_*) under the home folder."""
    data = _xdg("XDG_DATA_HOME", ".local/share")
    return Folders(
        records=expanded(records) if records else data / "records",
        data=data,
        config=config_folder(),
        state=_xdg("XDG_STATE_HOME", ".local/state"),
        cache=_xdg("XDG_CACHE_HOME", ".cache"),
        exports=expanded(exports) if exports else None,
    )


def _xdg(variable: str, fallback: str) -> Path:
    value = os.environ.get(variable, "")
    base = Path(value) if value.startswith("/") else Path.home() / fallback
    return base / NAME
