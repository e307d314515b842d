"""Bytes from the terminal as text: UTF-8 that never fails, and tells when something else came in.

Textual decodes strictly and ends on the first wrong byte (a GBK client, an 8-bit Meta key, line noise).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

NOTICE = "收到无法识别的字节，已忽略。若汉字输入变成乱码，请把客户端的字符编码设为 UTF-8。"


class TolerantDecoder:
    """Incremental UTF-8 decoder that drops what is not UTF-8 and calls `on_bad(count)` after a chunk that held some."""

    def __init__(self, on_bad: Callable[[int], None] = lambda count: None) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._on_bad = on_bad

    def decode(self, data: bytes) -> str:
        """The text of one chunk; a character cut by its end is kept for the next one."""
        text = self._decoder.decode(data)
        if "\ufffd" not in text:
            return text
        bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")  # a pasted U+FFFD is no error, but worth nothing
        if bad > 0:
            self._on_bad(bad)
        return text.replace("\ufffd", "")
