"""Warming up (预热): what suggestions and the review need is loaded in small steps while nobody types.

Derived forms (编译件) that must be made first, at the first start of a checkout or after a change of the library, take far longer
than a step may: `python -m tui.warming` makes them in a process of its own, and the steps wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain

from domain import derived
from tui import wiring
from tui.folders import Folders, folders

Step = Callable[[], object]


class Warming:
    """Steps that are still to be taken."""

    def __init__(self, places: Folders) -> None:
        self._steps: Iterator[Step] = wiring.warm_up(places)
        self._due: Step | None = None
        self._maker: subprocess.Popen[bytes] | None = None
        self._may_make = False

    def add(self, steps: Iterator[Step]) -> None:
        """More to do, behind the rest."""
        self._steps = chain(self._steps, steps)

    def step(self) -> bool:
        """Take one step, unless it has to wait; whether there was one."""
        if self._maker is not None:
            if self._maker.poll() is None:
                return True
            self._maker, self._may_make = None, True
        self._due = self._due or next(self._steps, None)
        if self._due is None:
            return False
        try:
            if self._may_make:
                self._due()
            else:
                with derived.only_reading():
                    self._due()
        except derived.NotMadeError:
            self._have_made()
        else:
            self._due = None
        return True

    def _have_made(self) -> None:
        """Begin to make every form; where no process can be had, or it fails, they are made here after all."""
        path = os.pathsep.join(filter(None, sys.path))
        nowhere = subprocess.DEVNULL
        try:
            self._maker = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__],
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError:
            self._may_make = True


def make(places: Folders) -> None:
    """Make every derived form that is missing or no longer true."""
    from domain.framework import framework
    from domain.library import open_library
    from domain.library.search import Finder

    framework()
    wiring.suggester(places)
    library = open_library(places.data / "library")
    Finder(library.entries, library.sources).find("zj")  # a search by initials keeps them


if __name__ == "__main__":
    make(folders())
