# Every target does all its own set-up: Python >= 3.11 and pip are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: brief test check format lint types imports tests docs pictures clean

brief: $(VENV)/user  ## the brief on NATO and Russia in 2008, as brief.html
	$(BIN)/melian brief nato-russia-2008
	$(BIN)/melian brief nato-russia-2008 -o brief.html

test: tests

check: format lint types imports tests docs  ## what CI runs

format: $(VENV)/dev
	$(BIN)/ruff format --check .

lint: $(VENV)/dev
	$(BIN)/ruff check .

types: $(VENV)/dev
	$(BIN)/mypy

imports: $(VENV)/dev
	$(BIN)/lint-imports

tests: $(VENV)/dev
	$(BIN)/pytest -n auto tests

docs: $(VENV)/dev  ## every example in the documentation and the docstrings runs
	$(BIN)/pytest src docs README.md

pictures: $(VENV)/user  ## those of docs/irps-discourse.md: make pictures TABLE=irps_nuclear.csv
	$(BIN)/melian coalitions $(TABLE) --rows organization --least 5 -o docs/pictures/irps-coalitions.svg
	$(BIN)/melian scaling $(TABLE) --rows organization --left Grüne --right Eon -o docs/pictures/irps-positions.svg
	$(BIN)/melian trends $(TABLE) --rows organization --unit weeks -o docs/pictures/irps-weeks.svg

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/user: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . --group dev
	touch $@ $(VENV)/user

clean:
	rm -rf $(VENV) brief.html .pytest_cache .mypy_cache .ruff_cache .hypothesis
