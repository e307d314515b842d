"""The canonical form: stable, sorted, comments kept, nothing lost."""

from __future__ import annotations

import tomllib

import pytest

from domain.library.format import format_library, format_text

from .test_lint import SOUND, other


def test_formatting_twice_changes_nothing():
    text = format_library([other(), SOUND])
    assert format_text(text) == text


def test_values_survive():
    odd = SOUND | {"definition": '引号"、反斜杠\\、花括号{}、井号#都要在。', "retired": True, "use_instead": "a-b"}
    assert tomllib.loads(format_library([odd]))["entry"] == [odd]


def test_sorted_by_slot_sector_and_id():
    early = SOUND | {"id": "sani-early", "level2": "数量"}
    general = SOUND | {"id": "zz-general", "sectors": ["通用", "环卫"]}
    text = format_library([SOUND, general, early, other()])
    ids = [table["id"] for table in tomllib.loads(text)["entry"]]
    assert ids == ["sani-early", "zz-general", "sani-bin-intact-rate", "sani-truck-online-rate"]


def test_comments_stay_with_their_entry():
    text = "# 头\nschema_version = 1\n\n# 说明二\n" + format_library([SOUND]).split("\n\n")[1] + "\n# 说明一\n"
    first = format_library([other()]).split("\n\n")[1].replace("[[entry]]", "[[entry]]\n# 里面")
    formatted = format_text(text + first)
    assert formatted.startswith("# 头\nschema_version = 1\n")
    assert '# 说明二\n[[entry]]\nid = "sani-truck' in formatted
    assert '# 说明一\n# 里面\n[[entry]]\nid = "sani-bin' in formatted


def test_what_cannot_be_kept_is_refused():
    with pytest.raises(ValueError, match="行尾有注释"):
        format_text(format_library([SOUND]).replace('unit = "%"', 'unit = "%"  # 百分比'))
    with pytest.raises(ValueError, match="TOML"):
        format_text("[[entry]\n")
