"""The indicator step, slot by slot: pick, set a target, write one's own, change, order, leave empty."""

from __future__ import annotations

import pytest

from domain.framework import framework
from domain.marks import SUGGESTED, TYPED, row_key
from domain.model import Indicator
from suggest.types import TargetOption
from tests.fakes import FUNDING, QUALITY, QUANTITY, Talk, texts
from tui.dialogue import Mode, Role
from tui.dialogue.slots import PICKED, split_row

KEY = "/".join(QUANTITY)


@pytest.fixture
def slot(talk: Talk) -> Talk:
    """At 产出目标›数量."""
    talk.say("2020")
    talk.go(QUANTITY)
    return talk


def test_the_question_offers_names_targets_and_reasons(slot: Talk) -> None:
    question = slot.question
    assert question.mode is Mode.SLOT
    assert [(one.name, one.target) for one in question.suggestions] == [
        ("租用光纤数", "=147条"), ("租用宽带数", ""), ("话务专线数", "=2条"),
    ]  # fmt: skip
    assert all(one.reasons for one in question.suggestions)
    where = framework().slot(*QUANTITY)
    assert where is not None
    assert question.ask == where.meaning
    assert question.of == 20
    assert question.title == "产出目标›数量"


def test_a_slot_without_suggestions_says_why(slot: Talk) -> None:
    question = slot.go(("效果目标", "环境效益"))
    assert question.suggestions == ()
    assert question.note == "这类项目通常空着"


# --- picking ---


@pytest.mark.parametrize("text", ["1", "１", " 1 "])
def test_a_digit_picks(slot: Talk, text: str) -> None:
    reply = slot.say(text)
    assert slot.rows == [("租用光纤数", "=147条")]
    assert "租用光纤数  =147条" in texts(reply, Role.ECHO)
    assert slot.session.origin(row_key(slot.form.indicators[0])) == SUGGESTED
    assert slot.suggester.learned == [("租用光纤数", True)]
    assert slot.at == KEY
    assert slot.question.rows == ("租用光纤数  =147条",)


@pytest.mark.parametrize(("text", "row"), [("1 98%", ("租用光纤数", "98%")), ("２ 12条", ("租用宽带数", "12条"))])
def test_a_number_and_a_target_pick_and_set_the_target(slot: Talk, text: str, row: tuple[str, str]) -> None:
    slot.say(text)
    assert slot.rows == [row]
    assert slot.question.mode is Mode.SLOT


def test_a_number_that_is_not_offered_never_becomes_a_name(slot: Talk) -> None:
    reply = slot.say("9 98%")
    assert slot.rows == []
    assert "只有 1 到 3 号建议" in texts(reply, Role.ERROR)
    assert reply.keep == "9 98%"


def offered(talk: Talk) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.reasons) for one in talk.question.suggestions]


def test_numbers_stay_while_the_slot_is_asked(slot: Talk) -> None:
    before = offered(slot)
    slot.say("1")
    assert offered(slot) == [("租用光纤数", (PICKED,)), *before[1:]]
    slot.say("3")
    assert slot.rows == [("租用光纤数", "=147条"), ("话务专线数", "=2条")]
    assert [reasons == (PICKED,) for _, reasons in offered(slot)] == [True, False, True]
    slot.say("1")
    assert len(slot.rows) == 2


def test_what_is_picked_shows_the_target_in_the_table(slot: Talk) -> None:
    slot.say("1", "/编辑 1", "=150条")
    assert slot.question.suggestions[0].target == "=150条"


def test_a_row_taken_back_can_be_picked_again(slot: Talk) -> None:
    before = offered(slot)
    slot.say("1", "/撤销")
    assert offered(slot) == before


def test_a_slot_come_back_to_numbers_what_is_left(slot: Talk) -> None:
    slot.say("1", "")
    slot.go(QUANTITY)
    assert "租用光纤数" not in [one.name for one in slot.question.suggestions]


def test_new_ones_are_offered_once_all_are_picked(slot: Talk) -> None:
    slot.say("1", "3", "2", "=5条")
    assert slot.question.suggestions == ()


def test_trouble_with_earlier_choices_is_told_at_the_first_slot_only(slot: Talk) -> None:
    slot.suggester.trouble = "采纳记录读不懂。"
    assert "采纳记录读不懂。" in slot.question.note
    assert "采纳记录读不懂。" in slot.question.note
    slot.say("")
    assert slot.question.mode is Mode.SLOT
    assert "采纳记录读不懂。" not in slot.question.note


@pytest.mark.parametrize("text", ["1 3", "1,3", "1、3", "1，3", "1；3", "１ ３", "1 3 "])
def test_several_digits_pick_several(slot: Talk, text: str) -> None:
    slot.say(text)
    assert slot.rows == [("租用光纤数", "=147条"), ("话务专线数", "=2条")]
    slot.say("/撤销")
    assert slot.rows == [("租用光纤数", "=147条")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 3=5条", [("租用光纤数", "=147条"), ("话务专线数", "=5条")]),
        ("1=150条 3", [("租用光纤数", "=150条"), ("话务专线数", "=2条")]),
        ("1=1,200条，3 >= 5 条", [("租用光纤数", "=1,200条"), ("话务专线数", ">=5条")]),
        ("１＝１５０条　２＝１４３条", [("租用光纤数", "=150条"), ("租用宽带数", "=143条")]),
        ("1=健全", [("租用光纤数", "健全")]),
    ],
)
def test_each_of_several_may_have_its_target(slot: Talk, text: str, expected: list[tuple[str, str]]) -> None:
    slot.say(text)
    assert slot.rows == expected


@pytest.mark.parametrize("text", ["1 3 2026-01-01", "3/4", "……"])
def test_a_name_has_words(slot: Talk, text: str) -> None:
    reply = slot.say(text)
    assert reply.refused
    assert reply.keep == text
    assert slot.rows == []


def test_picking_what_has_no_target_asks_for_it(slot: Talk) -> None:
    slot.say("2")
    question = slot.question
    assert question.mode is Mode.TARGET
    assert "租用宽带数" in question.title
    assert question.choices == ("=143条　概况里有143个村居",)
    slot.say("1")
    assert slot.rows == [("租用宽带数", "=143条")]
    assert slot.question.mode is Mode.SLOT


@pytest.mark.parametrize("text", ["0", "4", "147", "1 9", "99999", "9" * 50, "²"])
def test_a_number_that_is_no_suggestion_is_no_name_either(slot: Talk, text: str) -> None:
    if text in ("²", "9" * 50):
        slot.say(text)
        return
    reply = slot.say(text)
    assert reply.refused
    assert reply.keep == text
    assert "=147条" in texts(reply)
    assert slot.rows == []


def test_the_same_indicator_is_not_taken_twice(slot: Talk) -> None:
    slot.say("租用光纤数 =150条")
    one = slot.suggester.offers[QUANTITY][0]
    assert "已经在" in texts(slot.dialogue.pick(one))
    reply = slot.say("租用光纤数 =1条")
    assert "/编辑" in texts(reply)
    assert slot.rows == [("租用光纤数", "=150条")]


def test_a_suggestion_chosen_from_the_list_is_taken(slot: Talk) -> None:
    slot.dialogue.pick(slot.question.suggestions[1])
    assert slot.question.mode is Mode.TARGET


# --- targets ---


@pytest.mark.parametrize(
    ("text", "target"),
    [("98%", "98%"), (">=98%", ">=98%"), ("不低于95%", ">=95%"), ("=150条", "=150条"), ("3月底前", "3月底前")],
)
def test_a_target_takes_the_highlighted_suggestion(slot: Talk, text: str, target: str) -> None:
    slot.say(text)
    assert slot.rows == [("租用光纤数", target)]


def test_a_target_goes_to_the_one_highlighted(slot: Talk) -> None:
    slot.dialogue.highlight = 2
    slot.say("=3条")
    assert slot.rows == [("话务专线数", "=3条")]
    slot.dialogue.highlight = 99
    slot.say("=1条")
    assert slot.rows[-1] == ("租用光纤数", "=1条"), "the last one is picked already: the first that is not"


def test_the_highlight_does_not_follow_to_the_next_slot(slot: Talk) -> None:
    slot.dialogue.highlight = 2
    slot.say("")
    assert slot.dialogue.highlight == 0


def test_a_target_without_a_suggestion_stays_and_asks_for_a_name(slot: Talk) -> None:
    slot.go(("效果目标", "环境效益"))
    reply = slot.say("98%")
    assert reply.refused
    assert reply.keep == "98%"
    assert "名称" in texts(reply)
    assert slot.rows == []


# --- one's own ---


def test_a_name_of_ones_own_then_its_target(slot: Talk) -> None:
    slot.say("新装交换机数")
    assert slot.question.mode is Mode.TARGET
    assert slot.question.prefill == ""
    slot.say("12台")
    assert slot.rows == [("新装交换机数", "12台")]
    assert slot.session.origin(row_key(slot.form.indicators[0])) == TYPED
    assert slot.question.mode is Mode.SLOT


def test_a_name_whose_target_is_left_for_later(slot: Talk) -> None:
    for leave in ("", "/跳过"):
        slot.say("新装交换机数" + leave)
        slot.say(leave)
        assert slot.question.mode is Mode.SLOT
    assert slot.rows[0] == ("新装交换机数", "")
    assert slot.question.rows[0] == "新装交换机数  （缺目标值）"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("新装交换机数 =12台", ("新装交换机数", "=12台")),
        ("新装交换机数 12台", ("新装交换机数", "12台")),
        ("新装交换机数=12台", ("新装交换机数", "=12台")),
        ("新装交换机数　≥12台", ("新装交换机数", ">=12台")),
        ("群众满意度 98%", ("群众满意度", "98%")),
        ("群众满意度　不低于98%", ("群众满意度", ">=98%")),
        ("档案管理健全性 健全", ("档案管理健全性", "健全")),
        ("租用光纤数 = 147 条", ("租用光纤数", "=147条")),
        ("网格（一期）建成数<=3个", ("网格（一期）建成数", "<=3个")),
        ("接入12345 平台数", ("接入12345 平台数", "")),
        ("新装交换机数", ("新装交换机数", "")),
    ],
)
def test_name_and_target_in_one_line(slot: Talk, text: str, row: tuple[str, str]) -> None:
    assert split_row(text) == row
    slot.say(text)
    assert slot.rows == [row]


@pytest.mark.parametrize("text", ["12345热线接通率", "5G基站数", "110接警数量"])
def test_names_that_begin_with_figures_are_names(slot: Talk, text: str) -> None:
    slot.say(text)
    assert slot.rows == [(text, "")]


def test_initials_stand_for_what_they_find_and_never_for_a_name(slot: Talk) -> None:
    reply = slot.say("zzz")
    assert reply.refused
    assert reply.keep == "zzz"
    assert slot.rows == []


@pytest.fixture
def seen(slot: Talk, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """At the slot 数量 with the full screen, where every search finds the second and the third of the offer."""
    found = slot.suggester.offers[QUANTITY][1:]
    monkeypatch.setattr(slot.suggester, "search", lambda *arguments: found)
    slot.dialogue.names_keys = True
    return slot


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("zykd", ("租用宽带数", "")),
        ("zxmx", ("租用宽带数", "")),
        ("zykd1", ("租用宽带数", "")),
        ("zykd2", ("话务专线数", "=2条")),
        ("zykd２", ("话务专线数", "=2条")),
        ("zykd =143条", ("租用宽带数", "=143条")),
        ("zykd2 ≥3条", ("话务专线数", ">=3条")),
        ("zykd2>=3条", ("话务专线数", ">=3条")),
        ("z" * 24, ("租用宽带数", "")),
        ("话务专线数", ("话务专线数", "")),
        ("话务专线数 =5条", ("话务专线数", "=5条")),
        ("话务专线", ("话务专线", "")),
    ],
)
def test_initials_take_what_they_find_and_words_are_a_name(seen: Talk, text: str, row: tuple[str, str]) -> None:
    shown = seen.dialogue.complete(text)
    taken = seen.dialogue.taken(text, shown)
    seen.say(text)
    assert seen.rows == [row]
    own = seen.session.origin(row_key(seen.form.indicators[0])) == TYPED
    assert [shown[index].name for index in taken] == ([] if own else [row[0]]), "what is marked is what Enter takes"
    assert (seen.question.mode is Mode.TARGET) is (not row[1])


def test_a_number_behind_initials_beyond_what_they_find(seen: Talk) -> None:
    reply = seen.say("zykd3")
    assert reply.keep == "zykd3"
    assert "2 条" in texts(reply)
    assert seen.dialogue.taken("zykd3", seen.dialogue.complete("zykd3")) == ()
    assert seen.rows == []


def test_who_does_not_see_what_initials_find_is_asked(seen: Talk) -> None:
    seen.dialogue.names_keys = False
    assert "选序号" in texts(seen.say("zykd"))
    assert seen.rows == []
    assert [one.name for one in seen.question.suggestions] == ["租用宽带数", "话务专线数"]
    assert seen.say("3").refused
    seen.say("2")
    assert seen.rows == [("话务专线数", "=2条")]
    assert [one.name for one in seen.question.suggestions] == ["租用光纤数", "租用宽带数"], "as before the search"
    seen.say("话务专线")
    assert seen.rows[-1] == ("话务专线", "")


@pytest.mark.parametrize(
    ("text", "marked"),
    [("", ()), ("2", (1,)), ("1 3", (0, 2)), ("9", ()), ("2 =5条", (1,)), ("=5条", (0,)), ("新", ())],
)
def test_what_enter_takes_of_the_offer(slot: Talk, text: str, marked: tuple[int, ...]) -> None:
    assert slot.dialogue.taken(text, slot.dialogue.complete(text)) == marked


def test_a_target_typed_with_a_name_goes_with_the_one_chosen(slot: Talk) -> None:
    slot.dialogue.pick(slot.question.suggestions[1], "宽带 =5条")
    assert slot.rows == [("租用宽带数", "=5条")]


@pytest.mark.parametrize("text", ["长" * 101, f"{'长' * 101}数 =1个", f"热线数 ={'1' * 101}个"])
def test_too_long_a_row_stays(slot: Talk, text: str) -> None:
    reply = slot.say(text)
    assert reply.keep == text
    assert "最多100字，多了" in texts(reply)
    assert slot.rows == []


def test_a_name_of_the_greatest_length_is_taken(slot: Talk) -> None:
    slot.say(f"{'长' * 99}数 =1个")
    assert [name for name, _ in slot.rows] == [f"{'长' * 99}数"]


def test_too_long_a_target_stays(slot: Talk) -> None:
    slot.say("新装交换机数")
    text = "长" * 101
    reply = slot.say(text)
    assert reply.keep == text
    assert slot.question.mode is Mode.TARGET
    assert slot.rows == [("新装交换机数", "")]


def test_several_rows_stand_in_order(slot: Talk) -> None:
    slot.say("甲数 =1个", "乙数 =2个", "丙数 =3个")
    assert [name for name, _ in slot.rows] == ["甲数", "乙数", "丙数"]
    assert slot.question.ask.startswith("还要再加一条")


def test_rows_of_slots_filled_out_of_order_stand_in_the_order_of_the_form(slot: Talk) -> None:
    slot.say("1")
    slot.go(FUNDING)
    slot.say("1")
    slot.go(QUALITY)
    slot.say("1")
    assert [row.slot for row in slot.form.indicators] == [FUNDING, QUANTITY, QUALITY]


# --- target questions ---


def test_a_number_picks_a_target_option_else_is_the_target(slot: Talk) -> None:
    slot.suggester.options["甲数"] = (TargetOption("=1个", "一"), TargetOption("=2个", "二"))
    slot.say("甲数", "2")
    slot.say("乙数", "2")
    slot.say("/编辑 1", "7")
    assert slot.rows == [("甲数", "=7个"), ("乙数", "2")]


BARE = [
    ("7", "=7个"),
    ("3.5", "=3.5个"),
    (">=7", ">=7个"),
    ("７", "=7个"),
    ("7台", "7台"),
    ("健全", "健全"),
    ("9-15", "9-15"),
]


@pytest.mark.parametrize(("text", "target"), BARE)
def test_a_bare_number_is_written_like_the_options(slot: Talk, text: str, target: str) -> None:
    slot.suggester.options["甲数"] = (TargetOption("充足", "词"), TargetOption("=1个", "一"))
    slot.say("甲数")
    assert "=…个" in slot.question.ask
    slot.say(text)
    assert slot.rows == [("甲数", target)]


def test_a_bare_number_is_written_like_the_row_before_of_the_same_measure(slot: Talk) -> None:
    slot.say("新装交换机数量 =12台", "机房面积 =90平方米", "新装服务器数量")
    assert "=…台" in slot.question.ask
    slot.say("4", "培训场次")
    assert "记作" not in slot.question.ask
    slot.say("4")
    assert slot.rows[-2:] == [("新装服务器数量", "=4台"), ("培训场次", "4")]


@pytest.mark.parametrize(
    ("text", "target"),
    [("9-15", "9月15日前"), ("2021/09/05", "2021年9月5日前"), ("13-1", "13-1"), ("9月底前", "9月底前"), ("30", "30")],
)
def test_a_bare_day_is_a_deadline_where_the_options_are(slot: Talk, text: str, target: str) -> None:
    slot.suggester.options["完工时间"] = (TargetOption("12月底前", "按结束时间"),)
    slot.say("完工时间")
    assert "9月15日前" in slot.question.ask
    slot.say(text)
    assert slot.rows == [("完工时间", target)]


@pytest.mark.parametrize(("text", "target"), [("1 =150", "=150条"), ("=150", "=150条"), ("1 >=150户", ">=150户")])
def test_a_target_without_unit_takes_that_of_the_one_offered(slot: Talk, text: str, target: str) -> None:
    slot.say(text)
    assert slot.rows == [("租用光纤数", target)]


def test_enter_takes_the_first_target_and_skipping_leaves_it_open(slot: Talk) -> None:
    slot.suggester.options["甲数"] = (TargetOption("=1个", "原文写明"), TargetOption("=2个", "二"))
    slot.say("甲数")
    assert (slot.question.default, slot.question.default_note) == ("=1个", "原文写明")
    slot.say("")
    slot.suggester.options["乙数"] = slot.suggester.options["甲数"]
    slot.say("乙数", "/跳过")
    assert slot.rows == [("甲数", "=1个"), ("乙数", "")]


def test_a_weak_option_is_no_default_and_a_target_taken_away_stays_away(slot: Talk) -> None:
    slot.suggester.options["甲数"] = (TargetOption("=1个", "别的数", weak=True),)
    slot.say("甲数")
    assert slot.question.default == ""
    slot.say("")
    assert slot.rows == [("甲数", "")]
    slot.suggester.options["乙数"] = (TargetOption("=1个", "一"),)
    slot.say("乙数 =9个", "/编辑 2", "")
    assert slot.rows[1] == ("乙数", ""), "what stood there was taken away by hand"


@pytest.mark.parametrize("command", ["/上一步", "/撤销", "/去 年份", "/删 1", "/草拟"])
def test_commands_at_a_target_question(slot: Talk, command: str) -> None:
    slot.say("甲数")
    reply = slot.say(command)
    assert not reply.refused
    assert slot.question.mode is not Mode.TARGET
    assert slot.rows == ([] if command in ("/撤销", "/删 1") else [("甲数", "")])


def test_a_row_taken_away_elsewhere_is_not_asked_for(slot: Talk) -> None:
    """The table screen may change rows while a target is being asked."""
    slot.say("甲数 =1个", "乙数")
    assert slot.question.mode is Mode.TARGET
    slot.session.remove_row(0)
    assert slot.question.mode is Mode.SLOT
    slot.say("丙数")
    slot.session.remove_row(1)
    assert slot.question.mode is Mode.SLOT
    assert slot.say("=3个").messages
    assert slot.form.indicators[0].name == "乙数"


# --- changing, ordering, removing ---


@pytest.fixture
def three(slot: Talk) -> Talk:
    slot.say("甲数 =1个", "乙数 =2个", "丙数 =3个")
    return slot


@pytest.mark.parametrize("text", ["/删 2", "/删2", "/删除 ２", "/del 2"])
def test_deleting(three: Talk, text: str) -> None:
    assert "乙数" in texts(three.say(text))
    assert [name for name, _ in three.rows] == ["甲数", "丙数"]
    three.say("/撤销")
    assert [name for name, _ in three.rows] == ["甲数", "乙数", "丙数"]


@pytest.mark.parametrize("text", ["/上移 3", "/上移3", "/up 3"])
def test_moving_up(three: Talk, text: str) -> None:
    assert "丙数" in texts(three.say(text))
    assert [name for name, _ in three.rows] == ["甲数", "丙数", "乙数"]
    three.say("/撤销")
    assert [name for name, _ in three.rows] == ["甲数", "乙数", "丙数"]


def test_the_first_row_stays_first(three: Talk) -> None:
    before = three.rows
    assert "最上面" in texts(three.say("/上移 1"))
    assert three.rows == before


def test_editing_a_target(three: Talk) -> None:
    three.say("/编辑 2")
    assert three.question.mode is Mode.TARGET
    assert three.question.prefill == "=2个"
    three.say("=22个")
    assert three.rows[1] == ("乙数", "=22个")
    three.say("/编辑 2", "/跳过")
    assert three.rows[1] == ("乙数", "=22个")
    three.say("/编辑 2", "")
    assert three.rows[1] == ("乙数", "")


def test_editing_keeps_the_origin(slot: Talk) -> None:
    slot.say("1")
    slot.say("/编辑 1", "=150条")
    assert slot.rows == [("租用光纤数", "=150条")]
    assert slot.session.origin(row_key(slot.form.indicators[0])) == SUGGESTED


@pytest.mark.parametrize("command", ["/删", "/编辑", "/上移"])
@pytest.mark.parametrize("argument", ["", "0", "4", "²", "二", "1 2", "-1", "9" * 40])
def test_a_row_that_there_is_not(three: Talk, command: str, argument: str) -> None:
    before = three.rows
    reply = three.say(f"{command} {argument}")
    assert reply.refused
    assert "1 到 3" in texts(reply)
    assert three.rows == before


def test_the_only_row_needs_no_number(slot: Talk) -> None:
    slot.say("甲数 =1个", "/删")
    assert slot.rows == []


@pytest.mark.parametrize("command", ["/删 1", "/编辑 1", "/上移 1"])
def test_row_commands_in_an_empty_slot_and_elsewhere(slot: Talk, command: str) -> None:
    assert "还没有指标" in texts(slot.say(command))
    slot.go("project.name")
    assert "/去" in texts(slot.say(command))


# --- leaving ---


def test_an_empty_slot_is_left_without_a_word_and_not_asked_again(slot: Talk) -> None:
    reply = slot.say("")
    assert reply.messages == ()
    assert slot.at == "产出目标/质量"
    assert slot.session.skipped(KEY)
    assert slot.again().session.skipped(KEY)


def test_a_filled_slot_is_left_by_enter(slot: Talk) -> None:
    slot.say("1", "")
    assert slot.at == "产出目标/质量"
    assert not slot.session.skipped(KEY)


def test_skip_leaves_a_slot(slot: Talk) -> None:
    slot.say("/跳过")
    assert slot.at == "产出目标/质量"
    slot.say("/上一步")
    assert slot.at == KEY


def test_suggestions_in_words(slot: Talk) -> None:
    told = texts(slot.say("/建议"))
    assert "1. 租用光纤数  =147条" in told
    assert "概况里写到" in told
    slot.go("project.name")
    assert "/草拟" in texts(slot.say("/建议"))


def test_searching_while_typing(slot: Talk) -> None:
    assert [one.name for one in slot.dialogue.complete("宽带")] == ["租用宽带数"]
    for text in ("", "1", "98%", " "):
        assert slot.dialogue.complete(text) == slot.question.suggestions
    slot.go("project.name")
    assert slot.dialogue.complete("宽带") == ()
    assert slot.dialogue.offer().suggestions == ()


def test_rows_of_one_name_in_two_slots_are_two(slot: Talk) -> None:
    slot.say("甲率 =1%")
    slot.go(QUALITY)
    slot.say("甲率 =2%")
    assert slot.form.indicators == (
        Indicator(*QUANTITY, "甲率", "=1%"),
        Indicator(*QUALITY, "甲率", "=2%"),
    )
