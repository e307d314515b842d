"""Commands about the indicator library: search, show, stats, check, format, new."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

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
        return _format(Path(arguments.file[0]) if arguments.file else builtin_path(), arguments.write)
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
    else:
        print("\n".join(output.lines))
    return output.code


def _format(path: Path, write: bool) -> int:
    """Print a library file in its one form, or put it in place of the file."""
    from domain.library import command
    from domain.records.atomic import write_atomic

    output = command.format_file(path)
    if output.code or output.data is None:
        for text in output.lines:
            complain(text)
    elif write:
        write_atomic(path, output.data["toml"].encode())
        print(path)
    else:
        print(output.data["toml"], end="")
    return output.code
