"""Where things lie that tests read: forms of our own, and the published ones, which are kept outside the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

WATER_SUPPLY = ROOT / "tests" / "samples" / "water-supply.txt"
"""A whole form as copied from its page."""
PAGES = ROOT / "tests" / "domain" / "exchange" / "samples"
"""Pages as people copy and save them."""
THREE_FORMS = PAGES / "three-forms.txt"
"""Three forms in one text."""
BROADBAND = ROOT / "tests" / "domain" / "rules" / "examples" / "school-broadband.toml"
"""One of the sound forms on which the rules are tried."""

PUBLISHED = ROOT.parent / "shared" / "forms"
"""The three published forms; only cases that need them are skipped where they are not."""
PUBLISHED_PROJECTS = ROOT.parent / "shared" / "eval" / "dev.jsonl"
"""Published projects with their indicators, one a line."""
