"""Packages: what the wheel and the sdist hold, and a life with the installed program: install, run, uninstall."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("tui", "domain", "suggest", "data", "docs", "tests", "bench")
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both packages, made from a copy so that the checkout stays as it is."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in COPIED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for path in ROOT.iterdir():
        if path.is_file() and not path.name.startswith("."):
            shutil.copy2(path, source)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return out


BUILD = """
import importlib, sys, tempfile

class Missing:
    \"\"\"Nothing is installed but what pyproject.toml asks for the build.\"\"\"

    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in (*sys.stdlib_module_names, "tui", "domain", "suggest", "hatch_build", *sys.argv[1:]):
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Missing())
hook = importlib.import_module("hatch_build")
folder = hook.Path(tempfile.mkdtemp())
for name in hook.MODULES:
    assert importlib.import_module(name).ship_all(folder)
assert hook.DerivedBuildHook._shared(folder)
"""


def test_the_build_hook_needs_nothing_that_the_build_does_not_ask_for(tmp_path: Path) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    named = [re.split("[<>=]", one)[0].replace("-", "_") for one in asked]
    # what hatchling itself stands on
    below = ["packaging", "pathspec", "pluggy", "trove_classifiers"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", BUILD, *named, *below]
    done = subprocess.run(command, capture_output=True, env=env, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()


def run(*words: str | Path, **env: str) -> str:
    """What a program prints that succeeds."""
    environ = {**{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}, **env}
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, env=environ, cwd="/", timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_wheel_holds_code_data_manual_and_completion(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "tui/app.tcss",
        "domain/data/indicator_library.toml",
        "tianbiao-*.data/data/share/man/man1/tianbiao.1",
        "tianbiao-*.data/data/share/doc/tianbiao/scripts.md",
        "tianbiao-*.data/data/share/bash-completion/completions/tianbiao",
        "tianbiao-*.data/data/share/zsh/site-functions/_tianbiao",
        "tianbiao-*.data/data/share/fish/vendor_completions.d/tianbiao.fish",
    ):
        assert any(Path(name).match(wanted) for name in names), wanted
    assert any(name.startswith("domain/data/derived/") for name in names)
    assert not any(name.startswith(("tests/", "bench/")) for name in names)


def test_the_sdist_can_be_built_from(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    root = {path.name for path in ROOT.iterdir() if path.suffix in (".md", ".toml", ".txt", ".py")}
    assert {*root, "Makefile", "LICENSE"} <= names


def test_installed_used_and_uninstalled(built: Path, tmp_path: Path) -> None:
    """Only the packages pinned here are borrowed from this environment: nothing is fetched."""
    [wheel] = built.glob("*.whl")
    home, place = tmp_path / "home", tmp_path / "venv"
    venv.create(place, with_pip=True, symlinks=True)
    [site] = place.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]), encoding="utf-8")
    python, program = place / "bin" / "python", place / "bin" / "tianbiao"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--ignore-installed", wheel)
    env = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "STATE", "CACHE", "CONFIG")}
    assert run(program, "--version", **env).startswith("tianbiao ")
    record = Path(run(program, "new", "--year", "2021", "--name", "热线", **env).strip())
    assert "热线" in run(program, "list", **env)
    assert "2021" in run(program, "show", record.stem, **env)
    assert "预算执行率" in run(program, "library", "search", "预算执行率", **env)
    assert (Path(json.loads(run(program, "paths", "--json", **env))["documents"]) / "library.md").exists()
    where = run(python, "-c", "import tui; print(tui.__file__)", **env)
    assert Path(where.strip()).is_relative_to(site)
    assert (place / "share" / "man" / "man1" / "tianbiao.1").exists()
    run(python, "-m", "pip", "uninstall", "-y", "tianbiao")
    assert not program.exists()
    assert not (place / "share" / "man" / "man1" / "tianbiao.1").exists()
    assert not any(site.glob("tui*"))
    assert record.exists()


def test_the_versions_that_are_promised_are_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {one.rpartition(":: ")[2] for one in project["classifiers"] if "Python :: 3." in one}
    assert project["requires-python"] == f">={VERSIONS[0]}"
    assert named == set(VERSIONS)
