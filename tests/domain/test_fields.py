"""Places in a declaration, as text and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fields import FieldPath, path_of, path_text

NAMES = st.from_regex(r"[a-z_0-9]+", fullmatch=True)
PATHS = st.builds(lambda head, rest: (head, *rest), NAMES, st.lists(st.one_of(NAMES, st.integers(0, 9999)), max_size=4))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("project", "name"), "project.name"),
        (("indicators", 3, "target"), "indicators[3].target"),
        (("indicators", 12), "indicators[12]"),
    ],
)
def test_path_text(path: FieldPath, text: str) -> None:
    assert path_text(path) == text
    assert path_of(text) == path


@given(PATHS)
def test_every_path_comes_back(path: FieldPath) -> None:
    assert path_of(path_text(path)) == path


@pytest.mark.parametrize("text", ["", ".", "a..b", "[1]", "a[x]", "a[", ".a"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        path_of(text)
