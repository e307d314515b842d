"""The sides of suggest_bench: tianbiao's engine and what one would take off the shelf, over the same library.

Each side builds what it can keep in a folder, loads that, and answers; slots are filtered after ranking for the peers.
"""

from __future__ import annotations

import abc
import marshal
import pickle
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

TITLE = "村级卫生室医疗设备购置项目"
STORY = "购置村卫生室除颤仪36台、心电图机12台，政府采购公开招标，10月底前完成安装调试，服务群众2万人。"
SLOT = ("产出目标", "数量")


def text_of(entry: Any) -> str:
    """What peers index of an entry."""
    return " ".join((entry.name.split("}")[-1], *entry.synonyms, *entry.keywords))


class Ours:
    """tianbiao's engine."""

    name = "tianbiao"
    needs = ""

    def build(self, entries: tuple[Any, ...], folder: Path) -> None:
        from domain.library.load import rows_of
        from suggest.data import build_data
        from suggest.segment import load_segment

        prepared: Any = (rows_of(entries), build_data(entries, load_segment()))
        (folder / "data").write_bytes(marshal.dumps(prepared))

    def load(self, folder: Path) -> None:
        from domain.library.load import entries_of
        from suggest.engine import Engine

        rows, data = marshal.loads((folder / "data").read_bytes())
        self.engine = Engine.load(entries=entries_of(rows), data=data)

    def declaration(self, title: str, story: str) -> Any:
        from suggest.command import declaration_of

        return declaration_of({"project": title, "narrative": story})

    def best(self, title: str, story: str, slot: tuple[str, str]) -> list[str]:
        return [one.name for one in self.engine.offer(self.declaration(title, story), slot).suggestions]

    def typed(self, slot: tuple[str, str], text: str) -> list[str]:
        if not hasattr(self, "open"):
            self.open = self.declaration(TITLE, STORY)
        return [one.name for one in self.engine.search(self.open, slot, text)]


class Peer(abc.ABC):
    """Something that ranks texts; slots are filtered afterwards. Subclasses say how texts are indexed and searched."""

    name = ""
    needs = ""
    """Module that must be installed, "" where Python brings it."""

    def build(self, entries: tuple[Any, ...], folder: Path) -> None:
        rows = [("/".join(entry.slot), entry.name.split("}")[-1], text_of(entry)) for entry in entries]
        (folder / "rows").write_bytes(marshal.dumps(rows))
        self.index([row[2] for row in rows], folder)

    def load(self, folder: Path) -> None:
        self.rows: list[tuple[str, str, str]] = marshal.loads((folder / "rows").read_bytes())
        self.open_index(folder)

    def index(self, texts: list[str], folder: Path) -> None: ...  # noqa: B027  nothing to do for some
    def open_index(self, folder: Path) -> None: ...  # noqa: B027  nothing to do for some
    @abc.abstractmethod
    def ranked(self, text: str) -> Iterable[int]: ...

    def best(self, title: str, story: str, slot: tuple[str, str]) -> list[str]:
        return self._of(slot, f"{title} {story}", 5)

    def typed(self, slot: tuple[str, str], text: str) -> list[str]:
        return self._of(slot, text, 8)

    def _of(self, slot: tuple[str, str], text: str, limit: int) -> list[str]:
        place, found = "/".join(slot), []
        for number in self.ranked(text):
            if self.rows[number][0] == place:
                found.append(self.rows[number][1])
                if len(found) == limit:
                    break
        return found


class RankBM25(Peer):
    name = "jieba + rank-bm25"
    needs = "rank_bm25"

    def cut(self, text: str) -> list[str]:
        import jieba

        jieba.setLogLevel(60)
        return [word for word in jieba.cut_for_search(text) if word.strip()]

    def index(self, texts: list[str], folder: Path) -> None:
        okapi = import_module("rank_bm25").BM25Okapi
        (folder / "index").write_bytes(pickle.dumps(okapi([self.cut(text) for text in texts])))

    def open_index(self, folder: Path) -> None:
        import jieba

        import_module("rank_bm25")
        jieba.setLogLevel(60)
        jieba.initialize()
        self.bm25 = pickle.loads((folder / "index").read_bytes())

    def ranked(self, text: str) -> Iterable[int]:
        scores = self.bm25.get_scores(self.cut(text))
        return [int(number) for number in scores.argsort()[::-1] if scores[number] > 0]


class BM25S(RankBM25):
    name = "jieba + bm25s"
    needs = "bm25s"

    def index(self, texts: list[str], folder: Path) -> None:
        model = import_module("bm25s").BM25()
        model.index([self.cut(text) for text in texts], show_progress=False)
        model.save(str(folder / "index"))

    def open_index(self, folder: Path) -> None:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        self.model = import_module("bm25s").BM25.load(str(folder / "index"))

    def ranked(self, text: str) -> Iterable[int]:
        words = self.cut(text)
        if not words:
            return []
        found, scores = self.model.retrieve([words], k=min(len(self.rows), 400), show_progress=False)
        return [int(number) for number, value in zip(found[0], scores[0], strict=True) if value > 0]


class FTS5(Peer):
    name = "SQLite FTS5 trigram"

    def index(self, texts: list[str], folder: Path) -> None:
        import sqlite3

        database = sqlite3.connect(folder / "index")
        database.execute("create virtual table t using fts5(x, tokenize='trigram')")
        database.executemany("insert into t(rowid, x) values (?, ?)", enumerate(texts))
        database.commit()
        database.close()

    def open_index(self, folder: Path) -> None:
        import sqlite3

        self.database = sqlite3.connect(folder / "index")

    def ranked(self, text: str) -> Iterable[int]:
        if len(text) < 3:
            return [
                row[0] for row in self.database.execute("select rowid from t where x like ? limit 400", (f"%{text}%",))
            ]
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams) if gram.strip())
        sql = "select rowid from t where t match ? order by rank limit 400"
        return [row[0] for row in self.database.execute(sql, (match,))]


class FTS5Jieba(FTS5, RankBM25):
    name = "SQLite FTS5, jieba words"

    def index(self, texts: list[str], folder: Path) -> None:
        import sqlite3

        database = sqlite3.connect(folder / "index")
        database.execute("create virtual table t using fts5(x, tokenize='unicode61')")
        database.executemany(
            "insert into t(rowid, x) values (?, ?)", enumerate(" ".join(self.cut(text)) for text in texts)
        )
        database.commit()
        database.close()

    def open_index(self, folder: Path) -> None:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        super().open_index(folder)

    def ranked(self, text: str) -> Iterable[int]:
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(self.cut(text)))
        sql = "select rowid from t where t match ? order by rank limit 400"
        return [row[0] for row in self.database.execute(sql, (match,))] if match else []


class Fuzz(Peer):
    name = "rapidfuzz"
    needs = "rapidfuzz"

    def open_index(self, folder: Path) -> None:
        self.process = import_module("rapidfuzz.process")
        self.scorer = import_module("rapidfuzz.fuzz").partial_ratio
        self.texts = [row[2] for row in self.rows]

    def ranked(self, text: str) -> Iterable[int]:
        return [number for _, _, number in self.process.extract(text, self.texts, scorer=self.scorer, limit=400)]


SIDES: tuple[type[Ours] | type[Peer], ...] = (Ours, RankBM25, BM25S, FTS5, FTS5Jieba, Fuzz)
