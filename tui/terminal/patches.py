"""What this layer leans on inside Textual 8.2.8 and Rich, beyond their public interface, and a check that it is still there.

Textual is pinned; whoever moves the pin runs the tests, and one of them calls `check_patched_names()`.
"""

from __future__ import annotations

import inspect
from functools import reduce
from importlib import import_module
from typing import Any

SIGNATURES: dict[str, str] = {
    "textual.app:App._display": "self, screen, renderable",
    "textual.app:App._set_pointer_shape": "self, shape",
    "textual.app:App.pop_screen": "self",
    "textual.app:App._handle_exception": "self, error",
    "textual.app:App._print_error_renderables": "self",
    "textual.app:App._close_messages_no_wait": "self",
    "textual.app:App.on_event": "self, event",
    "textual.app:App.post_display_hook": "self",
    "textual.app:App.get_driver_class": "self",
    "textual.app:App.exit": "self, result, return_code, message",
    "textual.app:App._shutdown": "self",
    "textual.driver:Driver.__init__": "self, app, debug, mouse, size",
    "textual.driver:Driver.process_message": "self, message",
    "textual.driver:Driver.send_message": "self, message",
    "textual._xterm_parser:XTermParser.__init__": "self, debug",
    "textual._xterm_parser:XTermParser.feed": "self, data",
    "textual._xterm_parser:XTermParser._sequence_to_key_events": "self, sequence, alt",
    "textual._xterm_parser:XTermParser.parse_mouse_code": "self, code",
    "textual._compositor:LayoutUpdate.__init__": "self, strips, region",
    "textual._compositor:ChopsUpdate.__init__": "self, chops, spans, chop_ends",
    "textual._wrap:compute_wrap_offsets": "text, width, tab_size, fold, precomputed_tab_sections",
    "textual.document._wrapped_document:compute_wrap_offsets": "text, width, tab_size, fold, precomputed_tab_sections",
    "textual.content:divide_line": "text, width, fold",
    "rich.text:divide_line": "text, width, fold",
    "textual.strip:Strip.render_ansi": "style, color_system",
    "textual.message_pump:MessagePump.call_later": "self, callback, args, kwargs",
    "textual.screen:Screen.find_widget": "self, widget",
    "textual.screen:Screen._on_timer_update": "self",
    "textual.widgets._input:Input._position_to_cell": "self, position",
    "textual.widgets._text_area:TextArea._render_line": "self, y",
    "textual.document._wrapped_document:WrappedDocument.get_offsets": "self, line_index",
    "textual.document._wrapped_document:WrappedDocument.get_sections": "self, line_index",
    "rich.cells:get_character_cell_size": "character, unicode_version",
    "rich.cells:cached_cell_len": "text, unicode_version",
    "rich.cells:load_cell_table": "unicode_version",
}
"""Callables by `module:name` with the names of their parameters."""

ATTRIBUTES = (
    "textual.constants:ESCAPE_DELAY",
    "textual._ansi_sequences:ANSI_SEQUENCES_KEYS",
    "textual.keys:Keys.Ignore",
    "textual.events:Ready",
    "textual.widgets._text_area:TextArea.cursor_screen_offset",
    "textual.message_pump:MessagePump.message_queue_size",
    "textual.app:App._background_screens",
    "textual._styles_cache:StylesCache.get_inner_outer.cache_clear",
    "textual.screen:Screen._update_timer",
    "rich.cells:_SINGLE_CELLS",
    "rich.cells:_is_single_cell_widths",
    "rich.segment:_is_single_cell_widths",
)
"""Other names that must exist."""

APP_STATE = (
    "_running",
    "_closed",
    "_batch_count",
    "_driver",
    "_exception",
    "_exception_event",
    "_return_code",
    "_loop",
    "_screen_stacks",
    "console",
)
"""Attributes an App has after `__init__`."""


def check_patched_names() -> list[str]:
    """What has changed in Textual or Rich under our feet, one line each; empty when everything is as expected."""
    problems: list[str] = []
    for name, expected in SIGNATURES.items():
        found = _find(name)
        if found is None:
            problems.append(f"{name} is gone")
        elif (actual := ", ".join(inspect.signature(found).parameters)) != expected:
            problems.append(f"{name}({actual}) was ({expected})")
    problems += [f"{name} is gone" for name in ATTRIBUTES if _find(name) is None]
    from textual.app import App

    app: App[Any] = App()
    problems += [f"App().{name} is gone" for name in APP_STATE if not hasattr(app, name)]
    return problems


def _find(name: str) -> Any:
    module, _, path = name.partition(":")
    try:
        return reduce(getattr, path.split("."), import_module(module))
    except (ImportError, AttributeError):
        return None
