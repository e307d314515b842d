"""Copying to the clipboard of the user's own computer through the terminal (OSC 52)."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

CAP = 50_000
"""Bytes of the encoded text beyond which nothing is sent: terminals cut it, slow links choke on it."""


def sequence(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The sequence that copies `text`, or "" where it cannot work: GNU screen prints it as junk.

    Under tmux it is sent plain (taken with `set-clipboard on`) and wrapped (taken with `allow-passthrough on`); what tmux
    does not take it swallows. Whether the terminal obeyed cannot be known.
    """
    environ = os.environ if environ is None else environ
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    in_tmux = bool(environ.get("TMUX"))
    if len(encoded) > CAP or environ.get("STY") or (environ.get("TERM", "").startswith("screen") and not in_tmux):
        return ""
    plain = f"\x1b]52;c;{encoded}\x07"
    return f"{plain}\x1bPtmux;\x1b{plain}\x1b\\" if in_tmux else plain
