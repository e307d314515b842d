"""The line-by-line face, from the first line typed to the record on disk."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from domain.model import Coded
from domain.records.store import Store
from suggest.types import Proposal
from tests.fakes import FakeReader, FakeSuggester, on_disk
from tui.dialogue import Dialogue
from tui.plain import streams
from tui.plain.console import Console
from tui.plain.talk import Talk
from tui.session import Session

FORM = """\
2020
社管中心
热线线路租用费
[003001007036]其他
1
否
2010308
ydf
方小禾
5550123
全年
246300元

24.63
24.63
n
n
1、项目背景：甲

2、项目内容：乙
.
《方案》
.
不租专线就断网
.
《制度》
.
1月签合同
.
保持畅通
.
租用147条
.

1


/退出
"""


class Run:
    """What one run of the face wrote and left."""

    def __init__(
        self, store: Store, typed: str, path: Path | None = None, suggester: FakeSuggester | None = None
    ) -> None:
        session = Session(store, store.open(path) if path else store.new())
        self.suggester = suggester or FakeSuggester()
        dialogue = Dialogue(session, lambda: self.suggester, FakeReader)
        out = io.StringIO()
        self.code = Talk(
            dialogue, Console(io.StringIO(typed), out), lambda view, topic: print(f"[{view}]", file=out)
        ).run()
        self.said, self.session = out.getvalue(), session

    @property
    def form(self) -> object:
        return self.session.declaration


@pytest.fixture
def run(store: Store) -> Callable[..., Run]:
    return lambda typed, **options: Run(store, typed, **options)


def test_a_form_from_nothing_to_the_record(run: Callable[..., Run]) -> None:
    done = run(FORM)
    form = done.session.declaration
    assert done.code == 0
    assert form.project.category == Coded("003001007036", "其他")
    assert (form.project.start_date, form.project.end_date) == (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    assert form.funding.total == form.funding.requested == Decimal("24.63")
    assert form.narrative.overview == "1、项目背景：甲\n\n2、项目内容：乙"
    assert form.narrative.annual_goal == "租用147条"
    assert [row.name for row in form.indicators] == ["预算资金到位率"]
    assert done.session.path.name == "2020-热线线路租用费.toml"
    assert on_disk(done.session.path) == done.session.record


def test_plain_text_only_and_who_speaks(run: Callable[..., Run]) -> None:
    said = run(FORM).said
    assert "\x1b" not in said
    assert not re.search(r"[─-╿▀-▟]", said)
    assert said.startswith("助手：")
    assert "你：" in said
    assert "助手：记下：项目名称：热线线路租用费" in said
    assert "助手：记下：项目总金额：24.63万元" in said


def test_questions_tell_section_progress_choices_and_default(run: Callable[..., Run]) -> None:
    said = run(FORM).said
    assert "项目信息（0/26） 年份" in said
    assert "1. 经常性项目\n2. 一次性项目\n3. 阶段性项目" in said
    assert "直接回车填：24.63（与项目总金额相同）" in said
    assert said.count("直接回车填") == 1
    assert "1. 预算资金到位率  =100%　理由：概况里写到" in said
    assert "已有：预算资金到位率  =100%" in said
    assert "最后单独一行写一个“.”结束" in said


def test_the_end_of_the_input_saves_and_says_where(run: Callable[..., Run]) -> None:
    done = run("2020\n社管中心\n")
    assert done.code == 0
    assert "输入结束" in done.said
    assert str(done.session.path) in done.said
    assert on_disk(done.session.path).declaration.project.unit == "社管中心"


def test_nothing_typed_leaves_nothing(run: Callable[..., Run], records: Path) -> None:
    for typed in ("", "/退出\n", "/帮助\n/概览\n"):
        done = run(typed)
        assert done.code == 0
        assert not records.exists()


def test_an_input_that_ends_within_a_long_text_keeps_it(run: Callable[..., Run]) -> None:
    done = run("/去 项目概况\n第一行\n第二行")
    assert done.session.declaration.narrative.overview == "第一行\n第二行"


def test_the_next_run_goes_on(run: Callable[..., Run]) -> None:
    first = run("2020\n社管中心\n")
    second = run("热线\n", path=first.session.path)
    assert "接着填" in second.said
    assert "项目名称*" in second.said
    assert second.session.declaration.project.name == "热线"


def test_enter_puts_a_refused_answer_aside(run: Callable[..., Run]) -> None:
    done = run("/去 上年度项目执行数\n否\n\n/去 上年度项目执行数\n12.5\n/去 上年度项目执行数\n没有\n\n")
    assert "写过但没有记下：否（" in done.said
    assert "现有内容：否" not in done.said
    assert "上年度项目执行数先空着" in done.said
    assert done.session.declaration.funding.previous_executed == Decimal("12.5")
    assert not done.session.typing_at("funding.previous_executed")


def test_enter_keeps_what_stands_there(store: Store, run: Callable[..., Run]) -> None:
    first = run("2020\n社管中心\n/去 项目实施计划\n一\n二\n.\n")
    second = run("/去 预算单位\n\n/去 项目实施计划\n\n", path=first.session.path)
    assert "现有内容：社管中心\n直接回车保留。" in second.said
    assert second.session.declaration == first.session.declaration
    again = Session(store, store.open(second.session.path))
    assert again.undo() is not None
    assert again.declaration.narrative.plan == ""


def test_enter_takes_a_composed_text(run: Callable[..., Run]) -> None:
    done = run("/去 数量\n1\n/拟目标\n\n")
    assert done.session.declaration.narrative.annual_goal == "本年度，租用光纤147条。"


def test_enter_takes_what_was_typed_before_the_last_end(store: Store, run: Callable[..., Run]) -> None:
    first = run("2020\n")
    opened = store.open(first.session.path)
    store.typing(opened, "project.unit", "社管中心")
    store.place(opened, "project.unit")
    opened.journal.close()
    second = run("\n", path=first.session.path)
    assert "现有内容：社管中心" in second.said
    assert second.session.declaration.project.unit == "社管中心"


def test_a_half_written_indicator_is_shown_and_not_taken_by_itself(store: Store, run: Callable[..., Run]) -> None:
    first = run("2020\n/去 数量\n")
    opened = store.open(first.session.path)
    store.typing(opened, "产出目标/数量", "新装交换")
    opened.journal.close()
    second = run("\n", path=first.session.path)
    assert "上次写到一半：新装交换" in second.said
    assert second.session.declaration.indicators == ()
    assert second.session.typing_at("产出目标/数量") == "新装交换"


def test_a_new_text_takes_the_place_of_the_old(run: Callable[..., Run]) -> None:
    done = run("/去 项目实施计划\n一\n二\n.\n/去 项目实施计划\n三\n.\n")
    assert done.session.declaration.narrative.plan == "三"


@pytest.mark.parametrize("command", ["/去 年份", "/上一步", "/帮助", "？", "/跳过", "/命令"])
def test_commands_work_on_the_first_line_of_a_long_text(run: Callable[..., Run], command: str) -> None:
    done = run(f"/去 项目实施计划\n{command}\n")
    assert done.session.declaration.narrative.plan == ""
    assert "没有“/" not in done.said


def test_later_lines_of_a_long_text_are_text(run: Callable[..., Run]) -> None:
    done = run("/去 项目实施计划\n一\n/去 年份\n\n .x\n.\n2020\n")
    assert done.session.declaration.narrative.plan == "一\n/去 年份\n\n .x"


def test_a_text_that_only_looks_like_a_command_is_text(run: Callable[..., Run]) -> None:
    done = run("/去 项目实施计划\n/5号楼改造\n二\n.\n")
    assert done.session.declaration.narrative.plan == "/5号楼改造\n二"


@pytest.mark.parametrize("typed", [".\n", "\n", " \n"])
def test_an_empty_long_text_is_passed_over(run: Callable[..., Run], typed: str) -> None:
    done = run(f"/去 项目实施计划\n{typed}")
    assert done.session.declaration.narrative.plan == ""
    assert done.session.skipped("narrative.plan")


def test_a_refusal_says_what_to_type_and_asks_again(run: Callable[..., Run]) -> None:
    done = run("某年\n2020\n")
    assert "助手：请注意：年份请写四位数字" in done.said
    assert done.session.declaration.project.year == 2020


def test_candidates_are_chosen_by_number(run: Callable[..., Run]) -> None:
    done = run("/去 部门经济科目\n补贴\n1\n")
    assert len(done.session.declaration.project.economic_subjects) == 1


def test_the_parts_that_a_long_text_may_have_are_told(run: Callable[..., Run]) -> None:
    done = run("/去 项目概况\n")
    assert "可以照这几段写：1、项目背景：　2、项目内容：" in done.said


def test_views_are_printed(run: Callable[..., Run]) -> None:
    done = run("/概览\n/预览\n/检查\n/指标表\n")
    assert "[overview]\n" in done.said
    assert "[preview]\n" in done.said
    assert "[check]\n" in done.said
    assert "[table]\n" in done.said


def test_the_quick_draft_from_a_pasted_text(run: Callable[..., Run]) -> None:
    suggester = FakeSuggester()
    suggester.proposals = (
        Proposal(("project", "name"), "热线", "第一行"),
        Proposal(("funding", "total"), "24.63万", "文中"),
    )
    done = run("/草拟\n热线\n共24.63万\n.\n\na\n", suggester=suggester)
    assert suggester.pasted == "热线\n共24.63万"
    assert done.session.declaration.project.name == "热线"
    assert done.session.declaration.funding.total == Decimal("24.63")
    assert "理由：第一行" in done.said


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_either_kind(run: Callable[..., Run], end: str) -> None:
    done = run(end.join(["2020", "社管中心", ""]))
    assert done.session.declaration.project.unit == "社管中心"


def test_undecodable_and_control_bytes_end_nothing(store: Store) -> None:
    source = io.TextIOWrapper(
        io.BytesIO("2020\n社管".encode() + b"\xd6\xd0\x1b[31m\x00\n" + "热线\n".encode()), "utf-8", "replace"
    )
    out = io.StringIO()
    session = Session(store, store.new())
    assert Talk(Dialogue(session, FakeSuggester, FakeReader), Console(source, out), print).run() == 0
    assert session.declaration.project.unit.startswith("社管")
    assert "\x1b" not in session.declaration.project.unit
    assert session.declaration.project.name == "热线"


def test_interrupted_by_the_keyboard(store: Store) -> None:
    class Interrupting(io.StringIO):
        def readline(self, *arguments: object) -> str:  # type: ignore[override]
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    out, session = io.StringIO(), Session(store, store.new())
    assert Talk(Dialogue(session, FakeSuggester, FakeReader), Console(Interrupting("2020\n"), out), print).run() == 130
    assert "已中断" in out.getvalue()
    assert on_disk(session.path).declaration.project.year == 2020


def test_a_full_disk_is_said_and_is_no_success(run: Callable[..., Run], fill_disk: Callable[[], None]) -> None:
    fill_disk()
    done = run("2020\n社管中心\n")
    assert done.code == 3
    assert "没有存到磁盘：磁盘已满" in done.said
    assert "已存好" not in done.said
    assert run("2020\n/退出\n/退出\n").code == 3


def test_what_was_odd_in_the_file_is_told(store: Store, run: Callable[..., Run]) -> None:
    first = run("2020\n社管中心\n")
    text = first.session.path.read_text(encoding="utf-8").replace("year = 2020", 'year = "去年"')
    first.session.path.write_text(text, encoding="utf-8")
    assert "应当是四位整数年份" in run("", path=first.session.path).said


def test_answers_found_again_are_told(run: Callable[..., Run]) -> None:
    first = run("2020\n社管中心\n")
    first.session.path.unlink()
    said = run("", path=first.session.path).said
    assert "答过的内容已找回" in said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(
    store: Store, monkeypatch: pytest.MonkeyPatch, lines: list[str | BaseException]
) -> tuple[int, Session]:
    """A run where `input` gives these lines; nothing more means Ctrl+D."""
    waiting = iter([*lines, EOFError()])

    def typed(prompt: str = "") -> str:
        line = next(waiting)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", typed)
    session = Session(store, store.new())
    code = Talk(Dialogue(session, FakeSuggester, FakeReader), Console(Terminal(), io.StringIO()), print).run()
    return code, session


def test_at_a_terminal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, session = at_a_terminal(store, monkeypatch, ["2020", "/去 项目实施计划", "一", "二", "."])
    assert code == 0
    assert session.declaration.narrative.plan == "一\n二"
    assert session.typing_at("narrative.plan") == ""


def test_a_long_text_broken_off_at_a_terminal_is_offered_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, session = at_a_terminal(store, monkeypatch, ["2020", "/去 项目实施计划", "一", "二", KeyboardInterrupt()])
    assert code == 130
    assert session.declaration.narrative.plan == ""
    again = Session(store, store.open(session.path))
    assert again.typing_at("narrative.plan") == "一\n二"
    assert again.place == "narrative.plan"


def test_the_real_streams_show_what_cannot_be_shown_as_question_marks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = io.TextIOWrapper(io.BytesIO(b"2020\n" + b"\xff\xfe\n"), "utf-8")
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "ascii", write_through=True)
    monkeypatch.setattr("sys.stdin", source)
    monkeypatch.setattr("sys.stdout", out)
    session = Session(store, store.new())
    assert Talk(Dialogue(session, FakeSuggester, FakeReader), Console(*streams()), print).run() == 0
    assert b"?" in raw.getvalue()
    assert session.declaration.project.year == 2020


def test_learning_beside_the_work_teaches_asks_why_and_sums_up(run: Callable[..., Run]) -> None:
    said = run("/边学\n2020\n/去 数量\n1\n1\n/边学\n/退出\n").said
    assert "边填边学已打开" in said
    assert "怎么填：" in said
    assert "为什么放在“产出目标›数量”" in said
    assert "容易和" in said
    assert said.index("如果现在交上去") < said.index("边填边学已关上")


def test_leaving_sums_up_while_learning_is_on(run: Callable[..., Run]) -> None:
    assert "如果现在交上去" in run("/边学\n2020\n/退出\n").said
    assert "如果现在交上去" in run("/边学\n2020\n").said
    assert "如果现在交上去" not in run("2020\n/退出\n").said
