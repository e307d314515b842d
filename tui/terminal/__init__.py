"""The layer under Textual: what a Chinese user's terminal needs and Textual 8.2.8 lacks (docs/terminal.md).

Importing this package, `environment`, `prepaint`, `probe` or `modes` never imports Textual; `app` does.
"""
