"""Make data/pinyin_initials.txt: for each letter the Chinese characters whose pinyin can begin with it.

Run by hand with pypinyin installed when the table must change; the program itself only reads the table.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin


def main() -> None:
    """Write the table beside this script, one line a letter, GB 18030's common block (U+4E00 to U+9FA5)."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        for letter in {
            sound[0] for sound in pinyin(char, style=Style.NORMAL, heteronym=True)[0] if sound[:1].isascii()
        }:
            if letter.isalpha():
                by_letter[letter].append(char)
    text = "".join(f"{letter}\t{''.join(chars)}\n" for letter, chars in sorted(by_letter.items()))
    (Path(__file__).parent / "pinyin_initials.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
