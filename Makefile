# Anjuan: every command a developer or an operator of one machine needs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CODE := $(wildcard domain workflows activities api infra tests bench)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: venv
venv: $(STAMP) ## install the Python side into .venv (no Node, no Docker)

$(STAMP): pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.PHONY: temporal
temporal: venv ## find the Temporal server, or build it once
	$(BIN)/python -m infra.local.temporal

.PHONY: check
check: venv ## format, lint, types, import contracts, sizes and names
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/golden

.PHONY: pins
pins: ## write requirements/*.txt anew (then run the replay gate)
	$(BIN)/uv pip compile $(PIN) pyproject.toml -o requirements/core.txt
	$(BIN)/uv pip compile $(PIN) --extra server pyproject.toml -o requirements/server.txt
	$(BIN)/uv pip compile $(PIN) --all-extras --group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile $(PIN) --group go -o requirements/go.txt

PIN := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
