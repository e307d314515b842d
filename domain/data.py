"""Where the data files (library, frameworks, code tables) lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Path of a file under data/: beside the packages in a checkout, inside `domain` in a wheel."""
    inside = _HERE / "data"
    return (inside if inside.is_dir() else _HERE.parent / "data").joinpath(*parts)
