"""Where the terminal's real cursor belongs, worked out when a frame is drawn.

An IME draws its pre-edit text at the cursor, so it must stand in the focused text field, and be visible there. Textual
sets it when a value changes: one cell off at the end of an Input, before scrolling, and not at all for dialogs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from textual.errors import NoWidget
from textual.geometry import Offset
from textual.widget import Widget

from tui.terminal.screen import Caret

if TYPE_CHECKING:
    from textual.app import App
    from textual.widgets import Input, TextArea


def is_text_field(widget: Widget | None) -> bool:
    """Whether what is typed goes into this widget as text."""
    return widget is not None and _content_offset(widget) is not None


def locate(app: App[object]) -> Caret:
    """The caret of the focused widget, hidden when that is no text field or the place is scrolled out of sight."""
    hidden = Caret(0, 0, visible=False)
    focused = app.focused if app.screen_stack else None
    offset = None if focused is None else _content_offset(focused)
    if focused is None or offset is None:
        return hidden
    try:
        geometry = app.screen.find_widget(focused)
    except NoWidget:
        return hidden
    region = geometry.region.shrink(focused.styles.gutter)
    place = region.offset + offset
    inside = region.intersection(geometry.clip)
    # the caret may stand one cell behind a text that fills its field to the last cell
    if not (inside.x <= place.x <= inside.right and inside.y <= place.y < inside.bottom):
        return hidden
    return Caret(min(place.x, app.size.width - 1), place.y, visible=True)


def _content_offset(widget: Widget) -> Offset | None:
    """The caret relative to the widget's content: its own `caret_offset()`, or that of Textual's text widgets."""
    own = getattr(widget, "caret_offset", None)
    if own is not None:
        offset = own()
        return None if offset is None else Offset(*offset)
    # neither is imported for this: a widget that exists has its module loaded
    inputs = sys.modules.get("textual.widgets._input")
    if inputs is not None and isinstance(widget, inputs.Input):
        field = cast("Input", widget)
        return Offset(field._position_to_cell(field.cursor_position) - field.scroll_offset.x, 0)
    areas = sys.modules.get("textual.widgets._text_area")
    if areas is not None and isinstance(widget, areas.TextArea):
        area = cast("TextArea", widget)
        return None if area.read_only else Offset(*(area.cursor_screen_offset - area.content_region.offset))
    return None
