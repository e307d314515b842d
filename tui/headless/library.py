"""Commands about the indicator library: search, show, stats, check, format, new."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tui import OK
from tui.folders import Folders
from tui.headless.common import complain


def run_library(arguments: argparse.Namespace, folders: Folders) -> int:
    """Run one of `tianbiao library …`."""
    from domain.library import command
    from domain.library.load import builtin_library, builtin_path

    action = arguments.action
    if action == "check":
        paths = [Path(name) for name in arguments.file] or [builtin_path()]
        base = builtin_library() if arguments.file else ()
        output = command.check(paths, base)
    elif action == "format":
        path = Path(arguments.file) if arguments.file else builtin_path()
        output = command.format_file(path)
        if arguments.write and output.code == OK:
            return _write(path, output.data["toml"])
    elif action == "new":
        output = command.new(arguments.slot or "", arguments.sector or "")
    else:
        from tui import wiring

        library = wiring.library(folders, [Path(name) for name in arguments.library])
        for fault in library.faults:
            complain(fault.text)
        words = " ".join(arguments.words)
        if action == "search":
            output = command.search(library, words, arguments.limit, arguments.slot or "")
        else:
            output = command.show(library, words) if action == "show" else command.stats(library)
    if arguments.json:
        print(json.dumps(output.data, ensure_ascii=False, indent=2))
    elif output.lines:
        print("\n".join(output.lines))
    for text in output.said:
        complain(text)
    return output.code


def _write(path: Path, text: str) -> int:
    """Put the canonical form in place of a file, and print its path."""
    from domain.records.atomic import write_atomic

    write_atomic(path, text.encode())
    print(path)
    return OK
