"""定目标值 (target): operator 0.4, unit 0.3, a plausible value 0.3; the source (取值来源) is asked for and commented on.

Targets come from the library (a typical value with a plausible range around it) or from an example form, where the value
follows from the text shown. Judged indicators (定性) want the word that fits their name.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.case import Row
from domain.library import Entry
from domain.library.entry import BASES, filled
from domain.quantity import Target, plain
from domain.text import one_line
from domain.training.answers import content_pairs, need, texts
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap_all
from domain.training.material import Material
from domain.training.measures import counts_alike, factor, normal
from domain.training.target_answers import DateAnswer, read_date, read_target
from domain.vocabulary import WORDS, words_for

OPERATOR, UNIT, VALUE = 0.4, 0.3, 0.3
_DATED = re.compile(r"月底|(?<!个)月$|年$|届")
_DEADLINE = "月底"
"""The unit of library entries whose target is a date."""
_HUNDRED = Decimal(100)
_LATE = "检验问句：晚几天会不会误事？会，就写到哪一天为止。"


def topics(material: Material) -> tuple[str, ...]:
    """Slots with at least three entries whose typical target is a number."""
    counts: dict[tuple[str, str], int] = {}
    for entry in filter(usable, material.drawn):
        counts[entry.slot] = counts.get(entry.slot, 0) + 1
    return tuple(f"slot:{slot.role}" for slot in material.framework.slots if counts.get(slot.key, 0) >= 3)


def usable(entry: Entry) -> bool:
    """Whether an entry's typical target can be asked for: a judged word, or a number that is no date."""
    if entry.kind == "qualitative":
        return bool(entry.target) and entry.target in words_for(entry.name)
    if entry.unit == _DEADLINE:
        return True
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", entry.target)) and not _DATED.search(entry.unit)


def make(material: Material, seed: Seed) -> Data:
    """An entry of the wanted slot, or for every third exercise of the outputs a row of an example form."""
    role = seed.wants("slot")
    if role in ("", "output.quantity", "output.cost") and seed.rng("source").random() < 0.34:
        return _from_example(material, seed, role or "output.")
    pool = [entry for entry in material.drawn if usable(entry) and (not role or material.role(entry.slot) == role)]
    if not role:
        role = seed.pick(sorted({material.role(entry.slot) for entry in pool}), str, "slot")
        pool = [entry for entry in pool if material.role(entry.slot) == role]
    return data_of(seed.pick(pool, lambda entry: entry.id, "entry"), role)


def data_of(entry: Entry, role: str) -> dict[str, Any]:
    """The exercise of a library entry."""
    data: dict[str, Any] = {
        "name": filled(entry.name),
        "level1": entry.level1,
        "level2": entry.level2,
        "entry": entry.id,
        "basis": list(entry.basis),
        "typical": entry.target_text,
    }
    if entry.kind == "qualitative":
        return data | {"judged": list(words_for(entry.name))}
    if entry.unit == _DEADLINE:
        return data | {"dated": True, "typical": f"{entry.target or 6}月底前"}
    low, high = plausible(entry, role)
    operators = operators_of(entry.direction, entry.operator, Decimal(entry.target), planned=role == "output.quantity")
    return data | {"operators": operators, "unit": entry.unit, "low": plain(low), "high": plain(high)}


def operators_of(direction: str, operator: str, value: Decimal, *, planned: bool) -> list[str]:
    """The operators that fit; = where nothing beyond the value exists, or where it is a planned quantity."""
    if direction == "less":
        return ["<=", "<"] + (["="] if value == 0 else [])
    if direction == "more":
        return [">=", ">"] + (["="] if planned or operator == "=" or value == _HUNDRED else [])
    return ["=", ">="]


def plausible(entry: Entry, role: str) -> tuple[Decimal, Decimal]:
    """The range within which a target is taken to be plausible, ends included."""
    value = Decimal(entry.target)
    if entry.unit in ("%", "‰") and entry.direction != "less":
        if entry.direction == "more" and value < _HUNDRED and role == "effect.satisfaction":
            return max(value - 10, Decimal(0)), Decimal(99)
        margin = Decimal(5) if value >= 95 else Decimal(10)
        return max(value - margin, Decimal(0)), max(_HUNDRED, value * Decimal("1.5") if value > _HUNDRED else value)
    if entry.direction == "less":
        return Decimal(0) if value <= 10 else value / 4, value * 2 if value else Decimal(0)
    return value / 2, value * 3 if entry.direction == "more" else value * 2


def _from_example(material: Material, seed: Seed, prefix: str) -> Data:
    found = [
        (name, row)
        for name in material.examples
        for row in material.case(material.examples[name]).by_role(
            *[one for one in ("output.quantity", "output.cost") if one.startswith(prefix)]
        )
        if row.target.is_number and _stated(material, name, row)
    ]
    name, row = seed.pick(found, lambda item: f"{item[0]}/{item[1].name}", "row")
    number = plain(row.target.number or Decimal(0))
    money = row.role == "output.cost"
    return {
        "name": row.name,
        "level1": row.slot[0],
        "level2": row.slot[1],
        "example": name,
        "operators": ["<=", "<"] if money else ["=", ">="],
        "unit": row.target.unit,
        "low": number,
        "high": number,
        "typical": row.target.text,
        "basis": ["预算支出标准", "计划标准"] if money else ["计划标准"],
    }


def _stated(material: Material, name: str, row: Row) -> bool:
    texts_ = material.examples[name].narrative
    number = plain(row.target.number or Decimal(0))
    where = texts_.remarks if row.role == "output.cost" else texts_.overview
    return bool(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", where))


def complete(material: Material, data: Data) -> Data:
    """The exercise with what the library knows about its name; raises ExerciseError where nothing is known."""
    if (
        data.get("judged")
        or data.get("dated")
        or all(data.get(name) is not None for name in ("operators", "unit", "low", "high"))
    ):
        return data
    name = need(data, "name")
    found = [entry for entry in material.entries if name in (entry.name, filled(entry.name)) and usable(entry)]
    if data.get("level2"):
        found = [entry for entry in found if entry.level2 == data["level2"]] or found
    if not found:
        raise ExerciseError(f"指标库里没有“{name}”的常用目标值；自拟的题请写上 operators、unit、low、high")
    return {**data_of(found[0], material.role(found[0].slot)), **data}


def pose(material: Material, data: Data) -> Posed:
    """The indicator, what is counted and how a value is found; for a form the text that holds the number."""
    data = complete(material, data)
    name = need(data, "name")
    lines = [f"指标：{data.get('level2', '')}　{name}".replace("：　", "：")]
    entry = material.entry_by_id.get(str(data.get("entry", "")))
    if entry is not None:
        lines += [f"口径：{entry.definition}", f"取值参考：{entry.basis_note}"]
    if data.get("example"):
        declaration = material.example(str(data["example"]))
        lines.append(f"项目：{declaration.project.name}")
        if "成本" in str(data.get("level2")):
            lines.append(declaration.narrative.remarks)
        else:
            lines.extend(
                line for line in declaration.narrative.overview.split("\n") if "内容" in line or "范围" in line
            )
    ask, hint = _asked(data)
    roles = [material.role((str(data.get("level1")), str(data.get("level2"))))]
    return Posed(wrap_all(lines), ask, hint=hint, topics=tuple(f"slot:{role}" for role in roles if role))


def _asked(data: Data) -> tuple[str, str]:
    """What is asked for, and the hint: a judged word, a deadline, or a number with operator and unit."""
    if data.get("judged"):
        return (
            "目标值怎么写？这一条定性，写一个判断词。",
            "看名称的结尾：健全性写健全，合规性写合规，情况写提升、建立、减少。",
        )
    sources = f"取值来源是{'、'.join(BASES)}里的一个，不计分。"
    if data.get("dated"):
        return "目标值怎么写？写到哪一天为止，再写取值来源，例如：3月15日前 计划标准。", f"{_LATE}{sources}"
    return (
        "目标值怎么写？写运算符、数字、单位，再写取值来源，例如：>=98% 历史标准。",
        f"先想越大越好还是越小越好，定运算符；再看名称的结尾，定单位。{sources}",
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """0.4 for the operator, 0.3 for the unit, 0.3 for a value in the plausible range."""
    data = complete(material, data)
    name = need(data, "name")
    given = read_target(answer, name)
    role = material.role((str(data.get("level1")), str(data.get("level2"))))
    trained = [f"slot:{role}"] if role else []
    if data.get("judged"):
        return _judged(data, given.target, trained)
    if data.get("dated"):
        return _dated(data, read_date(answer, name), given.source, trained)
    score, lines = _operator(data, given.target)
    earned, line, rate = _unit(data, given.target)
    score += earned
    lines.append(line)
    earned, line = _value(data, given.target, rate)
    lines += [line, _source(data, given.source)]
    unread = "" if given.target.is_number else "没有看到数字，写运算符、数字和单位，例如：>=98% 历史标准。"
    return graded(score + earned, lines, trained, unread=unread)


def _dated(data: Data, given: DateAnswer | None, source: str, trained: list[str]) -> Graded:
    """A deadline: written as a limit 0.4, to the month or day 0.3, a date that exists 0.3."""
    if given is None:
        lines = ["完成时间写“6月30日前”这样的日期，只写“及时”没法核对。", _LATE]
        return graded(0, lines, trained, unread="没有看到日期，例如：6月30日前 计划标准。")
    shown = f"{given.month}月{f'{given.day}日' if given.day else ''}"
    limit = "写了“前”，是期限，对" if given.limit else "少了“前”字，别人会以为非那一天不可"
    lines = [f"期限（0.4）：{limit}。", f"日期（0.6）：{shown}，要落在项目起止时间里，与实施计划一致。"]
    return graded(UNIT + VALUE + (OPERATOR if given.limit else 0), [*lines, _source(data, source), _LATE], trained)


def _judged(data: Data, target: Target, trained: list[str]) -> Graded:
    words = texts(data, "judged")
    question = "检验问句：名称以“性”“情况”结尾，要的是一个判断词；能算出来的才用“率”和百分数。"
    said = target.text.strip("“”。=: ")
    if said in words or any(_as_sentence(said, word, need(data, "name")) for word in words):
        return graded(1, [f"对，写“{said}”。", question], trained)
    start = f"“{one_line(said)[:20]}”与名称不配，" if said else ""
    judged = target.is_number or any(word in said for word in WORDS)
    unread = "" if judged else "没有看到判断词，写健全、合规、规范、及时这样的一个词。"
    return graded(0, [f"{start}应当写“{'”或“'.join(words)}”。", question], trained, unread=unread)


def _as_sentence(said: str, word: str, name: str) -> bool:
    """Whether the answer says of what the name names that it is so: 机制健全 for 管护机制健全性."""
    about = said.removesuffix(word)
    return said.endswith(word) and len(about) > 1 and about in name


def _operator(data: Data, target: Target) -> tuple[float, list[str]]:
    wanted = texts(data, "operators")
    asks = "检验问句：这个数是越大越好、越小越好，还是按计划正好这么多？"
    meaning = {">=": "越大越好，用>=", "<=": "越小越好，用<=", "=": "按计划数，用="}.get(
        wanted[0] if wanted else "", ""
    )
    if "=" in wanted[1:]:
        meaning += "；计划好的数、一点也不能差的也可以写="
    if not target.is_number:
        return 0, [f"运算符（0.4）：{asks}这一条{meaning}。"]
    given = target.operator or "="
    if given in wanted:
        return OPERATOR, [f"运算符（0.4）：{given} 对。{asks}这一条{meaning}。"]
    said = f"{given} 不合适" if target.operator else "没有写，就是等于"
    return 0, [f"运算符（0.4）：{said}。{asks}这一条{meaning}。"]


def _unit(data: Data, target: Target) -> tuple[float, str, Decimal]:
    """(earned, what to say, factor to the wanted unit; 1 where the unit is another, as the number counts by itself)."""
    wanted = need(data, "unit")
    if not target.is_number:
        return 0, f"单位（0.3）：应当是“{wanted}”。", Decimal(1)
    rate = factor(_bare_unit(data, target.unit, wanted), wanted)
    if rate is None and counts_alike(target.unit, wanted):
        return UNIT, f"单位（0.3）：“{target.unit}”也说得通，常用“{wanted}”。", Decimal(1)
    if rate is None:
        shown = f"“{one_line(target.unit)[:20]}”不对" if target.unit else "没有写单位"
        return 0, f"单位（0.3）：{shown}，应当是“{wanted}”。", Decimal(1)
    note = "" if normal(target.unit) == normal(wanted) else f"（折合{wanted}）"
    return UNIT, f"单位（0.3）：“{target.unit}”对{note}。", rate


def _bare_unit(data: Data, unit: str, wanted: str) -> str:
    """The unit without the thing that is counted where the name says it too: 条线路 → 条."""
    thing = unit.removeprefix(wanted)
    name = need(data, "name")
    named = thing.strip() and (thing in name or content_pairs(thing) & content_pairs(name))
    return wanted if unit != wanted and thing != unit and named else unit


def _value(data: Data, target: Target, rate: Decimal) -> tuple[float, str]:
    low, high = _number(data, "low"), _number(data, "high")
    unit = need(data, "unit")
    span = f"正好{plain(low)}{unit}" if low == high else f"{plain(low)}至{plain(high)}{unit}"
    reason = (
        "，从上面的文字里可以找到" if data.get("example") else f"，常用{data['typical']}" if data.get("typical") else ""
    )
    if target.number is None:
        return 0, f"数值（0.3）：合理的范围是{span}{reason}。"
    value = target.number * rate
    if low <= value <= high:
        return VALUE, f"数值（0.3）：在合理范围（{span}）里{reason}。"
    return 0, f"数值（0.3）：{plain(target.number)}不在合理范围（{span}）里{reason}。"


def _number(data: Data, key: str) -> Decimal:
    try:
        return Decimal(str(data[key]))
    except (KeyError, InvalidOperation) as error:
        raise ExerciseError(f"这道题缺少“{key}”（数字）") from error


def _source(data: Data, source: str) -> str:
    wanted = "、".join(texts(data, "basis"))
    if not wanted:
        return "来源：写清取自计划、历史、行业还是支出标准，评审会问。"
    if not source:
        return f"来源（不计分）：没有写。这一条一般取自{wanted}。"
    verdict = "合适" if source in wanted else f"也可以说明理由，一般取自{wanted}"
    return f"来源（不计分）：{source}，{verdict}。"


def key(material: Material, data: Data) -> Any:
    """A target that earns everything."""
    data = complete(material, data)
    basis = [*texts(data, "basis"), "计划标准"][0]
    if data.get("judged"):
        return texts(data, "judged")[0]
    if data.get("dated"):
        return f"{data.get('typical') or '6月30日前'} {basis}"
    typical = str(data.get("typical") or f"{texts(data, 'operators')[0]}{data['high']}{data['unit']}")
    return f"{typical} {basis}"


KIND = Kind("target", "定目标值", "写目标值：运算符、单位、数值、来源", make, pose, grade, key, topics, ("name",))
