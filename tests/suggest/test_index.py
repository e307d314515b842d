"""The inverted index on tiny libraries."""

from __future__ import annotations

import marshal

from suggest import index


def tiny() -> index.IndexData:
    return index.build(
        [
            [(["光纤", "租用"], 2.0), (["线路"], 1.0)],
            [(["宽带", "租用"], 2.0)],
            [(["培训", "人次"], 2.0), (["租用"], 0.1)],
        ]
    )


def test_rare_words_and_strong_fields_count_more() -> None:
    scores = index.score(tiny(), {"光纤": 1.0, "租用": 1.0})
    assert scores[0] > scores[1] > scores[2] > 0


def test_query_weights_count() -> None:
    data = tiny()
    assert index.score(data, {"宽带": 3.0})[1] > index.score(data, {"宽带": 1.0})[1]
    assert index.score(data, {"没有": 1.0}) == {}


def test_an_empty_library_is_no_error() -> None:
    data = index.build([])
    assert data["count"] == 0
    assert index.score(data, {"光纤": 1.0}) == {}


def test_the_data_is_plain() -> None:
    data = tiny()
    assert marshal.loads(marshal.dumps(dict(data))) == data


def test_common_finds_what_has_all_keys_within_a_range() -> None:
    inverted = index.postings([{"光纤", "纤租"}, {"光纤"}, {"光纤", "纤租"}])
    assert index.common(inverted, ["光纤", "纤租"], 0, 3) == [0, 2]
    assert index.common(inverted, ["光纤", "纤租"], 1, 3) == [2]
    assert index.common(inverted, ["光纤", "无"], 0, 3) == []
    assert index.common(inverted, [], 0, 3) == []
    assert index.common(inverted, ["光纤"], 3, 3) == []
