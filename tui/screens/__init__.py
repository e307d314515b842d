"""Screens of the full face, one a file; each shows the session and calls it, and knows no rule and no file format."""
