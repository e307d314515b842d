"""Whatever is typed in whatever order: nothing raises, nothing accepted is lost, every refusal says what to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records.store import Store
from suggest.types import Proposal
from tests.fakes import QUANTITY, FakeSuggester, Talk, on_disk, suggestion
from tui.dialogue import DONE_KEY, Mode, Role
from tui.dialogue.commands import COMMANDS
from tui.dialogue.places import places

NAMES = [name for command in COMMANDS for name in command.names]
KEYS = [place.key for place in places("xiada-2020")]
WORDS = [
    "", "1", "2", "1 2", "２", "²", "是", "n", "a", "q", "全年", "2020", "1月1日", "24.63", "1720元*12个月", "ydf", "补贴",
    "98%", "=147条", "健全", "甲数 =1个", "租用光纤数", "zz", "=", "返回上一项", "跳到年度绩效目标", "把联系电话改成 5970000",
    "把金额改成 很多", "//斜杠", "/", "/火星", "?", "\u200b", "\x1b[31m", "一\n二", "其他", "长" * 120, "🚀",
]  # fmt: skip
ARGUMENTS = st.sampled_from(["", "1", "2", "金额", "数量", "xmmc", "火星", "热线 147条"])
MOVES = st.one_of(
    st.tuples(st.just("say"), st.one_of(st.sampled_from(WORDS), st.text(max_size=8))),
    st.tuples(st.just("say"), st.builds("/{} {}".format, st.sampled_from(NAMES), ARGUMENTS)),
    st.tuples(st.just("write"), st.sampled_from(WORDS)),
    st.tuples(st.just("leave"), st.sampled_from(WORDS)),
    st.tuples(st.just("go"), st.sampled_from(KEYS)),
    st.tuples(st.sampled_from(["restart", "pick", "highlight", "complete", "table"]), st.sampled_from(WORDS)),
)


def engine() -> FakeSuggester:
    made = FakeSuggester()
    made.proposals = (
        Proposal(("project", "name"), "热线", "第一行"),
        Proposal(("project", "procurement"), "否", "没有写到"),
        Proposal(("funding", "total"), "看不懂的", "写错了"),
        Proposal(("indicators",), "租用光纤数 =147条", "文中", suggestion(QUANTITY, "租用光纤数", "=147条")),
    )
    return made


def do(talk: Talk, move: str, text: str) -> Talk:
    if move == "say":
        told = talk.say(text)
        check_said(talk, text, told.messages)
    elif move == "write":
        talk.write(text)
    elif move == "leave":
        talk.dialogue.leave_text(text)
    elif move == "go":
        talk.dialogue.goto(text)
    elif move == "complete":
        talk.dialogue.complete(text)
    elif move == "highlight":
        talk.dialogue.highlight = len(text)
    elif move == "pick" and talk.question.suggestions:
        talk.dialogue.pick(talk.question.suggestions[-1])
    elif move == "table" and talk.form.indicators:
        talk.session.remove_row(0)
    elif move == "restart" and talk.session.on_disk:
        talk.session._opened.journal.close()
        return talk.again()
    return talk


def check_said(talk: Talk, text: str, messages: object) -> None:
    for message in messages:  # type: ignore[attr-defined]
        assert message.text.strip()
        if message.role is Role.ERROR:
            assert re.search(r"请|/[一-鿿]|例如|如 |Enter|回车", message.text), message.text


def check(talk: Talk) -> None:
    question = talk.question
    assert question.title
    assert question.ask or question.mode is Mode.PROPOSAL
    assert question.key in (*KEYS, DONE_KEY, "草拟")
    assert talk.session.trouble == ""
    if talk.session.on_disk and talk.session.path.exists():
        assert on_disk(talk.session.path) == talk.session.record


@settings(max_examples=120)
@given(st.lists(MOVES, max_size=25))
def test_anything_in_any_order(tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, str]]) -> None:
    talk = Talk(Store(tmp_path_factory.mktemp("any") / "records"), suggester=engine())
    for move, text in moves:
        before = talk.session.record
        talk = do(talk, move, text)
        check(talk)
        if move == "restart":
            assert talk.session.record == before
            assert talk.session.recovered == 0
    talk.session.close()
    if talk.session.on_disk:
        assert talk.again().session.record == talk.session.record


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(WORDS).filter(str.strip)), min_size=1, max_size=6))
def test_typed_text_stays_with_its_field_until_it_is_answered(
    tmp_path_factory: pytest.TempPathFactory, typed: list[tuple[str, str]]
) -> None:
    talk = Talk(Store(tmp_path_factory.mktemp("typed") / "records"))
    for key, text in typed:
        talk.go(key)
        talk.dialogue.leave_text(text)
        for command in ("/帮助", "/上一步", "/跳过", "/去 年份", "/撤销", "/重做"):
            talk.say(command)
    talk = talk.again()
    for key, text in dict(typed).items():
        assert talk.go(key).prefill == text
