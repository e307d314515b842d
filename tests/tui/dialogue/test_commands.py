"""Commands by slash word, by sentence and by key; what they say; and that every message points at something that exists."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui
from domain.framework import framework
from domain.model import fields
from tests.fakes import QUANTITY, Talk, texts
from tui import keymap
from tui.dialogue import DONE_KEY, Role
from tui.dialogue.commands import BY_ID, COMMANDS, Command, close_to, find, named, split
from tui.dialogue.doing import Doing
from tui.dialogue.helping import command_list
from tui.dialogue.intents import Intent, understand
from tui.dialogue.places import places
from tui.folders import Folders
from tui.plain.console import Console
from tui.plain.views import Views
from tui.screens import views

ROOT = Path(tui.__file__).parent
VIEWS = {command.id for command in COMMANDS if not hasattr(Doing, f"_do_{command.id}")}
"""Commands that only open a screen."""
TYPED = [
    "project.year",
    "project.nature",
    "project.category",
    "project.phone",
    "project.start_date",
    "funding.total",
    "project.procurement",
    "project.economic_subjects",
]


# --- the table ---


def test_names_and_ids_are_unique() -> None:
    names = [name for command in COMMANDS for name in command.names]
    assert len(names) == len(set(names))
    assert len(BY_ID) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_a_chinese_name_first_an_english_alias_and_help(command: Command) -> None:
    assert not command.names[0].isascii()
    assert any(name.isascii() for name in command.names)
    assert all(name == name.lower() for name in command.names)
    assert any("一" <= char <= "鿿" for char in command.help)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_does_something_or_opens_a_view(talk: Talk, command: Command) -> None:
    talk.say("2020")
    for key in ("project.name", "产出目标/数量", "完成"):
        talk.go(key)
        for argument in ("", "1", "火星"):
            reply = talk.dialogue.command(command.id, argument)
            assert reply.messages or reply.view or reply.leave or command.id in ("back", "skip", "draft", "go")
            assert reply.view in ("", *VIEWS)


def test_every_view_has_its_screen_and_its_lines(talk: Talk, folders: Folders) -> None:
    """Learning beside the work is switched by the talk itself where it goes line by line."""
    assert set(views.VIEWS) == VIEWS
    assert {*Views(talk.dialogue, Console(io.StringIO(), io.StringIO()), folders).names, "coach"} == VIEWS


def test_only_commands_have_handlers() -> None:
    handlers = {name.removeprefix("_do_") for name in vars(Doing) if name.startswith("_do_")}
    assert handlers <= set(BY_ID)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_name_finds_its_command(command: Command) -> None:
    for name in command.names:
        assert find(name) == (command, "")
        assert find(name.upper()) == (command, "")
        assert named(name) is command


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/去 金额", ("去", "金额")),
        ("／去  金额 ", ("去", "金额")),
        ("/撤销", ("撤销", "")),
        ("//去", None),
        ("去", None),
        ("", None),
        ("/", ("", "")),
    ],
)
def test_split(text: str, word: tuple[str, str] | None) -> None:
    assert split(text) == word


def test_only_chinese_names_take_an_argument_without_a_space() -> None:
    assert find("去金额") == (BY_ID["go"], "金额")
    assert find("删12") == (BY_ID["delete"], "12")
    assert find("go金额") is None
    assert find("撤销一步") is None
    assert find("") is None


def test_mistyped_words_find_what_is_close() -> None:
    assert BY_ID["skip"] in close_to("跳国")
    assert close_to("xyz") == []


@given(st.text(max_size=30))
def test_no_text_breaks_the_table_or_the_sentences(text: str) -> None:
    word = split(text)
    if word:
        find(word[0])
        close_to(word[0])
    found = understand(text)
    assert found is None or found.command in (*BY_ID, "set")


# --- sentences ---


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("返回上一项", Intent("back")),
        ("回到上一步", Intent("back")),
        ("返回", Intent("back")),
        ("上一步", Intent("back")),
        ("我想返回上一个问题。", Intent("back")),
        ("跳到年度绩效目标", Intent("go", "年度绩效目标")),
        ("去填联系电话", Intent("go", "联系电话")),
        ("修改预算单位", Intent("go", "预算单位")),
        ("把联系电话改成 0631-5970000", Intent("set", "联系电话", "0631-5970000")),
        ("联系电话改为：5970000", Intent("set", "联系电话", "5970000")),
        ("请将项目名称修改为热线", Intent("set", "项目名称", "热线")),
        ("跳过", Intent("skip")),
        ("先跳过吧", Intent("skip")),
        ("这项怎么填？", Intent("help")),
        ("为什么要问这个", Intent("why")),
        ("举个例子", Intent("example")),
        ("撤销", Intent("undo")),
        ("重做", Intent("redo")),
        ("保存", Intent("save")),
        ("退出程序", Intent("quit")),
        ("看看概览", Intent("overview")),
        ("检查一下", Intent("check")),
        ("清空这一项", Intent("clear")),
        ("quit", Intent("quit")),
    ],
)
def test_sentences(text: str, intent: Intent) -> None:
    assert understand(text) == intent


@pytest.mark.parametrize(
    "text", ["", "热线线路租用费", "24.63", "一次性项目", "n", "b", "去", "改" * 300, "1月1日", "其他"]
)
def test_no_sentences(text: str) -> None:
    assert understand(text) is None


@pytest.mark.parametrize("key", TYPED)
def test_a_sentence_in_a_typed_field_is_a_command(talk: Talk, key: str) -> None:
    talk.go("project.unit")
    talk.go(key)
    before = talk.form
    reply = talk.say("跳到年度绩效目标")
    assert not reply.refused, texts(reply)
    assert talk.at == "narrative.annual_goal"
    assert talk.form == before


@pytest.mark.parametrize("key", TYPED)
def test_setting_another_field_by_a_sentence(talk: Talk, key: str) -> None:
    talk.go(key)
    reply = talk.say("把填报人改成 方小禾")
    assert "填报人：方小禾" in texts(reply, Role.ECHO)
    assert talk.form.project.filler == "方小禾"
    assert talk.at == key
    talk.say("/撤销")
    assert talk.form.project.filler == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("把火星改成 1", "没有叫“火星”的栏目"),
        ("把金额改成 1", "可能是"),
        ("把开始时间改成 某天", "开始时间：没有看懂日期"),
        ("跳到火星基地", "没有叫“火星基地”的栏目"),
    ],
)
def test_a_sentence_that_cannot_be_done_stays_and_says_why(talk: Talk, text: str, said: str) -> None:
    talk.go("funding.total")
    reply = talk.say(text)
    assert reply.refused
    assert reply.keep == text
    assert said in texts(reply)


def test_a_category_may_sound_like_a_sentence(talk: Talk) -> None:
    talk.go("project.category")
    talk.say("改扩建工程")
    assert str(talk.form.project.category) == "改扩建工程"


def test_subjects_that_fit_come_before_sentences(talk: Talk) -> None:
    talk.go("project.functional_subjects")
    talk.say("改革")
    assert talk.at in ("project.functional_subjects", "project.economic_subjects")
    assert talk.question.choices
    assert not talk.form.project.functional_subjects


# --- what they say ---


@pytest.mark.parametrize("key", [place.key for place in places("xiada-2020")])
def test_help_in_layers_for_every_place(talk: Talk, key: str) -> None:
    question = talk.go(key)
    told = texts(talk.say("/帮助"), Role.HELP)
    why = texts(talk.say("/为什么"), Role.HELP)
    example = texts(talk.say("/例子"), Role.HELP)
    assert question.title.rstrip("*") in told
    assert why in told
    assert "好例子：" in example
    assert "坏例子：" in example
    assert question.ask != why
    assert talk.at == key
    assert len(talk.dialogue.help_lines()) >= 5


def test_help_about_another_place(talk: Talk) -> None:
    assert "【联系电话】" in texts(talk.say("/帮助 电话"))
    assert texts(talk.say("？")) == texts(talk.say("/帮助"))


def test_the_list_of_commands_names_all_with_their_keys(talk: Talk) -> None:
    told = texts(talk.say("/命令"))
    assert told == command_list()
    for command in COMMANDS:
        assert f"/{command.names[0]}" in told
        assert not command.action or f"（{keymap.shown(command.action)}）" in told


def test_the_way_back_is_told_as_the_filer_can_go_it(talk: Talk) -> None:
    talk.say("2021")
    assert "/重做 可恢复" in texts(talk.say("/撤销"))
    talk.say("/重做")
    talk.dialogue.names_keys = True
    assert f"{keymap.shown('fill.redo')} 可恢复" in texts(talk.say("/撤销"))


def test_redo_and_undo_with_nothing_left_say_so(talk: Talk) -> None:
    assert "没有可以撤销" in texts(talk.say("/撤销"))
    assert "没有可以重做" in texts(talk.say("/重做"))


@pytest.mark.parametrize(
    ("do", "label"),
    [
        (("2020",), "年份"),
        (("/跳过",), "跳过年份"),
        (("2020", "/上一步", "/清空"), "清空年份"),
        (("/去 数量", "1"), "添加指标租用光纤数"),
        (("/去 数量", "甲数 =1个", "/删 1"), "删除指标甲数"),
        (("/去 数量", "甲数 =1个", "/编辑 1", "=2个"), "修改指标甲数"),
        (("/去 数量", "甲数 =1个", "乙数 =1个", "/上移 2"), "移动指标"),
        (("/去 金额", "把填报人改成 刘"), "填报人"),
    ],
)
def test_every_kind_of_step_is_undone_redone_and_named(talk: Talk, do: tuple[str, ...], label: str) -> None:
    talk.say(*do)
    after = talk.session.record
    told = texts(talk.say("/撤销"))
    assert "已撤销" in told
    assert label in told
    assert "/重做" in told
    before = talk.session.record
    assert before != after
    told = texts(talk.say("/重做"))
    assert "已重做" in told
    assert talk.session.record == after
    talk.say("/撤销")
    assert talk.session.record == before
    assert talk.again().session.record == before


def test_undo_goes_back_to_where_the_step_was_made(talk: Talk) -> None:
    talk.say("2020", "社管中心", "/去 数量", "1", "/去 填报人", "/撤销")
    assert talk.at == "/".join(QUANTITY)
    talk.say("/撤销")
    assert talk.at == "project.unit"


# --- what the program says, in all its files ---


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a file that are not documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


FILES = sorted(path for path in ROOT.rglob("*.py"))
SPOKEN = {"联系电话": {"intents.py", "helping.py"}}
"""Examples of what a filer may say."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_label_of_the_form_is_repeated_in_a_face(path: Path) -> None:
    labels = {one.spec.label for one in fields() if len(one.spec.label) > 2}  # 年份 is a word like any other
    labels |= {slot.place for slot in framework().slots}
    found = [
        f"{path.name}:{line} {label}"
        for line, text in strings(path)
        for label in labels
        if label in text and path.name not in SPOKEN.get(label, ())
    ]
    assert found == []


IN_CONVERSATION = [
    *(ROOT / "dialogue").glob("*.py"),
    *(ROOT / name for name in ("session.py", "plain/talk.py", "screens/fill.py", "screens/home.py")),
    *(ROOT.parent / "domain" / f"{name}.py" for name in ("project", "funding", "narrative", "answers", "quantity")),
]


@pytest.mark.parametrize("path", sorted(IN_CONVERSATION), ids=lambda path: path.stem)
def test_every_slash_word_that_is_mentioned_exists(path: Path) -> None:
    found = [
        f"{path.name}:{line} /{word}"
        for line, text in strings(path)
        for word in re.findall(r"(?<![\w/›）{}])/([一-鿿]{1,4})", text)
        if find(word) is None
    ]
    assert found == []


@pytest.mark.parametrize(
    ("typed", "is_command"),
    [("y/命令", True), ("\uff59／帮助", True), ("n/全表", True), ("y/甲乙项目", False), ("水质/检查", False)],
)
def test_a_yes_before_a_command_is_no_answer(talk: Talk, typed: str, is_command: bool) -> None:
    talk.go("project.name")
    talk.say(typed)
    assert (talk.form.project.name == "") == is_command


@pytest.mark.parametrize(("typed", "view"), [("1", "check"), ("2", "export"), ("３", "entry"), ("4", "overview")])
def test_after_the_last_question_the_next_step_is_a_number(talk: Talk, typed: str, view: str) -> None:
    talk.go(DONE_KEY)
    assert talk.question.choices[0].startswith("检查")
    assert talk.say(typed).view == view
    assert talk.say("9").refused
