"""Derived forms: right after a change, rebuilt when broken, and never believed where others could have written them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from domain import derived

pytestmark = pytest.mark.usefixtures("cold")

VALUE = {"rows": [("光纤", 1, True, None), ("专线", 2.5, False, b"x")], "set": frozenset({"a"})}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.toml"
    path.write_text("a = 1\n", encoding="utf-8")
    age(path)
    return path


def age(path: Path, seconds: int = 60) -> None:
    """Make a file look as if it had been there for a while."""
    time = path.stat().st_mtime - seconds
    os.utime(path, (time, time))


class Builder:
    """Counts how often it was asked."""

    def __init__(self, value: object = VALUE) -> None:
        self.value, self.calls = value, 0

    def __call__(self) -> object:
        self.calls += 1
        return self.value


def load(source: Path, build: Callable[[], object], version: int = 1) -> object:
    return derived.load("test", (source,), build, version)


def made(source: Path) -> Path:
    return derived.cache_path("test", (source,))


def test_built_once_then_read_back_equal(source: Path):
    build = Builder()
    assert load(source, build) == VALUE
    assert load(source, build) == VALUE
    assert build.calls == 1
    assert made(source).stat().st_mode & 0o777 == 0o600
    assert made(source).parent.stat().st_mode & 0o777 == 0o700


def test_no_hashing_while_size_and_time_stand(source: Path, monkeypatch: pytest.MonkeyPatch):
    load(source, Builder())
    monkeypatch.setattr(derived, "_digest", lambda path: pytest.fail("hashed"))
    assert load(source, Builder()) == VALUE


def test_rebuilt_when_the_source_changes(source: Path):
    load(source, Builder("old"))
    source.write_text("a = 22\n", encoding="utf-8")
    assert load(source, Builder("new")) == "new"
    age(source, 120)
    source.write_text("a = 33\n", encoding="utf-8")
    assert load(source, Builder("newer")) == "newer"


def test_a_change_within_the_clock_of_the_file_system_is_seen(source: Path):
    now = source.stat().st_mtime + 60
    os.utime(source, (now, now))
    load(source, Builder("old"))
    source.write_text("a = 9\n", encoding="utf-8")
    os.utime(source, (now, now))
    assert load(source, Builder("new")) == "new"


def test_a_touched_source_of_the_same_content_is_not_rebuilt_and_fast_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
):
    build = Builder()
    load(source, build)
    age(source, 600)
    assert load(source, build) == VALUE
    assert build.calls == 1
    monkeypatch.setattr(derived, "_digest", lambda path: pytest.fail("hashed"))
    assert load(source, build) == VALUE


def test_another_version_name_or_set_of_sources_is_another_form(source: Path, tmp_path: Path):
    load(source, Builder("one"))
    assert load(source, Builder("two"), version=2) == "two"
    second = tmp_path / "second.toml"
    second.write_text("b = 1\n", encoding="utf-8")
    assert derived.load("test", (source, second), Builder("both"), 2) == "both"
    assert derived.load("other", (source,), Builder("other"), 2) == "other"


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", ["first", "header", "payload", "last", "half", "empty", "junk", "long"])
def test_a_damaged_file_is_rebuilt(source: Path, damage: str):
    load(source, Builder("old"))
    path = made(source)
    data = path.read_bytes()
    match damage:
        case "first":
            _flip(path, 0)
        case "header":
            _flip(path, 30)
        case "payload":
            _flip(path, len(data) - 3)
        case "last":
            path.write_bytes(data[:-1])
        case "half":
            path.write_bytes(data[: len(data) // 2])
        case "empty":
            path.write_bytes(b"")
        case "junk":
            path.write_bytes(os.urandom(500))
        case "long":
            path.write_bytes(data + b"x")
    build = Builder("new")
    assert load(source, build) == "new"
    assert load(source, build) == "new"
    assert build.calls == 1


def test_every_single_byte_may_go_wrong(source: Path):
    load(source, Builder("value"))
    path = made(source)
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])
        assert load(source, Builder("value")) == "value"
        path.write_bytes(sound)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_believed(source: Path, mode: int):
    load(source, Builder("old"))
    made(source).chmod(mode)
    assert load(source, Builder("new")) == "new"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_a_folder_that_others_can_write_is_neither_believed_nor_used(source: Path, mode: int):
    load(source, Builder("old"))
    before = made(source).read_bytes()
    made(source).parent.chmod(mode)
    assert load(source, Builder("new")) == "new"
    assert made(source).read_bytes() == before


def test_a_file_of_another_user_is_not_believed(source: Path, monkeypatch: pytest.MonkeyPatch):
    load(source, Builder("old"))
    monkeypatch.setattr(os, "getuid", lambda: source.stat().st_uid + 4242)
    if source.stat().st_uid == 0:
        # Root's files count as everybody's; pretend that they belong to somebody else.
        monkeypatch.setattr(derived, "_only_ours", lambda info: info.st_uid == os.getuid())
    assert load(source, Builder("new")) == "new"


def test_ownership_is_judged_by_owner_and_mode(monkeypatch: pytest.MonkeyPatch):
    def info(uid: int, mode: int) -> os.stat_result:
        return os.stat_result((mode, 1, 1, 1, uid, 1, 1, 0, 0, 0))

    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert derived._only_ours(info(1000, 0o100600))
    assert derived._only_ours(info(0, 0o100644))
    assert not derived._only_ours(info(1001, 0o100600))
    assert not derived._only_ours(info(1000, 0o100620))
    assert not derived._only_ours(info(0, 0o100606))


def test_a_link_or_a_pipe_is_not_followed(source: Path, tmp_path: Path):
    load(source, Builder("old"))
    path = made(source)
    moved = tmp_path / "elsewhere"
    path.rename(moved)
    path.symlink_to(moved)
    assert load(source, Builder("new")) == "new"
    path.unlink()
    os.mkfifo(path)
    assert load(source, Builder("newer")) == "newer"


def test_a_cache_that_cannot_be_written_costs_only_time(source: Path, home: Path):
    folder = home / "cache" / "tianbiao"
    folder.mkdir(parents=True)
    (folder / "derived").write_text("a file in the way", encoding="utf-8")
    build = Builder()
    assert load(source, build) == VALUE
    assert load(source, build) == VALUE
    assert build.calls == 2


def test_no_temporary_files_stay(source: Path):
    load(source, Builder())
    assert [path.name for path in made(source).parent.iterdir() if path.name.startswith(".")] == []


def test_a_missing_source_and_a_failing_build_are_the_callers_business(source: Path, tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nothing", Builder())

    def fail() -> object:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        load(source, fail)


def test_the_shipped_form_serves_where_nothing_is_cached(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shipped = tmp_path / "shipped"
    shipped.mkdir(mode=0o755)
    derived.ship(shipped, "test", (source,), Builder("shipped"), 1)
    monkeypatch.setattr(derived, "shipped_path", lambda name: shipped / f"{name}.derived")
    age(source, 500)
    build = Builder("built")
    assert load(source, build) == "shipped"
    assert build.calls == 0
    assert made(source).is_file()
    source.write_text("a = 2\n", encoding="utf-8")
    assert load(source, build) == "built"


def test_the_cache_folder_follows_the_environment(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert derived.cache_folder() == home / "cache" / "tianbiao" / "derived"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert derived.cache_folder().parts[-2:] == (".cache", "derived")
    monkeypatch.setattr(
        derived, "data_path", lambda *parts: tmp_path.joinpath("site-packages", "domain", "data", *parts)
    )
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert derived.cache_folder() == tmp_path / "home" / ".cache" / "tianbiao" / "derived"


def test_the_payload_is_readable_by_every_supported_python(source: Path):
    load(source, Builder())
    assert derived._MARSHAL == 4
    _, _, rest = made(source).read_bytes().partition(b"payload ")
    assert marshal.loads(rest.partition(b"\n")[2]) == VALUE


def test_nothing_is_made_while_only_reading(source: Path) -> None:
    build = Builder()
    with pytest.raises(derived.NotMadeError), derived.only_reading():
        derived.load("sample", (source,), build, 1)
    assert build.calls == 0
    derived.load("sample", (source,), build, 1)
    with derived.only_reading():
        assert derived.load("sample", (source,), build, 1) == VALUE
    assert build.calls == 1


def test_equal_texts_are_read_back_as_one(source: Path) -> None:
    """But not what is equal in Python and something else all the same."""
    rows = [(f"指标{number}", 2000) for number in (1, 1)]
    lists = [([1],), ([1],)]
    value = [f"指标{1}", [f"指标{1}"], {f"指标{1}": 2000}, (2000, 2000.0, 1, True, 1.0), rows, lists]
    derived.load("sample", (source,), lambda: value, 1)
    first, [second], third, numbers, rows, lists = derived.load("sample", (source,), lambda: value, 1)
    [key] = third
    assert first is second is key
    assert numbers[0] is third[key]
    assert [type(number) for number in numbers] == [int, float, int, bool, float]
    assert rows[0] is rows[1]
    assert lists[0][0] is not lists[1][0], "one may be changed without the other"
