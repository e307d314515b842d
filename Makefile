# Two targets do all the set-up: `make run` opens the program, `make test` runs the whole suite.
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -q
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev

# without bytecode every test program compiles its modules anew, and pytest its test files
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check stress bench eval build clean

run: $(READY)
	@$(VENV)/bin/tianbiao $(ARGS)

test: $(DEV)
	$(PY) -m pytest -n 2 --dist worksteal

check: $(DEV)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/tianbiao library check
	$(VENV)/bin/pyright --pythonpath $(PY)

stress: $(DEV)
	$(PY) -m pytest -m stress

bench: $(DEV)
	$(PY) bench/terminal_bench.py

eval: $(DEV)
	$(PY) bench/eval.py

build: $(DEV)
	$(PY) -m build --no-isolation

$(READY): requirements.txt pyproject.toml
	python3 -m venv $(VENV)
	$(PIP) install --use-pep517 --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	$(PY) -m tui.warming
	@touch $@

$(DEV): requirements-dev.txt $(READY)
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
