# Every target works on a bare Debian machine with Python 3.11: it installs what it needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
export BROADSHEET_INPUTS ?= ../shared/inputs

.PHONY: install
install: $(VENV)/.run  ## make .venv with everything the newspaper runs on

$(VENV)/bin/python:
	@scripts/make-venv "$(PYTHON)" "$(VENV)"

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Holds all of run.txt at the same versions, so one installation does for both.
$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@

.PHONY: run
run: install  ## serve the demo newspaper and its newsroom; prints addresses and the desk password
	$(BIN)/broadsheet run --demo

.PHONY: check
check: $(VENV)/.dev  ## format, lint, types, import contracts, docs
	@$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target types style architecture

.PHONY: types
types: $(VENV)/.dev  ## part of check: mypy
	$(BIN)/mypy

.PHONY: style
style: $(VENV)/.dev  ## part of check: format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

.PHONY: architecture
architecture: $(VENV)/.dev  ## part of check: import contracts, and documentation of what there is
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:randomly tests/architecture

.PHONY: test
test: $(VENV)/.dev  ## install the servers and programs the tests talk to, and run every test
	scripts/install-auditors
	$(PYTEST)
	scripts/with-postgres $(PYTEST) -m both_databases tests/integration tests/contract
	@echo "What the journeys looked like: $(CURDIR)/build/journeys/"

.PHONY: audit
audit: $(VENV)/.dev  ## what other people's programs say of the demo newspaper; SUITES=vnu,axe runs some
	scripts/install-auditors
	$(BIN)/python -m audit $(SUITES)

.PHONY: bench
bench: $(VENV)/.dev  ## what we claim about speed, as ratios; PARTS=latency runs one part
	scripts/install-test-servers
	$(BIN)/python -m bench $(PARTS)

.PHONY: lock
lock: $(VENV)/.dev  ## pin every dependency by hash, naming no address
	$(LOCK) --extra build pyproject.toml -o requirements/run.txt
	$(LOCK) --extra build --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(LOCK) requirements/audit.in -o requirements/audit.txt

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
