"""The official review table (项目支出绩效目标审核表) as a layout, and the targets that write it beside those of the form itself.

A review needs a reader and the folder's other forms; whoever offers these targets brings the review along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.changes import Record
from domain.exchange import sheet_text, to_docx, to_html, to_xlsx
from domain.exchange.exporters import Exporter
from domain.exchange.sheet import Cell, Role, Sheet, label_cell
from domain.grading import GRADES, Grade, Test
from domain.quantity import plain
from domain.review import Review
from domain.review_table import GENERAL, KEY, PointRow, ReviewTable, review_table

Judge = Callable[[Record], Review]
"""Reviews a record among the others of its folder."""

OWN_REVIEW = (
    "本表由程序按审核规则预审得出，供填报单位自查修改，不代表财政部门的审核结论；审核要点的文字以正式附件为准。"
)
ABOUT = "按检查的结果填好《项目支出绩效目标审核表》，不是表本身；改了表再写一次就是新的意见。"
FINE = "符合要求。"
_LONGEST = 600
"""Characters of opinions in one row of cells: a spreadsheet's row does not grow beyond its limit."""


FORMATS: Mapping[str, tuple[str, Callable[[Sheet], bytes]]] = {
    ".docx": ("Word", to_docx.document),
    ".xlsx": ("Excel", to_xlsx.workbook),
    ".html": ("网页", to_html.page),
    ".md": ("Markdown", sheet_text.markdown),
    ".txt": ("文字", sheet_text.text),
}
"""What the table is written as, by suffix: how the format is called, and what draws it."""


def exporters(judge: Judge) -> tuple[Exporter, ...]:
    """The review table for ordinary projects (一般性项目) and for key projects (重点项目, with points) in every format."""
    return tuple(exporter(judge, suffix, key_project=key) for key in (False, True) for suffix in FORMATS)


def exporter(judge: Judge, suffix: str, *, key_project: bool = False) -> Exporter:
    """The target that writes the review table into files of a suffix; raises KeyError for one that there is no format of."""
    name, draw = FORMATS[suffix]

    def write(record: Record) -> bytes:
        return draw(sheet(review_table(record.declaration, judge(record), key_project=key_project)))

    identity = f"review-{'key-' if key_project else ''}{suffix[1:]}"
    label = f"绩效目标审核表·{KEY if key_project else GENERAL}（{name}）"
    return Exporter(identity, label, suffix, write, whole=True, lacks="带得分" * key_project, about=ABOUT)


# --- layout ----------------------------------------------------------------------------------------------------------


def sheet(table: ReviewTable) -> Sheet:
    """The table in the layout of the annex of 财预〔2015〕88号 (参考); with points for a key project."""
    points = table.kind == KEY
    last = 1 if points else 0
    rows: list[tuple[Cell, ...]] = [
        (label_cell("项目名称"), Cell(table.project, cols=3 + last)),
        (label_cell("主管部门"), Cell(""), label_cell("预算单位"), Cell(table.unit, cols=1 + last)),
        (
            Cell("审核内容", Role.HEAD),
            Cell("审核要点", Role.HEAD, cols=2),
            Cell("审核意见", Role.HEAD),
            *((Cell("得分", Role.HEAD),) if points else ()),
        ),
        *_points(table, points),
        (
            label_cell("综合评定等级"),
            Cell(boxes(table.grade), Role.LEVEL, cols=3),
            *((Cell(plain(table.total), Role.LEVEL),) if points else ()),
        ),
        (label_cell("总体意见"), Cell(table.opinion, Role.LONG, cols=3 + last)),
    ]
    if table.ignored:
        rows.append((label_cell("填报单位说明"), Cell(_numbered(table.ignored), Role.LONG, cols=3 + last)))
    year = f"{table.year}年度　" if table.year else ""
    widths = (14, 16, 26, 58, 9) if points else (14, 16, 26, 66)
    return Sheet(table.title, f"{year}{table.kind}", widths, tuple(rows), (("说明", OWN_REVIEW),))


def boxes(grade: Grade) -> str:
    """优□ 良√ 中□ 差□: signs that every office font and every Chinese encoding has."""
    return " ".join(f"{one.label}{'√' if one is grade else '□'}" for one in GRADES)


def _points(table: ReviewTable, points: bool) -> Iterator[tuple[Cell, ...]]:
    chunks = {row.point: list(_opinions(row, points)) for row in table.rows}
    for test in Test:
        for number, row in enumerate(one for one in table.rows if one.test is test):
            texts = chunks[row.point]
            reach = sum(len(chunks[one.point]) for one in table.rows if one.test is test)
            label = f"{test.value}（{plain(test.points)}分）" if points else test.value
            point = f"{row.point}（{plain(row.full)}分）" if points else row.point
            heads = (Cell(point, Role.LEVEL, rows=len(texts)), Cell(row.meaning, rows=len(texts)))
            test_head = (Cell(label, Role.LEVEL, rows=reach),) if number == 0 else ()
            score = (Cell(plain(row.points), Role.LEVEL, rows=len(texts)),) if points else ()
            yield (*test_head, *heads, Cell(texts[0], Role.LONG), *score)
            yield from ((Cell(text, Role.LONG),) for text in texts[1:])


def _opinions(row: PointRow, points: bool) -> Iterator[str]:
    """The grade and the opinions, in texts of bearable length."""
    opinions = list(row.opinions)
    if points and row.borne:
        opinions.append(f"{row.test.value}另一要点扣分超过其分值，超出的{plain(row.borne)}分在此扣除。")
    text = boxes(row.grade)
    for number, opinion in enumerate(opinions or [FINE], 1):
        line = f"{number}. {opinion}" if opinions else opinion
        if len(text) + len(line) > _LONGEST:
            yield text
            text = line
        else:
            text += f"\n{line}"
    yield text


def _numbered(lines: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {one}" for number, one in enumerate(lines, 1))
