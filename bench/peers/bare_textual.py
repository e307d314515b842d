"""The yardstick: a bare Textual app with an input and a list, as the toolkit comes, without a blinking caret."""

from textual.app import App, ComposeResult
from textual.widgets import Input, OptionList


class Bare(App[None]):
    """Input and ten options."""

    def compose(self) -> ComposeResult:
        """Both widgets."""
        field = Input(placeholder="READY")
        field.cursor_blink = False
        yield field
        yield OptionList(*(f"选项 {number}" for number in range(10)))


if __name__ == "__main__":
    Bare().run()
