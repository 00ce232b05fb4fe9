PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROUNDS ?= 5

.PHONY: run demo test check format bench truth faults audit messages clean

run: $(VENV)/run  ## start kapjournal on this machine
	$(BIN)/python -m kapjournal serve

demo: $(VENV)/run  ## start kapjournal with a year of invented data
	$(BIN)/python -m kapjournal demo --serve

test: $(VENV)/dev  ## every test, on SQLite, on PostgreSQL and in a browser
	$(BIN)/python -m tests.browsers
	$(BIN)/python -m pytest

check: $(VENV)/dev  ## format, lint, types, import rules, prompts and crisis lines
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kapjournal content check

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev  ## performance figures as JSON lines
	$(BIN)/python -m tests.browsers
	$(BIN)/python -m bench

truth: $(VENV)/dev  ## how far the estimators are from the truth, into docs/insights.md
	$(BIN)/python -m bench.truth

faults: $(VENV)/dev  ## break things ROUNDS times and count lost words
	$(BIN)/python -m tests.browsers
	$(BIN)/python -m tests.faults --rounds $(ROUNDS)

audit: $(VENV)/dev  ## known vulnerabilities in what we depend on
	$(BIN)/pip-audit -r requirements.txt

messages: $(VENV)/dev  ## collect the labels for translators
	$(BIN)/pybabel extract --no-location --sort-output -o kapjournal/content/locale/kapjournal.pot kapjournal pages app.py

clean:
	rm -rf $(VENV)

$(VENV)/run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run
