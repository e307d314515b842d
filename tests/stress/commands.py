"""Every command without a screen on one folder of records, as arguments; and a driver that runs them all in one process.

`python commands.py FOLDER [closed]` runs them; `closed` makes every socket an error first.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
EXPORTS = ("txt", "md", "html", "docx", "xlsx", "csv", "json", "national", "national-xlsx", "shanghai", "import-table")
FILLED = "2020-平"


class NetworkUsedError(BaseException):
    """Somebody opened a socket; no handler of the program may take this for an error of its own."""


def all_commands(below: Path, word: str, layer: Path) -> Iterator[list[str]]:
    """Argument lists: on the records, on what does not exist, and with `word` wherever a text may stand."""
    records, out, files = below / "records", below / "out", sorted((below / "files").glob("*.txt"))
    out.mkdir(exist_ok=True)
    stems = sorted(path.stem for path in records.glob("*.toml"))
    yield from (
        ["paths"],
        ["paths", "--json"],
        ["list"],
        ["list", "--json"],
        ["trash", "--json"],
        ["help"],
        ["help", word],
        ["help", "library", "search"],
        ["--help"],
        ["fill", "--help"],
        ["--version"],
        [word],
        ["list", word],
        [f"--{word}"],
    )
    for stem in (*stems, word, str(below / word)):
        yield from (
            ["show", stem],
            ["show", stem, "--json"],
            ["entry", stem],
            ["check", stem],
            ["check", stem, "--json"],
        )
        yield from (["suggest", stem], ["suggest", stem, "--json", "-n", "2"], ["diff", FILLED, stem])
        yield from (
            ["new", "--from", stem],
            ["history", stem],
            ["history", stem, "--json"],
            ["history", stem, "--show", "1"],
            ["history", stem, "--diff", "1"],
        )
    yield from (["check", str(records)], ["check", FILLED, "--fix"], ["entry", FILLED, "-o", str(out / "录入.txt")])
    yield from (["suggest", FILLED, "--slot", word], ["diff", FILLED, stems[-1], "--json"], ["new", "--name", word])
    for target in (*EXPORTS, "list", word):
        yield ["export", stems[-1], "--to", target, "-o", str(out / f"表.{target}")]
    yield from (
        ["export", FILLED, "--to", "txt", "-o", "-"],
        ["export", FILLED, "--to", "txt", "-o", str(out / word / "x")],
    )
    for target in ("csv", "jsonl"):
        yield ["collect", str(records), "--to", target, "-o", str(out / target)]
    yield from (["import", str(path)] for path in files)
    yield from (["import", word], ["import", str(layer)])
    yield from (["library", "search", word], ["library", "search", "标红"], ["library", "show", "hostile-count"])
    yield from (
        ["library", "show", word],
        ["library", "stats"],
        ["library", "check", str(layer)],
        ["library", "check", word],
    )
    yield from (
        ["library", "format", str(layer)],
        ["library", "new", "--slot", word],
        ["library", "search", "光纤", "--json"],
    )
    yield from (["library", "search", "标红", "--library", str(layer)], ["library", "stats", "--library", str(layer)])
    yield from (["learn", "progress"], ["learn", word], ["learn", "progress", word], ["learn", "1"], ["learn", "练习"])
    yield ["learn", "exam", "--seed", word, "-n", "2", "--out", str(out / "试卷.md")]
    yield from (["learn", "report", str(below / "state")], ["learn", "report", str(below / "state"), "--csv"])
    yield from (["learn", "grade", "--jsonl", str(files[0])], ["learn", "grade", "--jsonl", word])
    yield from (["trash"], ["trash", "--restore", word], ["config"], ["config", "--init"], ["keys", "--list"])
    yield from (["completion", "bash"], ["completion", word], ["history", FILLED, "--restore", "1"])
    yield from (["fill", stems[-1], "--plain"], ["fill", "--plain"])


def closed_network() -> None:
    """Make every socket but those between a process and itself an error that no handler takes."""

    class Local(socket.socket):
        def __init__(self, family: int = socket.AF_INET, *rest: Any, **options: Any) -> None:
            if family != socket.AF_UNIX:
                raise NetworkUsedError(family)
            super().__init__(family, *rest, **options)

    def refuse(*arguments: Any, **options: Any) -> NoReturn:
        raise NetworkUsedError(arguments)

    socket.socket = Local  # type: ignore[misc]
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyaddr"):
        setattr(socket, name, refuse)


def main(below: Path, closed: bool) -> None:
    """Run every command with nothing to read; the exit codes go to stdout with a line each."""
    sys.path.insert(0, str(ROOT))
    if closed:
        closed_network()
    from tests.stress import hostile
    from tui.cli import main as tianbiao

    [layer] = (below / "data" / "tianbiao" / "library").glob("*.toml")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(below)
    for arguments in all_commands(below, hostile.FILE_NAME, layer):
        try:
            code: object = tianbiao(["--no-pager", *arguments])
        except SystemExit as end:
            code = end.code
        print(f"== {arguments[0][:8]} {arguments[-1][-8:]!a} {code}", flush=True)
    print("全部命令都运行过了", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "closed" in sys.argv)
