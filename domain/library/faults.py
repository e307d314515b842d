"""What is wrong with a library file: where, how grave, and how to mend it."""

from __future__ import annotations

from typing import Any, NamedTuple

ERROR = "error"
WARNING = "warning"
UNREAD = "unreadable"
"""The code of a fault that is no fault in a file: there is none, or it cannot be read."""

_SEVERITY = {ERROR: "错误", WARNING: "提醒"}


class Fault(NamedTuple):
    """One fault of a library file. `line` counts from 1, 0 where the whole file is meant; `message` is Chinese."""

    path: str
    line: int
    entry: str
    severity: str
    code: str
    message: str

    @property
    def text(self) -> str:
        """The fault on one line, as compilers write it: file:line: 错误 id：message [code]."""
        entry = f" {self.entry}：" if self.entry else " "
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{line}: {_SEVERITY[self.severity]}{entry}{self.message} [{self.code}]"

    @property
    def as_dict(self) -> dict[str, Any]:
        """The fault as plain data for JSON."""
        return {
            "path": self.path,
            "line": self.line,
            "entry": self.entry,
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
        }


class Hit(NamedTuple):
    """What a check found in one entry: the key it is about, and what to write instead."""

    key: str
    code: str
    message: str
    severity: str = ERROR
