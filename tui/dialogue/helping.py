"""What the assistant says about a place, in layers: how to fill it, why it is asked, examples, the usual mistake."""

from __future__ import annotations

from domain.fields import Spec
from domain.framework import Slot
from tui import keymap
from tui.dialogue.commands import COMMANDS
from tui.dialogue.places import FieldPlace, Place
from tui.dialogue.types import HelpPage


def help_page(place: Place) -> HelpPage:
    """Everything about a place."""
    if isinstance(place, FieldPlace):
        return HelpPage(place.label, _field_lines(place.field.spec))
    return slot_page(place.slot)


def slot_page(slot: Slot) -> HelpPage:
    """Everything about a slot, whether a record has it or not."""
    return HelpPage(slot.place, _slot_lines(slot))


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
    return _told(place).why


def examples(place: Place) -> str:
    """A good and a bad example."""
    source = _told(place)
    return f"好例子：{source.good}\n坏例子：{source.bad}"


def _told(place: Place) -> Spec | Slot:
    """What holds the texts about a place."""
    return place.field.spec if isinstance(place, FieldPlace) else place.slot


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
