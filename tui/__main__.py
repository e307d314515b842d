"""`python -m tui` is `tianbiao`."""

from tui.cli import entry

entry()
