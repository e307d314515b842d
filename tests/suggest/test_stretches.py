"""Whether stretches of a text meet, against the plain way to find out."""

from hypothesis import given
from hypothesis import strategies as st

from suggest.stretches import Stretches

PIECES = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda piece: (piece[0], piece[0] + piece[1]))


@given(st.lists(PIECES, max_size=12), PIECES)
def test_meet(pieces: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    assert Stretches(pieces).meet(start, end) == any(left < end and start < right for left, right in pieces)
