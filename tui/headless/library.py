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
    from domain.library.layers import open_library
    from domain.library.load import builtin_library, builtin_path

    action = arguments.action
    if action == "check":
        paths = [Path(name) for name in arguments.file] or [builtin_path()]
        base = builtin_library() if arguments.file else ()
        output = command.check(paths, base)
    elif action == "format":
        output = command.format_file(Path(arguments.file[0]) if arguments.file else builtin_path())
    elif action == "new":
        output = command.new(arguments.level2 or "", arguments.sector or "")
    else:
        library = open_library(folders.data / "library", [Path(name) for name in arguments.library])
        for fault in library.faults:
            complain(str(fault))
        words = " ".join(arguments.words)
        if action == "search":
            output = command.search(library, words, arguments.limit, arguments.level2 or "")
        else:
            output = command.show(library, words) if action == "show" else command.stats(library)
    if arguments.json:
        print(json.dumps(output.data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(output.lines))
    return output.code
