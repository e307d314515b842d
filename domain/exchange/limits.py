"""How much of a file is read: each limit lies far above what a form holds, and a file beyond one is refused with a word."""

from __future__ import annotations

# what may come in at all
MAX_FILE = 30_000_000
"""Bytes of a file."""
MAX_TEXT_BYTES, MAX_TEXT = 12_000_000, 4_000_000
"""Bytes of a file that is text, and its characters."""

# what the forms of one file may come to, whatever the format; some hundreds of forms: one has about 45 rows of four cells
MAX_ROWS, MAX_CELLS, MAX_FORMS = 60_000, 400_000, 2_000

# office files, before a library opens them
MAX_UNPACKED = 80_000_000
"""Bytes all members may come to; what they declare is checked, and reading stops at what was declared."""
MAX_MEMBERS = 3_000
MAX_RATIO = 300
"""Unpacked bytes for one packed byte, in files of more than 5 MB."""

# closer ones, while a format is being taken apart
TEXT_ROWS = 50_000
"""Rows of a csv file, of a web page."""
DOCUMENT_ROWS = 20_000
"""Rows and paragraphs of a Word document, which take longer."""
SHEET_CELLS = 200_000
"""Cells that hold something, of one sheet."""
NESTED_TABLES = 200
"""Tables within tables of a web page."""
SPANNED = 200
"""Rows or columns that one cell of a web page may reach over; more counts as so many."""
RECORDS = 5_000
"""Records of a JSON file."""
RECORD_CELLS = 100_000
"""Values of one of them."""
