#!/bin/sh
# The pictures of the README, from the sample forms of the tests: sh bench/pictures.sh
set -eu
cd "$(dirname "$0")/.."
there=$(mktemp -d)
export TIANBIAO_DIR="$there/records" XDG_STATE_HOME="$there" XDG_DATA_HOME="$there" XDG_CACHE_HOME="$there"
python=.venv/bin/python
$python -m tui import tests/samples/*.txt tests/domain/exchange/samples/street-lamps.txt \
  tests/domain/exchange/samples/library-books.txt >/dev/null 2>&1
$python bench/picture.py docs/pictures/fill.svg --wait 份记录 --keys "路灯<Enter>/去 数量<Enter>"
$python bench/picture.py docs/pictures/review.svg --wait 份记录 --keys "图书<Enter><F5>"
$python bench/picture.py docs/pictures/table.svg --wait 份记录 --keys "水源<Enter><F6>"
$python bench/picture.py docs/pictures/wide.svg --size 130x32 --wait 份记录 --keys "路灯<Enter>/去 质量<Enter>"
$python bench/picture.py docs/pictures/learn.svg --wait 份记录 --keys "<F8>"
rm -r "$there"
