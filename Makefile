# make run | test | check | bench | setup | golden | help
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run setup test check bench golden clean

help:
	@echo "make run [PORT=8501]  install what is needed, then serve Ponte on http://127.0.0.1:8501"
	@echo "make test             the whole suite"
	@echo "make check            lint, types, import order"
	@echo "make bench            measure; prints ratios"
	@echo "make setup            only install into .venv"
	@echo "make golden           renew the golden scenes; look at the difference before you commit it"
	@echo "make clean            remove .venv and caches (your data stay where they are)"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ponte needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: .venv/run.stamp

run: setup
	$(BIN)/python -m loaders run --if-empty
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: .venv/dev.stamp
	$(BIN)/python -m pytest $(ARGS)

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python -m tests.bench $(ARGS)

golden: .venv/dev.stamp
	$(BIN)/python -m tests.golden

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
