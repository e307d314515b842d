"""Input without a terminal: bursts, pastes, sequences, bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.terminal.burst import is_paste
from tui.terminal.decoder import TolerantDecoder
from tui.terminal.parser import PASTE_PATIENCE, SafeParser


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def parse(*chunks: str, gap: float = 0.001, end: float = 60.0) -> list[str]:
    """What comes out: characters as they are, other keys as <name>, pastes as [text]."""
    clock = Clock()
    parser = SafeParser(clock=clock)
    out = []
    for chunk in (*chunks, None):
        found = [] if chunk is None else list(parser.feed(chunk))
        stop = clock.now + (gap if chunk is not None else end)
        while parser.deadline is not None and parser.deadline <= stop:
            clock.now = parser.deadline
            found += parser.tick()
        clock.now = stop
        for event in found:
            if isinstance(event, events.Paste):
                out.append(f"[{event.text}]")
            elif isinstance(event, events.Key):
                out.append(event.character if event.is_printable else f"<{event.key}>")
            else:
                out.append(type(event).__name__)
    return out


@pytest.mark.parametrize(
    ("chunk", "paste"),
    [
        ("甲乙\r丙丁", False),
        ("甲\t乙\t丙", False),
        ("甲\t乙\r丙\t丁", False),
        ("第一行\r第二行\r第三行", True),
        ("甲\n乙丙", True),
        ("甲乙\r\r丙丁", False),
        ("甲乙\r丙丁\r", False),
        ("\r\r\r\r", False),
        ("甲\r\x7f\r乙\r丙丙", False),
        ("长" * 41 + "\r短", True),
        ("长" * 40 + "\r短", False),
        ("长" * 65, True),
        ("长" * 64, False),
        ("预", False),
        ("第一段 \r\r 第二段 \r\r 第三段", True),
        ("1\r2\r", False),
    ],
)
def test_burst(chunk, paste):
    assert is_paste(chunk) is paste


@pytest.mark.parametrize(
    ("chunks", "wanted"),
    [
        (["预a \r"], ["预", "a", " ", "<enter>"]),
        (
            ["\x1b[A\x1bOB\x1b[1~\x1b[Z\x7f\x08"],
            ["<up>", "<down>", "<home>", "<shift+tab>", "<backspace>", "<backspace>"],
        ),
        (["\x1b[11~\x1bOP\x1b[[A"], ["<f1>", "<f1>", "<f1>"]),
        (["\x1b"], ["<escape>"]),
        (["\x1b", "[A"], ["<up>"]),
        (["\x1b[", "1;5", "C"], ["<ctrl+right>"]),
        (["\x1b中"], ["<escape>", "中"]),
        (["\x1b\r"], ["<escape>", "<enter>"]),
        (["\x1b\x1b[D"], ["<escape>", "<left>"]),
        (["\x1b["], ["<escape>", "["]),
        (["\x1b[12"], []),
        (["\x1b]11;rgb:0/0/0\x07甲"], ["甲"]),
        (["\x1bP>|XTerm(3", "70)\x1b\\甲"], ["甲"]),
        (["\x1b[?2026;2$y\x1b[I\x1b[O\x1b[3;4R\x1b[97~甲"], ["甲"]),
        (["\x1b[M !!甲"], ["甲"]),
        (["\x1b[<0;3;4M"], ["MouseDown"]),
        (["\x1b[200~前\x1b[31m红\x1b[0m后\x1b[201~"], ["[前红后]"]),
        (["\x1b[200~甲\x1b[201~\r\x11"], ["[甲]", "<enter>", "<ctrl+q>"]),
        (["\x1b[2", "00~甲", "乙\x1b[20", "1~丙"], ["[甲乙]", "丙"]),
        (["甲\x1b[200~乙\r\n\t丙\x1b[201~丁"], ["甲", "[乙\n\t丙]", "丁"]),
        (["\x1b[200~\x1b[201~"], []),
        (["\x1b[200~没有结尾"], ["[没有结尾]"]),
        (["第一行\r第二行\r第三", "行\r"], ["[第一行\n第二行\n第三行\n]"]),
        (["第一行\r第二行\r第三行", "\x1b[A"], ["[第一行\n第二行\n第三行]", "<up>"]),
        (["前\x1b[31m红\r第\x1b[0m二\r第三"], ["[前红\n第二\n第三]"]),
        (["甲\u200b\ue000乙\x9b"], ["甲", "乙"]),
    ],
)
def test_parse(chunks, wanted):
    assert parse(*chunks) == wanted


def test_a_late_end_of_a_paste_that_was_given_up():
    clock = Clock()
    parser = SafeParser(clock=clock)
    assert not list(parser.feed("\x1b[200~甲\r"))
    clock.now += PASTE_PATIENCE + 0.1
    assert [event.text for event in parser.tick()] == ["甲\n"]
    clock.now += 1
    first, second = parser.feed("乙\r\x1b[201~丙")
    assert isinstance(first, events.Paste)
    assert (first.text, second.key) == ("乙\n", "丙")


def test_a_key_whose_head_was_given_out_as_esc():
    assert parse("\x1b", "[A", gap=0.3) == ["<escape>", "<up>"]
    assert parse("\x1b", "[A", gap=0.8) == ["<escape>", "[", "A"]


TOKENS = st.sampled_from(
    [
        "甲",
        "a",
        "\r",
        "\t",
        "\x7f",
        "\x1b",
        "\x1b[A",
        "\x1b[200~",
        "\x1b[201~",
        "[",
        "1",
        ";",
        "~",
        "O",
        "\x1b[31m",
        "\x1b]0;",
        "\x07",
        "\x9b",
        "\n",
        "乙乙乙乙乙",
        "\x1bP",
        "\\",
    ]
)


@given(st.lists(st.lists(TOKENS, max_size=8).map("".join), max_size=6))
def test_any_input_is_survived_and_printable(chunks):
    for piece in parse(*filter(None, chunks)):
        if piece.startswith("[") and len(piece) > 1:
            assert all(char in "\n\t" or char.isprintable() for char in piece)
    assert parse(*filter(None, chunks), "\x1b[201~", "\x1b", "甲", gap=5.0)[-1] in ("甲", "[甲]")


@given(st.text(st.characters(exclude_categories=("C",)), max_size=40).filter(lambda text: "\u2028" not in text))
def test_a_paste_is_whole_however_it_is_cut(text):
    from domain.text import clean

    data = f"\x1b[200~{text}\x1b[201~"
    for size in (1, 3, 7):
        pieces = [data[i : i + size] for i in range(0, len(data), size)]
        assert parse(*pieces) == ([f"[{clean(text)}]"] if clean(text) else [])


@pytest.mark.parametrize(
    ("chunks", "text", "bad"),
    [
        ([b"\xba\xba\xff", "好".encode()], "好", True),
        ([b"\xe5", b"\xa5\xbd"], "好", False),
        ([b"\xe1 a"], " a", True),
        (["甲\ufffd".encode()], "甲", False),
        ([b"\xe5", b"ok"], "ok", True),
    ],
)
def test_decoder(chunks, text, bad):
    seen = []
    decoder = TolerantDecoder(seen.append)
    assert "".join(map(decoder.decode, chunks)) == text
    assert bool(seen) is bad
