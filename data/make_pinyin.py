"""Make data/pinyin_initials.txt: for each letter the Chinese characters whose pinyin can begin with it.

Run by hand with pypinyin installed when the table must change; the program itself only reads the table. The first lines, one a
letter, have each character under its usual reading; further lines have those under other readings that words are written with
(重 in 重复). What only dictionaries of single characters know is left out: nobody types 完 as k.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT

LEAST_WORDS, LEAST_SHARE = 2, 0.02
"""Words with a reading, and their share of the words with the character, from which on the reading is known."""


def letters(sounds: Iterable[str]) -> list[str]:
    """The letters that sounds begin with, each once."""
    return list(dict.fromkeys(sound[0] for sound in sounds if sound[:1].isascii() and sound[:1].isalpha()))


def readings_in_words() -> dict[str, Counter[str]]:
    """For each character how many words have it under which letter."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in PHRASES_DICT:
        for char, sounds in zip(word, pinyin(word, style=Style.NORMAL), strict=False):
            found[char].update(letters(sounds))
    return found


def main() -> None:
    """Write the table beside this script for GB 18030's common block (U+4E00 to U+9FA5)."""
    in_words = readings_in_words()
    usual: defaultdict[str, list[str]] = defaultdict(list)
    other: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        known = letters(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
        words = in_words.get(char, Counter())
        for place, letter in enumerate(sorted(known, key=lambda one: (-words[one], known.index(one)))):
            if place == 0:
                usual[letter].append(char)
            elif words[letter] >= max(LEAST_WORDS, LEAST_SHARE * words.total()):
                other[letter].append(char)
    rows = [*sorted(usual.items()), *sorted(other.items())]
    text = "".join(f"{letter}\t{''.join(chars)}\n" for letter, chars in rows)
    (Path(__file__).parent / "pinyin_initials.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
