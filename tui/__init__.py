"""The faces of tianbiao: full screen, line by line, and headless commands, all on one session and dialogue."""

__version__ = "0.1.0"
