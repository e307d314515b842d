"""The command line as programs call it: exit codes, streams, what is imported, where things lie."""

from __future__ import annotations

import datetime
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Coded, Declaration, Indicator
from domain.records.codec import decode, encode
from domain.records.store import Store
from tests.fakes import on_disk
from tui import __version__, headless
from tui.arguments import parser
from tui.cli import main
from tui.config import load

ROOT = Path(__file__).resolve().parents[2]
FORM = (
    Declaration(indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"),))
    .replace(("project", "year"), 2020)
    .replace(("project", "name"), "热线🚀")
    .replace(("project", "category"), Coded("003", "其他"))
    .replace(("funding", "total"), Decimal("24.60"))
    .replace(("project", "start_date"), datetime.date(2020, 1, 1))
)
Result = subprocess.CompletedProcess[bytes]


def tianbiao(*arguments: str, typed: bytes = b"", environment: Mapping[str, str] | None = None) -> Result:
    """A run of the program in a process of its own, without a terminal."""
    # ResourceWarnings and the like are errors here as in the rest of the suite.
    command = [sys.executable, "-W", "error", "-m", "tui", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(environment or {})}
    return subprocess.run(command, input=typed, capture_output=True, env=env, timeout=60, check=False)


@pytest.fixture
def path(store: Store) -> Path:
    return store.add(Record(FORM))


@pytest.fixture
def call(records: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The same within this process: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["--dir", str(records), *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


# --- in a process of its own ---


def test_help_and_version() -> None:
    told = tianbiao("--help")
    assert (told.returncode, told.stderr) == (0, b"")
    text = told.stdout.decode()
    for word in ("用法", "选项", "fill", "import", "show", "TIANBIAO_DIR", "退出码"):
        assert word in text
    for word in ("usage", "options", "positional", "show this help"):
        assert word not in text
    version = tianbiao("--version")
    assert (version.returncode, version.stdout.decode()) == (0, f"tianbiao {__version__}\n")


def test_unknown_flags_are_usage_errors_on_stderr_in_chinese() -> None:
    done = tianbiao("--nope")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "用法不对：不认识的参数：--nope" in done.stderr.decode()


def test_an_unreadable_file_is_3(records: Path) -> None:
    done = tianbiao("--dir", str(records), "import", "/no/such/file")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "没有这个文件" in done.stderr.decode()
    assert not records.exists()


@pytest.mark.parametrize("arguments", [(), ("fill",)])
def test_without_a_terminal_the_full_screen_says_what_to_use_instead(arguments: tuple[str, ...]) -> None:
    done = tianbiao(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "tianbiao --plain" in done.stderr.decode()
    assert b"\x1b" not in done.stderr


def test_plain_with_piped_input(records: Path) -> None:
    typed = "2020\n社管中心\n热线线路租用费\n/退出\n".encode()
    done = tianbiao("--dir", str(records), "fill", "--plain", typed=typed)
    assert done.returncode == 0, done.stderr.decode()
    assert b"\x1b" not in done.stdout
    record = on_disk(records / "2020-热线线路租用费.toml")
    assert record.declaration.project.unit == "社管中心"


def test_plain_with_bytes_of_another_encoding_loses_nothing(records: Path) -> None:
    typed = b"2020\n" + "社管中心\n".encode("gbk") + "热线\n".encode()
    done = tianbiao("--dir", str(records), "fill", "--plain", typed=typed)
    assert done.returncode == 0, done.stderr.decode()
    assert on_disk(records / "2020-热线.toml").declaration.project.year == 2020


def test_a_narrow_encoding_shows_what_it_can(records: Path, path: Path) -> None:
    for encoding in ("gbk", "ascii"):
        environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        assert tianbiao("--dir", str(records), "list", environment=environment).returncode == 0
        assert tianbiao("--help", environment=environment).returncode == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words", [("show", "2020-热线🚀"), ("--help",), ("--plain",), ("library", "search", "率", "-n", "900")]
)
def test_a_reader_that_went_away_is_no_failure(
    records: Path, path: Path, words: tuple[str, ...], unbuffered: str
) -> None:
    command = [sys.executable, "-m", "tui", "--dir", str(records), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, env=env) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words", [("list",), ("paths",), ("--help",), ("--plain",), ("library", "search", "率", "-n", "900")]
)
def test_a_result_that_cannot_be_written_is_told_as_that(
    records: Path, path: Path, words: tuple[str, ...], unbuffered: str
) -> None:
    command = [sys.executable, "-m", "tui", "--dir", str(records), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env, timeout=60, check=False)
    assert done.stderr.decode() == "结果没有写完：磁盘已满。请换个地方存，再做一次。\n"
    assert done.returncode == 3


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [("list", 0), ("new --year 2021", 0), ("import -", 3), ("--plain", 0), ("learn quiz", 0), ("fill", 2), ("frob", 2)],
)
def test_closed_streams_lead_nowhere(records: Path, path: Path, words: str, code: int, closed: str) -> None:
    before = path.read_bytes()
    asked = f"exec {shlex.quote(sys.executable)} -W error -m tui --dir {shlex.quote(str(records))} {words} {closed}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = subprocess.run(["sh", "-c", asked], **pipes, env=env, timeout=60, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode == code
    assert path.read_bytes() == before


def test_headless_commands_import_no_heavy_library(tmp_path: Path, path: Path) -> None:
    form = ROOT / "tests" / "samples" / "water-supply.txt"
    script = """
import sys
from tui.cli import main
from tui.config import load
folder, stem, form = sys.argv[1:]
for arguments in (["paths"], ["list"], ["show", stem], ["show", stem, "--json"], ["new", "--year", "2021"], ["import", form]):
    code = main(["--dir", folder, *arguments])
    assert code == 0, (arguments, code)
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"textual", "rich", "jieba", "pydantic", "openpyxl", "docx"}), file=sys.stderr)
"""
    command = [sys.executable, "-c", script, str(path.parent), path.stem, str(form)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, env=env, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().strip().splitlines()[-1] == "[]"


def test_filling_line_by_line_imports_no_screen_library(records: Path) -> None:
    script = """
import sys
from tui.cli import main
from tui.config import load
code = main(["--dir", sys.argv[1], "fill", "--plain"])
loaded = {name.partition(".")[0] for name in sys.modules}
print(code, sorted(loaded & {"textual", "rich", "pydantic"}), file=sys.stderr)
"""
    command = [sys.executable, "-c", script, str(records)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, input="2020\n社管中心\n/退出\n".encode(), capture_output=True, env=env, timeout=60, check=False
    )
    assert done.stderr.decode().strip() == "0 []"


# --- in this process ---


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frob",), "没有“frob”这个命令，可以是：fill、import"),
        (("check", "甲", "--min-severity", "bad"), "--min-severity 没有“bad”，可以是：error、warning、info"),
        (("list", "--dir", "别处"), "--dir 要写在命令（fill、list 等）的前面"),
        (("list", "--dir=别处"), "--dir 要写在命令（fill、list 等）的前面"),
        (("show",), "还缺：记录"),
        (("import",), "还缺：文件"),
        (("new", "--year", "二零二零"), "四位年份"),
        (("new", "--year", "99999"), "四位年份"),
        (("new", "--year"), "后面要写一个值"),
        (("new", "--like", "甲", "--from", "乙"), "只能写一个"),
        (("list", "--vers"), "不认识的参数"),
        (("lits",), "是不是 list？tianbiao --help"),
        (("library", "serch", "率"), "没有“serch”这个动作"),
        (("library", "stats", "多"), "不认识的参数：多。tianbiao library stats --help"),
        (("help", "frob"), "没有“frob”这个命令"),
        (("export", "--to", "docx"), "还缺 记录"),
        (("fill", "a", "b"), "不认识的参数"),
    ],
)
def test_usage_errors(call: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "--help" in err or "例如" in err


def test_help_by_the_word(call: Callable[..., tuple[int, str, str]]) -> None:
    for words in ((), ("check",), ("library", "search")):
        assert call("help", *words) == call(*words, "--help")
        assert call("help", *words)[0] == 0


@pytest.mark.parametrize(
    "arguments", [("show", "无"), ("fill", "--plain", "无"), ("show", "/no/such.toml"), ("show", "/")]
)
def test_a_record_that_there_is_not(call: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...]) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (3, "")
    assert "没有找到记录" in err
    assert "tianbiao list" in err


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"[[", "TOML"), (b"\xd6\xd0", "UTF-8"), (b"x" * 20_000_000, "过大")],
)
@pytest.mark.parametrize("command", [("show",), ("fill", "--plain")])
def test_a_damaged_record(
    call: Callable[..., tuple[int, str, str]], records: Path, command: tuple[str, ...], data: bytes, said: str
) -> None:
    records.mkdir()
    (records / "坏.toml").write_bytes(data)
    code, out, err = call(*command, "坏")
    assert (code, out) == (3, "")
    assert err.startswith("坏.toml：")
    assert said in err
    assert (records / "坏.toml").read_bytes() == data


@pytest.mark.parametrize(
    "command", [("show", "坏"), ("diff", "好", "坏"), ("export", "坏", "--to", "txt"), ("suggest", "坏")]
)
def test_a_damaged_record_is_named(
    call: Callable[..., tuple[int, str, str]], records: Path, command: tuple[str, ...]
) -> None:
    Store(records).add(Record(Declaration()))
    (records / "好.toml").write_bytes(next(records.glob("*.toml")).read_bytes())
    (records / "坏.toml").write_text("[", "utf-8")
    code, out, err = call(*command)
    assert (code, out) == (3, "")
    assert err.startswith("坏.toml：")


def test_a_record_of_a_newer_program_is_only_looked_at(
    call: Callable[..., tuple[int, str, str]], records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.mkdir()
    path = records / "新.toml"
    path.write_text('schema_version = 9\n[project]\nname = "热线"\n', encoding="utf-8")
    before = path.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("2021\n/退出\n"))
    code, out, _ = call("fill", "--plain", "新")
    assert code == 0
    assert "较新版本" in out
    assert "没有改" in out
    assert path.read_bytes() == before
    code, _, err = call("show", "新")
    assert code == 3
    assert "升级" in err


def test_show_prints_the_form(call: Callable[..., tuple[int, str, str]], path: Path) -> None:
    code, out, err = call("show", path.stem)
    assert (code, err) == (0, "")
    for text in ("热线🚀", "24.6", "租用光纤数", "=147条", "2020-01-01"):
        assert text in out


def test_show_as_json_has_the_keys_of_the_file(call: Callable[..., tuple[int, str, str]], path: Path) -> None:
    code, out, err = call("show", path.stem, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "schema_version": 1,
        "framework": "xiada-2020",
        "project": {
            "year": 2020,
            "name": "热线🚀",
            "category": {"code": "003", "name": "其他"},
            "start_date": "2020-01-01",
        },
        "funding": {"total": "24.6"},
        "narrative": {},
        "indicators": [{"level1": "产出目标", "level2": "数量", "name": "租用光纤数", "target": "=147条"}],
    }


def test_show_says_what_is_odd_on_stderr(call: Callable[..., tuple[int, str, str]], path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("total = 24.6", 'total = "不少"'), encoding="utf-8")
    code, out, err = call("show", path.stem, "--json")
    assert code == 0
    assert "应当是数字" in err
    assert "total" not in json.loads(out)["funding"]


@pytest.mark.parametrize("command", [["check"], ["check", "--json"], ["export", "-o", "-", "--to", "txt"], ["suggest"]])
def test_what_a_file_says_that_was_not_understood_is_told_by_every_command(
    call: Callable[..., tuple[int, str, str]], path: Path, command: list[str]
) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("total = 24.6", 'total = "不少"'), encoding="utf-8")
    _, _, err = call(command[0], path.stem, *command[1:])
    line = path.read_text(encoding="utf-8").split("\n").index('total = "不少"') + 1
    assert f"{path.stem}" in err
    assert f"第 {line} 行 funding.total（项目总金额）：应当是数字（万元），“不少”没有用上" in err


@pytest.mark.parametrize("command", [["suggest", "热线"], ["library", "search", "光纤"], ["learn", "exam"]])
@pytest.mark.parametrize("number", ["0", "-3", "x"])
def test_how_many_is_at_least_one(call: Callable[..., tuple[int, str, str]], command: list[str], number: str) -> None:
    code, _, err = call(*command, "-n", number)
    assert code == 2
    assert f"要写 1 或更大的整数，不是“{number}”" in err


def test_show_of_answers_that_never_reached_a_file(
    call: Callable[..., tuple[int, str, str]], store: Store, path: Path
) -> None:
    opened = store.open(path)
    store.typing(opened, "project.unit", "社")
    opened.journal.close()
    path.unlink()
    code, out, _ = call("show", path.stem)
    assert code == 0
    assert "热线🚀" in out


def test_list_has_one_line_a_record_damaged_and_drafts_too(
    call: Callable[..., tuple[int, str, str]], store: Store, path: Path
) -> None:
    (store.folder / "坏\n.toml").write_text("[[", encoding="utf-8")
    opened = store.new()
    store.typing(opened, "project.year", "20")
    opened.journal.close()
    code, out, err = call("list")
    assert (code, err) == (0, "")
    lines = dict(line.split("\t", 1) for line in out.splitlines())
    assert lines["2020-热线-🚀" if "2020-热线-🚀" in lines else path.stem].startswith("2020\t热线🚀\t24.6万元\t")
    assert lines["坏"].startswith("损坏\t")
    assert "可接着填" in lines["未命名"]


def test_list_as_json_tells_the_states_apart(
    call: Callable[..., tuple[int, str, str]], store: Store, path: Path
) -> None:
    (store.folder / "坏.toml").write_text("[[", encoding="utf-8")
    opened = store.new()
    store.typing(opened, "project.year", "20")
    opened.journal.close()
    rows = {row["record"]: row for row in map(json.loads, call("list", "--json")[1].splitlines())}
    assert {name: row["state"] for name, row in rows.items()} == {
        path.stem: "sound",
        "坏": "damaged",
        "未命名": "draft",
    }
    assert rows[path.stem]["total"] == "24.6"
    assert rows[path.stem]["requested"] is None
    assert Path(rows["坏"]["path"]) == store.folder / "坏.toml"


def test_json_is_utf8_whatever_the_locale(records: Path, path: Path) -> None:
    environment = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    for words in (("show", path.stem), ("list",), ("check", path.stem)):
        done = tianbiao("--dir", str(records), *words, "--json", environment=environment)
        assert "热线🚀" in done.stdout.decode()


def test_an_export_makes_the_folder_that_is_named_and_says_what_it_replaced(
    call: Callable[..., tuple[int, str, str]], path: Path, tmp_path: Path
) -> None:
    folder, words = tmp_path / "新的", ("export", path.stem, "--to", "txt", "-o")
    out = folder / f"{path.stem}.txt"
    code, said, told = call(*words, f"{folder}/")
    assert (code, said) == (0, f"{out}\n")
    assert "换成" not in told
    code, said, told = call(*words, str(folder))
    assert (code, said) == (0, f"{out}\n")
    assert "换成了这一份" in told


def test_json_gives_the_exact_name_of_a_file_that_is_no_utf8(records: Path, path: Path) -> None:
    odd = records / os.fsdecode("路灯".encode("gbk") + b".toml")
    path.rename(odd)
    for words in (("list", "--json"), ("check", str(records), "--json")):
        done = tianbiao("--dir", str(records), *words)
        assert done.returncode in (0, 1), done.stderr.decode()
        assert Path(json.loads(done.stdout)["path"]) == odd


def test_a_pipe_gets_the_exact_path(records: Path, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("路灯".encode("gbk"))
    done = tianbiao("--dir", str(records), "export", path.stem, "--to", "txt", "-o", f"{folder}/")
    assert done.stdout == os.fsencode(folder / f"{path.stem}.txt\n")


def test_list_of_nothing(call: Callable[..., tuple[int, str, str]], records: Path) -> None:
    assert call("list") == (0, "", "")
    assert not records.exists()


def test_new_prints_the_path_of_a_record(call: Callable[..., tuple[int, str, str]], records: Path) -> None:
    code, out, _ = call("new", "--year", "2021", "--name", "../热线\n费")
    assert code == 0
    path = Path(out.strip())
    assert path.parent == records
    assert decode(path.read_text(encoding="utf-8")).record.declaration.project.name == "../热线 费"
    _, again, _ = call("new", "--year", "2021", "--name", "../热线\n费")
    assert Path(again.strip()) != path


def test_paths_follow_flag_then_environment_then_home(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load().folders.records == home / "data" / "tianbiao" / "records"
    monkeypatch.setenv("TIANBIAO_DIR", str(tmp_path / "env"))
    assert load().folders.records == tmp_path / "env"
    assert load({"records": str(tmp_path / "flag")}).folders.records == tmp_path / "flag"
    assert load({"records": "~/x"}).folders.records == home / "x"
    monkeypatch.setenv("TIANBIAO_DIR", "")
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    assert load().folders.records == home / ".local" / "share" / "tianbiao" / "records"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert load().folders.config == home / ".config" / "tianbiao"


@pytest.mark.usefixtures("cold")
def test_paths_are_printed_and_not_made(call: Callable[..., tuple[int, str, str]], records: Path, home: Path) -> None:
    code, out, _ = call("paths")
    assert code == 0
    lines = dict(line.split("\t") for line in out.splitlines())
    assert lines["记录"] == str(records)
    assert all(Path(folder).is_absolute() for folder in lines.values())
    assert not home.exists()
    assert not records.exists()


def test_import_prints_paths_and_reports_on_stderr(call: Callable[..., tuple[int, str, str]], records: Path) -> None:
    pytest.importorskip("domain.exchange")
    form = ROOT / "tests" / "samples" / "water-supply.txt"
    code, out, err = call("import", str(form), "/no/such/file")
    assert code == 3
    [path] = [Path(line) for line in out.splitlines()]
    assert path.parent == records
    assert on_disk(path).declaration.project.name
    assert "/no/such/file" in err
    assert "同名" not in err
    code, again, err = call("import", str(form))
    assert code == 0
    assert again.strip() != str(path)
    assert "已有同年同名的记录，这份另存" in err


def test_import_from_standard_input(
    call: Callable[..., tuple[int, str, str]], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    form = (ROOT / "tests" / "samples" / "water-supply.txt").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(form), "utf-8"))
    code, out, _ = call("import", "-")
    assert code == 0
    assert Path(out.strip()) in store.paths()


def test_plain_filling_of_a_record_by_path_and_stem(
    call: Callable[..., tuple[int, str, str]], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    for reference, unit in ((path.stem, "一"), (str(path), "二")):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"/去 预算单位\n{unit}\n/预览\n/退出\n"))
        code, out, _ = call("fill", "--plain", reference)
        assert code == 0
        assert on_disk(path).declaration.project.unit == unit
        assert "租用光纤数" in out


def test_a_folder_that_cannot_be_made(call: Callable[..., tuple[int, str, str]], records: Path) -> None:
    records.write_text("a file in the way", encoding="utf-8")
    code, out, err = call("new")
    assert (code, out) == (3, "")
    assert any("一" <= char <= "鿿" for char in err)
    assert "Traceback" not in err


def test_interrupted_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli._run", interrupted)
    assert main(["list"]) == 130


def test_every_command_has_help_in_chinese() -> None:
    [commands] = [action for action in parser()._actions if action.dest == "command"]
    assert set(commands.choices) >= {"fill", "import", "show", "new", "list", "paths"}  # type: ignore[arg-type]
    for one in commands._choices_actions:  # type: ignore[attr-defined]
        assert any("一" <= char <= "鿿" for char in one.help)


def test_the_record_made_here_is_what_the_codec_writes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == encode(Record(FORM))


def test_every_command_is_there_and_pays_for_its_own_imports_only() -> None:
    [commands] = [action for action in parser()._actions if action.dest == "command"]
    assert set(commands.choices) == {"fill", *headless.COMMANDS}  # type: ignore[arg-type]
    assert all(callable(headless.command(name)) for name in headless.COMMANDS)
    script = "import sys; from tui.cli import main; main(['paths']); print([m for m in sys.modules if 'training' in m])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, timeout=60, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"
