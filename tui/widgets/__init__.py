"""Widgets of the full screen: plain lines, one-line field, rows; no widget holds the truth about a record."""
