"""What the assistant says about a place, in layers: how to fill it, why it is asked, examples, the usual mistake."""

from __future__ import annotations

from domain.fields import Spec
from domain.framework import Slot
from tui import keymap
from tui.dialogue.commands import COMMANDS
from tui.dialogue.places import Place
from tui.dialogue.types import HelpPage


def help_page(place: Place) -> HelpPage:
    """Everything about a place."""
    if place.field is not None:
        return HelpPage(place.label, _field_lines(place.field.spec))
    assert place.slot is not None
    return HelpPage(place.label, _slot_lines(place.slot))


def _field_lines(spec: Spec) -> tuple[tuple[str, str], ...]:
    return (
        ("怎么填", spec.guide),
        ("为什么问", spec.why),
        ("好例子", spec.good),
        ("坏例子", spec.bad),
        ("常见错误", spec.mistake),
    )


def _slot_lines(slot: Slot) -> tuple[tuple[str, str], ...]:
    return (
        ("是什么", slot.meaning),
        ("放这里", slot.belongs),
        ("不放这里", slot.not_here),
        ("自问一句", slot.test),
        ("为什么要", slot.why),
        ("好例子", slot.good),
        ("坏例子", slot.bad),
        ("常见错误", slot.mistake),
        ("可以空着", slot.when_empty),
    )


def why(place: Place) -> str:
    """Why the place is asked."""
    if place.field is not None:
        return place.field.spec.why
    assert place.slot is not None
    return place.slot.why


def examples(place: Place) -> str:
    """A good and a bad example."""
    source = place.field.spec if place.field is not None else place.slot
    assert source is not None
    return f"好例子：{source.good}\n坏例子：{source.bad}"


def as_text(page: HelpPage) -> str:
    """A help page as plain lines."""
    return "\n".join((f"【{page.title}】", *(f"{heading}：{text}" for heading, text in page.lines)))


def command_list() -> str:
    """Every command with its key, one a line."""
    lines = ["斜杠加命令名，回车执行；在选择、金额、日期栏里也可以直接说“返回上一项”“把联系电话改成…”。"]
    for command in COMMANDS:
        key = f"（{keymap.shown(command.action)}）" if command.action else ""
        argument = f" {command.argument}" if command.argument else ""
        lines.append(f"/{command.names[0]}{argument}{key}：{command.help}")
    return "\n".join(lines)
