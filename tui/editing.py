"""A long text in the user's own editor (编辑器): a file only the user can read, and nothing lost when the editor fails."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from domain.records.atomic import reason
from domain.text import clean

USUAL = "vi"


def command(configured: str) -> str:
    """The editor: as configured, else VISUAL, else EDITOR, else vi."""
    return configured or os.environ.get("VISUAL") or os.environ.get("EDITOR") or USUAL


def edit(text: str, editor: str, folder: Path) -> tuple[str, str]:
    """The text as it comes back, and what went wrong: then it is the text as it was, and the file stays where the word says.

    Raises OSError where no file can be made in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(".txt", "编辑-", folder)
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    problem = run(editor, path)
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        written, problem = text, problem or "写回来的不是 UTF-8 文字，请在编辑器里改存成 UTF-8"
        return text, f"{problem}。这一项没有动；编辑器写的还在 {path}"
    if problem and written != text:
        return text, f"{problem}。这一项没有动；编辑器写的还在 {path}"
    path.unlink()
    if problem:
        return text, f"{problem}。这一项没有动，请在这里接着写。"
    ends = text.endswith("\n")
    return clean(written) if ends else clean(written).rstrip("\n"), ""


def run(editor: str, path: Path) -> str:
    """Run the editor on a file to its end; what went wrong, "" where nothing did."""
    try:
        words = shlex.split(editor)
        code = subprocess.call([*words, str(path)])
    except ValueError:
        return f"编辑器“{editor}”的引号不成对，请改配置里的 editor"
    except OSError as error:
        return f"编辑器“{editor}”打不开（{reason(error)}），请改配置里的 editor 或环境变量 EDITOR"
    return f"编辑器没有正常结束（{code}）" if code else ""
