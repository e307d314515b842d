"""Forms damaged at random: the import never crashes and never loses a character without saying so."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from domain.exchange import OddityKind
from tests.domain.exchange.mutations import lost_letters, lost_runs, mutated, read_or_refusal

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
SEEDS = [*range(150), *(pytest.param(seed, marks=pytest.mark.stress) for seed in range(150, 1000))]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost(seed: int):
    rng = random.Random(seed)
    text = mutated(rng.choice(SAMPLES).read_text(encoding="utf-8"), rng)
    forms = read_or_refusal(text.encode())
    if isinstance(forms, str):
        assert "请" in forms
        return
    assert not lost_runs(text, forms)
    said_twice = any(odd.kind is OddityKind.REPEATED and odd.field for form in forms for odd in form.oddities)
    assert said_twice or not lost_letters(text, forms)


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_never_crash(seed: int):
    rng = random.Random(seed)
    data = bytearray(rng.choice(SAMPLES).read_bytes())
    for _ in range(rng.randrange(1, 200)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    forms = read_or_refusal(bytes(data))
    assert "请" in forms if isinstance(forms, str) else forms
