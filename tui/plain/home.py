"""The first screen line by line (主屏): the records by number, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from domain.records import trash
from domain.records.atomic import reason
from domain.records.catalog import Catalog, Info
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.records.store import Opened, Store
from tui import INTERRUPTED, OK, wiring
from tui.folders import Folders
from tui.plain.console import SHOWN, Console, Ended
from tui.plain.files import export, import_forms, learn
from tui.plain.shelf import choose_entry
from tui.plain.talk import Talk
from tui.plain.views import Views
from tui.record_keys import progress
from tui.searching import matcher

COMMANDS = (
    ("新", "新填一张表"),
    ("草拟", "新填一张，先粘贴项目说明拟一稿"),
    ("导入", "由文件或粘贴的文字"),
    ("结转 序号", "由这一份起下一年的表"),
    ("另起 序号", "照这一份起另一个项目的表"),
    ("导出 序号", "写成别的格式"),
    ("预览 序号", "看整张表"),
    ("检查 序号", "看哪里会被退回，再接着填"),
    ("删 序号", "移到回收文件夹"),
    ("回收", "看回收文件夹，取回一份"),
    ("指标库", "翻看指标库"),
    ("学习", "导览、课程、练习"),
    ("列表", "再列一遍记录"),
    ("找 文字", "按名称、单位、年份、拼音首字母找记录，或 找 没填完"),
    ("帮助", "这份说明"),
    ("退出", "离开"),
)

ALIASES = {"?": "帮助", "？": "帮助", "命令": "帮助", "新填": "新", "离开": "退出", "q": "退出", "quit": "退出"}
"""Other words for them: those of the full screen and of a conversation; / before any of them is passed over."""


class Home:
    """The records of the folder, and what leads on from there."""

    def __init__(self, folders: Folders, console: Console) -> None:
        self._folders, self._console = folders, console
        self.store = Store(folders.records)
        self._catalog = Catalog(self.store, folders.cache, progress)
        self._shown: list[Info] = []
        self._plain: dict[str, Callable[[], object]] = {
            "新": lambda: self.fill(self.store.new()),
            "草拟": lambda: self.fill(self.store.new(), draft=True),
            "导入": lambda: import_forms(console, self.store, folders.state),
            "列表": lambda: self._list(""),
            "回收": self._trash,
            "指标库": self._library,
            "学习": lambda: learn(console, folders),
            "帮助": self._help,
        }
        self._with_record: dict[str, Callable[[Info], object]] = {
            "结转": self._roll,
            "另起": self._copy,
            "导出": self._export,
            "预览": self._preview,
            "检查": lambda info: self.fill(self.store.open(self.store.resolve(info.stem)), check=True),
            "删": self._delete,
        }

    # -- filling --

    def fill(self, opened: Opened, *, draft: bool = False, check: bool = False) -> int:
        """A conversation about a record, after its review where that is asked for; returns the exit code."""
        dialogue = wiring.dialogue_of(self._folders, self.store, opened)
        if draft:
            dialogue.command("draft")
        views = Views(dialogue, self._console, self._folders)
        if check:
            views.show("check")
        return Talk(dialogue, self._console, views.show).run()

    # -- the menu --

    def run(self) -> int:
        """List the records, do as told, again; returns the exit code."""
        try:
            self._list("")
            self._help()
            while self._once():
                pass
        except Ended:
            self._console.line()
            self._console.say("输入结束，记录都已存好。")
        except KeyboardInterrupt:
            self._console.line()
            return INTERRUPTED
        return OK

    def _list(self, query: str) -> None:
        infos = self._catalog.infos()
        self._shown = list(filter(matcher(query), infos))
        found = f"找到 {len(self._shown)} 份" if query else f"{len(infos)} 份记录"
        self._console.say(f"主屏，{found}。" if self._shown else f"主屏，{found}。写“新”新填一张。")
        self._console.list([_described(info) for info in self._shown], most=SHOWN)

    def _help(self) -> None:
        self._console.say("写序号打开一份记录；也可以写：")
        for word, about in COMMANDS:
            self._console.line(f"{word}：{about}")

    def _once(self) -> bool:
        """One line of the menu; whether to go on."""
        answer = self._console.read("你（主屏）：").strip()
        word, _, rest = answer.lstrip("/／").partition(" ")
        word = ALIASES.get(word, word)
        if word == "退出":
            return False
        try:
            self._do(answer, word, rest.strip())
        except RecordError as error:
            self._console.say(f"打不开：{error}")
        except OSError as error:
            self._console.say(f"{error.filename or self._folders.records}：{reason(error)}，请改好再试。")
        return True

    def _do(self, answer: str, word: str, rest: str) -> None:
        at = self._console.number(answer, len(self._shown))
        if at is not None:
            self.fill(self.store.open(self.store.resolve(self._shown[at].stem)))
            self._list("")
        elif word in self._plain:
            self._plain[word]()
            if word in ("新", "草拟", "导入", "回收"):
                self._list("")
        elif word in self._with_record:
            which = self._console.number(rest, len(self._shown))
            if which is None:
                self._console.say(f"没有第“{rest}”份，请在“{word}”后面空一格写上面的序号。")
            else:
                self._with_record[word](self._shown[which])
                if word in ("结转", "另起", "检查", "删"):
                    self._list("")
        elif word == "找" or not answer:
            self._list(rest)
        else:
            self._console.say(f"没有“{answer}”。请写序号，或写“帮助”看能做什么。")

    # -- with a record --

    def _export(self, info: Info) -> None:
        from tui.outgoing import of_file

        path = self.store.resolve(info.stem)
        export(self._console, of_file(self._folders, path, read_record(path)))

    def _roll(self, info: Info) -> None:
        from domain import rolling

        record = self.store.record(info.stem)
        try:
            year = rolling.year_for(record)
        except rolling.NoYearError as error:
            self._console.say(f"{info.stem} {error}；请先打开它填好年份。")
            return
        if self._console.confirm(f"由“{info.stem}”结转出 {year} 年的表？"):
            self.fill(self.store.open(self.store.add(rolling.roll(record, year))))

    def _copy(self, info: Info) -> None:
        from domain import copying

        if self._console.confirm(f"照“{info.stem}”另起一个项目的表？"):
            record = self.store.record(info.stem)
            self.fill(self.store.open(self.store.add(copying.begun_from(record))))

    def _preview(self, info: Info) -> None:
        opened = self.store.open(self.store.resolve(info.stem))
        dialogue = wiring.dialogue_of(self._folders, self.store, opened)
        Views(dialogue, self._console, self._folders).show("preview")
        dialogue.session.close()

    def _delete(self, info: Info) -> None:
        if self._console.confirm(f"把“{info.stem}”移到回收文件夹？"):
            where = self.store.delete(self.store.folder / f"{info.stem}.toml")
            self._console.say(f"已移到 {where}，没有真的删掉。")

    def _trash(self) -> None:
        thrown = trash.thrown(self._folders.records)
        if not thrown:
            self._console.say("回收文件夹是空的，回车返回主屏。")
            return
        at = self._console.choose("回收文件夹里有这些，取回哪一份？", [one.name for one in thrown])
        if at is not None:
            self._console.say(f"取回来了：{trash.put_back(thrown[at])}")

    def _library(self) -> None:
        from tui.browsing import Shelf

        shelf = Shelf(wiring.library(self._folders))
        while choose_entry(self._console, shelf) is not None:
            pass


def _described(info: Info) -> str:
    """A record on one line."""
    if info.problem:
        return f"{info.stem}，损坏：{info.problem}"
    if info.draft:
        return f"{info.stem}，草稿，未存成文件"
    amount = f"，{info.amount}万元" if info.amount else ""
    title = f"{info.year or ''} {info.name}".strip() if info.name else info.stem
    return f"{title}{amount}，填了 {info.filled}/{info.asked} 项，指标 {info.rows} 条"
