"""The import pages: choose or paste, see what was understood, put it right, and only then save."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.exchange import ImportProblem, read
from domain.exchange.limits import MAX_FILE
from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.paths import THREE_FORMS
from tui.screens.importing import ImportPage
from tui.screens.pick import PickPage
from tui.screens.understood import UnderstoodPage

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp
    from tests.tui.screens.conftest import Seen, Show

HERE = Path(__file__).parent

ODD = """部门项目支出预算绩效目标下达表
预算单位：\t信息中心
项目名称：\t热线线路租用费
开始时间：\t上半年
结束时间：\t2020-12-31
年份（2020）
附注：\t以合同为准[/b][@click=app.quit]
项目概况：\t租用光纤147条。
项目实施计划：\t《网格化管理工作例会制度》《督办制度》
保证项目实施制度、措施：\t每月检查一次
一级指标\t二级指标\t三级指标\t年度目标值
产出目标\t数量\t租用光纤数\t=147条
另：投诉办结率 >=95%
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "here"
    here.mkdir()
    (here / "三张表.txt").write_bytes(THREE_FORMS.read_bytes())
    (here / "去年的表.txt").write_text(ODD, encoding="utf-8")
    (here / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (here / "空.txt").touch()
    (here / "资料").mkdir()
    (here / "资料" / "里面.txt").write_text(ODD, encoding="gb18030")
    return here


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "records")


@pytest.fixture
def page(store: Store, folder: Path, tmp_path: Path) -> ImportPage:
    return ImportPage(store, tmp_path / "state", folder)


def saved(store: Store) -> list[str]:
    return [path.stem for path in store.paths()]


# -- choosing --


async def test_files_that_may_be_forms_come_first(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        names = [row[2:].split()[0] for row in seen.lines[1:7]]
        assert names == ["三张表.txt", "去年的表.txt", "空.txt", "资料/", "图.png", "../（上一级文件夹）"]


async def test_into_a_folder_and_up_again(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await seen.type("资")
        await seen.press("tab")
        await seen.shows("里面.txt")
        assert seen.lines[0].endswith("资料")
        await seen.press("down", "enter")
        await seen.shows("三张表.txt")
        await seen.press("escape")
        assert await seen.ended() == ()


async def test_search_and_complete(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await seen.type("qn")
        assert "去年的表.txt" in seen.current
        await seen.press("tab")
        assert "文件：去年的表.txt" in seen.text
        await seen.press("tab", "enter")
        await seen.until(lambda: isinstance(seen.app.screen, UnderstoodPage))


async def test_a_file_that_came_meanwhile_is_found(show: Show, page: ImportPage, folder: Path) -> None:
    async with show(page) as seen:
        (folder / "刚传来.txt").write_text(ODD, encoding="utf-8")
        await seen.type("刚传")
        assert "刚传来.txt" in seen.current


@pytest.mark.parametrize(
    ("name", "said"), [("图", "图片"), ("空", "文件是空的"), ("无此", "没有这个文件"), ("无此/", "打不开这个文件夹")]
)
async def test_what_cannot_be_read_is_said_with_a_way_on(show: Show, page: ImportPage, name: str, said: str) -> None:
    async with show(page) as seen:
        await seen.type(name)
        if "/" not in name:
            await seen.press("enter")
        await seen.shows(said)
        assert "请" in "".join(seen.lines[-6:-2])
        assert seen.app.screen is page
        await seen.press("ctrl+u")
        await seen.shows("三张表.txt")


async def test_limits_are_kept(show: Show, page: ImportPage, folder: Path) -> None:
    os.truncate(folder / "空.txt", MAX_FILE + 1)
    async with show(page) as seen:
        await seen.type("空")
        await seen.press("enter")
        await seen.shows("上限")


async def test_f1_lists_the_formats(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await seen.press("f1")
        await seen.shows(".xlsx")
        await seen.press("f10")
        await seen.shows("三张表.txt")


# -- pasting --


async def test_a_pasted_form_keeps_its_tabs(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page) as seen:
        await seen.paste(ODD)
        await seen.shows("导入｜粘贴文字")
        await seen.until(lambda: seen.app.focused is page._pasted)
        await seen.press("f9")
        await seen.shows("认出 1 张表")
        await seen.press("f9", "enter")
        [path] = await seen.ended()
    [form] = read(ODD.encode())
    assert decode(read_text(path)).record == form.record
    assert store.paths() == [path]


async def test_pasted_text_is_not_lost(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await seen.press("f6", "f9")
        await seen.shows("还没有文字")
        await seen.paste("一段不是表格的文字")
        await seen.press("f9")
        await seen.shows("没有认出填报表")
        await seen.press("f6")
        await seen.shows("三张表.txt")
        await seen.press("f10")
        assert "不要了吗" in seen.keys
        await seen.press("n", "f6")
        await seen.shows("一段不是表格的文字")
        await seen.press("f10", "enter")
        assert await seen.ended() == ()


def drafts(state: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in state.rglob("*.txt")]


async def test_a_paste_is_on_disk_before_it_is_understood(
    show: Show, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_then: list[str] = []

    def understand(data: bytes, name: str) -> None:
        seen_then.extend(drafts(tmp_path / "state"))
        raise ImportProblem("请看")

    monkeypatch.setattr("tui.screens.importing.read_data", understand)
    async with show(page) as seen:
        await seen.paste(ODD)
        assert drafts(tmp_path / "state") == [ODD]
        await seen.press("f6", "f6")
        await seen.until(lambda: seen.app.focused is page._pasted)
        await seen.type("又")
        await seen.press("f9")
        await seen.shows("请看")
        assert seen_then == [ODD + "又"]


async def test_a_paste_that_became_no_record_is_offered_again(
    show: Show, store: Store, folder: Path, tmp_path: Path
) -> None:
    left = tmp_path / "state" / "pasted" / "999999999.txt"
    left.parent.mkdir(parents=True)
    left.write_text(ODD, encoding="utf-8")
    async with show(ImportPage(store, tmp_path / "state", folder)) as seen:
        await seen.shows("上次粘贴的还没保存成记录，接着看？")
        await seen.press("n")
        await seen.press("f10")
        assert await seen.ended() == ()
    assert left.exists()
    async with show(ImportPage(store, tmp_path / "state", folder)) as seen:
        await seen.shows("接着看？")
        await seen.press("enter")
        await seen.shows("合同为准")
        await seen.press("f9")
        await seen.shows("认出 1 张表")
        assert drafts(tmp_path / "state") == [ODD]
        await seen.press("f9", "y")
        [path] = await seen.ended()
    assert decode(read_text(path)).record == read(ODD.encode())[0].record
    assert drafts(tmp_path / "state") == []


async def test_a_paste_dropped_on_purpose_is_gone(show: Show, page: ImportPage, tmp_path: Path) -> None:
    async with show(page) as seen:
        await seen.paste(ODD)
        await seen.press("f10", "y")
        await seen.ended()
    assert drafts(tmp_path / "state") == []


async def test_a_paste_of_a_running_program_is_left_to_it(
    show: Show, store: Store, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "state" / "pasted" / f"{os.getppid()}.txt"
    other.parent.mkdir(parents=True)
    other.write_text(ODD, encoding="utf-8")
    async with show(ImportPage(store, tmp_path / "state", folder)) as seen:
        await seen.shows("三张表.txt")
        assert "接着看" not in seen.text


async def test_a_disk_that_does_not_take_the_paste_is_said(
    show: Show, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("tui.pasted.write_atomic", full)
    async with show(page) as seen:
        await seen.paste(ODD)
        await seen.shows("没能先存一份：磁盘已满")
        await seen.press("f9")
        await seen.shows("认出 1 张表")


async def test_a_pasted_path_is_a_path(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await seen.paste("资料/里面.txt\n")
        assert "里面.txt" in seen.current


# -- what was understood --


async def open_file(seen: object, name: str) -> None:
    await seen.type(name)  # type: ignore[attr-defined]
    await seen.press("enter")  # type: ignore[attr-defined]
    await seen.shows("认出")  # type: ignore[attr-defined]


async def test_several_forms_are_saved_one_by_one_as_wished(show: Show, page: ImportPage, store: Store) -> None:
    forms = read(THREE_FORMS.read_bytes(), THREE_FORMS.name)
    async with show(page, size=(100, 40)) as seen:
        await open_file(seen, "三张表")
        assert f"认出 {len(forms)} 张表" in seen.text
        await seen.press("tab", "space")
        assert "[  ] 2." in seen.current
        assert f"要存 {len(forms) - 1} 张" in seen.lines[0]
        assert saved(store) == []
        await seen.press("f9")
        assert saved(store) == []
        await seen.press("enter")
        paths = await seen.ended()
    kept = [form.record for number, form in enumerate(forms) if number != 1]
    assert [decode(read_text(path)).record for path in paths] == kept


async def test_every_field_is_shown_with_its_value(show: Show, page: ImportPage) -> None:
    async with show(page, size=(120, 200)) as seen:
        await open_file(seen, "去年")
        for label, value in (("预算单位", "信息中心"), ("项目概况", "租用光纤147条。"), ("租用光纤数", "=147条")):
            assert any(label in row and value in row for row in seen.lines), label
        assert any("？" in row and "以合同为准[/b][@click=app.quit]" in row for row in seen.lines)
        assert any("！" in row and "开始时间" in row for row in seen.lines)
        await seen.press("f3")
        assert not any("信息中心" in row for row in seen.lines)
        await seen.press("f4")
        await seen.shows("预览")


async def test_a_loose_paragraph_goes_to_a_field(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page) as seen:
        await open_file(seen, "去年")
        await seen.press("f3", "down", "enter")
        assert isinstance(seen.app.screen, PickPage)
        await seen.type("qtwt")
        await seen.press("enter")
        await seen.until(lambda: isinstance(seen.app.screen, UnderstoodPage))
        assert "已放到" in seen.keys
        await seen.press("f9", "y")
        [path] = await seen.ended()
    record = decode(read_text(path)).record
    assert "以合同为准[/b][@click=app.quit]" in record.declaration.narrative.remarks
    assert not any("以合同" in text for text in record.extra["unplaced"]["text"])


async def test_a_value_is_put_right_on_the_way(show: Show, page: ImportPage) -> None:
    async with show(page, size=(80, 40)) as seen:
        await open_file(seen, "去年")
        await seen.until(lambda: "开始时间：上半年" in seen.text)
        while "开始时间：上半年" not in seen.current:
            await seen.press("down")
        await seen.press("enter")
        assert seen.current == "> 开始时间"
        await seen.press("enter", "enter")
        assert "没有看懂日期" in seen.keys
        await seen.press("ctrl+u")
        await seen.type("1月1日")
        await seen.press("enter")
        assert "×  开始时间：上半年" in seen.text
        assert "2020-01-01" in seen.text
        await seen.press("ctrl+z")
        assert "开始时间：上半年" in seen.text


async def test_dropping_is_on_purpose_and_can_be_taken_back(show: Show, page: ImportPage) -> None:
    async with show(page) as seen:
        await open_file(seen, "去年")
        await seen.press("down", "ctrl+k")
        assert "×" in seen.current
        await seen.press("ctrl+k")
        assert "？" in seen.current
        await seen.press("ctrl+k", "f9")
        await seen.press("y")
        [path] = await seen.ended()
    texts = decode(read_text(path)).record.extra["unplaced"]["text"]
    assert len(texts) == len(read(ODD.encode())[0].unplaced) - 1


async def test_paragraphs_in_the_wrong_field_change_places(show: Show, page: ImportPage) -> None:
    async with show(page, size=(80, 60)) as seen:
        await open_file(seen, "去年")
        while "《督办制度》" not in seen.current:
            await seen.press("down")
        await seen.press("f6")
        assert seen.current.startswith("> 保证项目实施制度、措施")
        await seen.type("制度")
        await seen.press("enter")
        await seen.until(lambda: "已对调" in seen.keys)
        await seen.press("f9", "y")
        [path] = await seen.ended()
    narrative = decode(read_text(path)).record.declaration.narrative
    assert (narrative.plan, narrative.measures) == ("每月检查一次", "《网格化管理工作例会制度》《督办制度》")


async def to_row(seen: Seen, text: str) -> None:
    await seen.press("pageup", "pageup")
    for _ in range(200):
        if text in seen.current:
            return
        await seen.press("down")
    raise AssertionError(seen.text)


async def test_a_long_text_is_retyped_in_place(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page, size=(80, 60)) as seen:
        await open_file(seen, "去年")
        await to_row(seen, "项目概况")
        await seen.press("enter")
        await seen.shows("改文字｜项目概况")
        await seen.paste("另租用语音专线。")
        await seen.press("f10")
        assert "改过的不要了吗" in seen.keys
        await seen.press("n", "f9")
        await seen.shows("另租用语音专线。")
        await seen.press("f9", "y")
        [path] = await seen.ended()
    record = decode(read_text(path)).record
    assert record.declaration.narrative.overview == "租用光纤147条。另租用语音专线。"
    assert record.marks("origins")["narrative.overview"] == "typed"


async def test_a_row_gets_a_name_a_target_and_a_slot(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page, size=(80, 60)) as seen:
        await open_file(seen, "去年")
        await to_row(seen, "租用光纤数")
        await seen.press("enter")
        assert "指标名称：租用光纤数" in seen.text
        await seen.press("ctrl+u", "enter")
        assert "1 到 100 个字" in seen.keys
        await seen.type("光纤租用条数")
        await seen.press("enter")
        assert "光纤租用条数 目标值：=147条" in seen.text
        await seen.press("ctrl+u")
        await seen.type("=150条")
        await seen.press("enter", "f6")
        await seen.type("成本")
        await seen.press("enter")
        await seen.until(lambda: "已换到产出目标›成本" in seen.keys)
        await seen.press("f9", "y")
        [path] = await seen.ended()
    [row] = decode(read_text(path)).record.declaration.indicators
    assert (row.level2, row.name, row.target) == ("成本", "光纤租用条数", "=150条")


async def test_a_row_is_left_out_and_a_field_taken_out(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page, size=(80, 60)) as seen:
        await open_file(seen, "去年")
        await to_row(seen, "租用光纤数")
        await seen.press("ctrl+k")
        await to_row(seen, "产出目标›数量：租用光纤数 =147条")
        assert "×" in seen.current
        await to_row(seen, "信息中心")
        await seen.press("ctrl+k")
        await to_row(seen, "预算单位：信息中心")
        assert "？" in seen.current
        await seen.press("f9", "y")
        [path] = await seen.ended()
    record = decode(read_text(path)).record
    assert (record.declaration.indicators, record.declaration.project.unit) == ((), "")
    kept = record.extra["unplaced"]["text"]
    assert "预算单位：信息中心" in kept
    assert not any("租用光纤数" in text for text in kept)


async def test_changes_are_not_left_by_accident(show: Show, page: ImportPage, store: Store) -> None:
    async with show(page) as seen:
        await open_file(seen, "去年")
        await seen.press("f8", "f9")
        assert "没有要存的表" in seen.keys
        await seen.press("f10")
        assert "还没有存" in seen.keys
        await seen.press("f10")
        assert isinstance(seen.app.screen, UnderstoodPage)
        await seen.press("f10", "enter")
        await seen.shows("去年的表.txt")
        await seen.press("f10")
        assert await seen.ended() == ()
    assert saved(store) == []


async def test_a_full_disk_loses_nothing(
    show: Show, page: ImportPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, calls = store.add, [0]

    def failing(record: object) -> Path:
        calls[0] += 1
        if calls[0] == 2:
            raise OSError(errno.ENOSPC, "no space")
        return add(record)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "add", failing)
    async with show(page, size=(100, 40)) as seen:
        await open_file(seen, "三张表")
        await seen.press("f9", "y")
        assert "第 2 张没有存上：磁盘已满" in seen.keys
        assert len(saved(store)) == 1
        assert "[已存] 1." in seen.text
        await seen.press("f9", "y")
        assert len(await seen.ended()) == 3
    assert len(saved(store)) == 3


async def test_many_forms_are_folded_at_first(show: Show, store: Store, folder: Path) -> None:
    forms = read(THREE_FORMS.read_bytes()) * 4
    async with show(UnderstoodPage(store, forms, "很多.txt"), size=(100, 24)) as seen:
        assert "[√] 12." in seen.text
        await seen.press("enter")
        assert "[√] 2." not in seen.text
        await seen.press("tab", "tab")
        assert seen.current.startswith("> [√] 3.")


# -- on a terminal --


def test_by_keys_on_a_terminal(
    start: Callable[..., PtyApp], folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    environment = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    app = start(
        argv=[sys.executable, str(HERE / "pages_app.py"), "import", str(store.folder)],
        env=environment,
        wait="选一个文件",
    )
    app.send("去年\t\r\x1b[20~\r")
    assert app.exit_code() == 0, app.text
    assert saved(store) == ["2020-热线线路租用费"]


def test_a_paste_on_a_terminal(
    start: Callable[..., PtyApp], folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    environment = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    app = start(
        argv=[sys.executable, str(HERE / "pages_app.py"), "import", str(store.folder)],
        env=environment,
        wait="选一个文件",
    )
    app.send("\x1b[200~" + ODD.replace("\n", "\r\n") + "\x1b[201~")
    assert app.shows("粘贴文字")
    app.type("\x1b[20~")
    assert app.shows("认出 1 张表"), app.text
    app.type("\x1b[20~", "y")
    assert app.exit_code() == 0
    [path] = store.paths()
    assert decode(read_text(path)).record == read(ODD.encode())[0].record


def test_a_closed_window_loses_nothing_of_a_paste(
    start: Callable[..., PtyApp], folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    environment = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    argv = [sys.executable, str(HERE / "pages_app.py"), "import", str(store.folder)]
    app = start(argv=argv, env=environment, wait="选一个文件")
    app.send("\x1b[200~" + ODD.replace("\n", "\r\n") + "\x1b[201~")
    assert app.shows("投诉办结率")
    app.type("另")
    assert app.until(lambda: app.text.count("另") == 2), app.text
    os.kill(app.pid, signal.SIGHUP)
    app.exit_code()
    assert drafts(folder / "state") == [ODD + "另"]
    again = start(argv=argv, env=environment, wait="接着看")
    again.type("\r")
    assert again.shows("合同为准"), again.text
