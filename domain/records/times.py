"""The time of day as records and journals note it. Nothing is ever put in order by it: clocks jump."""

from __future__ import annotations

import datetime


def now() -> str:
    """The present moment, local, to the second."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def stamp() -> str:
    """The same, fit for a file name."""
    return now().replace(":", "").replace("+", "-")


def brief(text: str) -> str:
    """Month, day and minute of a time noted, with the year where it is another one; "" for what is no time."""
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        return ""
    this_year = at.year == datetime.datetime.now().year
    return at.strftime("%m-%d %H:%M" if this_year else "%Y-%m-%d %H:%M")
