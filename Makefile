# Anjuan: every command a developer or an operator of one machine needs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: venv
venv: $(STAMP) ## install the Python side into .venv (no Node, no Docker)

$(STAMP): pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.PHONY: temporal
temporal: venv ## find the Temporal server, or build it once (about 3 minutes)
	$(BIN)/anjuan temporal

.PHONY: up down status doctor reset
up: venv ## start everything on this machine; UP="--port 9000 --data DIR" (below: UP="--data DIR")
	exec $(BIN)/anjuan up $(UP)

down: venv ## stop everything
	$(BIN)/anjuan down $(UP)

status: venv ## what runs
	$(BIN)/anjuan status $(UP)

doctor: venv ## each fault of this machine with its remedy
	$(BIN)/anjuan doctor $(UP)

reset: venv ## remove all data (asks first)
	$(BIN)/anjuan reset $(UP)

.PHONY: machine
machine: venv ## find Chromium and Chinese fonts, or install them on Debian as root
	$(BIN)/python -m tests.machine

# The domain's own tests measure its coverage. Two processes share all tests but those of faults, which
# stop and stall servers and count on having the machine to themselves.
PURE := $(addprefix tests/,domain law process scenario spec)
.PHONY: test
test: venv temporal machine ## every test, with branch coverage of the domain; TEST=tests/law for some
ifdef TEST
	$(BIN)/python -m pytest $(TEST)
else
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term $(PURE)
	$(BIN)/python -m pytest -n 2 --dist loadfile $(addprefix --ignore=,$(PURE) tests/faults)
	$(BIN)/python -m pytest tests/faults
endif

.PHONY: browser
browser: venv temporal machine ## whole filings in a real browser; pictures in artefacts/browser
	$(BIN)/python -m pytest tests/browser

.PHONY: smoke
smoke: venv ## a stranger's first minutes: make up, the README's commands, the end
	$(BIN)/python -m tests.smoke

.PHONY: story-batch story-processes story-migrate
story-batch: venv ## filing, plan, batch at a site of another city, results: on real servers, timelines printed
	$(BIN)/python -m tests.smoke examples/stories/batch.yaml

story-processes: venv ## deploy examples/processes/*.bpmn and drive each to its end over HTTP, on real servers
	$(BIN)/python -m tests.smoke processes

story-migrate: venv ## open filings move to an edited diagram: dry run, move, timeline, terms as chosen
	$(BIN)/python -m tests.smoke migrate

SECOND_TIER := inclusiveGateway,complexGateway,signalEventDefinition,linkEventDefinition,conditionalEventDefinition,escalationEventDefinition,compensateEventDefinition,cancelEventDefinition,multiInstanceLoopCharacteristics,standardLoopCharacteristics,eventSubProcess,transaction,adHocSubProcess
NO_MODELS := 'skipped: say SHARED=FOLDER (no models are part of this project)'

.PHONY: conformance
conformance: venv ## play and judge other people's BPMN models; SHARED=FOLDER with run.py and cases
	@if [ -z "$(SHARED)" ]; then echo $(NO_MODELS); else \
	$(BIN)/python -m tests.conformance $(SHARED) $(BIN)/anjuan; fi

.PHONY: conformance-first
conformance-first: venv ## the same, only models of the plainest elements: every one must pass
	@if [ -z "$(SHARED)" ]; then echo $(NO_MODELS); else \
	$(BIN)/python $(SHARED)/run.py $(BIN)/anjuan $(SHARED) --tier 1 --without $(SECOND_TIER); fi

.PHONY: interchange
interchange: venv ## read what other tools drew, run nothing; FOLDER=… with BPMN files, such as MIWG's
	@if [ -z "$(FOLDER)" ]; then echo 'skipped: say FOLDER=… (no models are part of this project)'; else \
	$(BIN)/python -m tests.conformance.interchange $(FOLDER) $(BIN)/anjuan; fi

.PHONY: conformance-temporal
conformance-temporal: venv temporal ## the run cases as real cases: PostgreSQL, Temporal, a worker; TIER=1 for the first tier alone
	@if [ -z "$(SHARED)" ]; then echo $(NO_MODELS); else \
	$(BIN)/python -m tests.conformance.temporal $(SHARED) $(if $(TIER),--tier $(TIER)); fi

.PHONY: soak
soak: venv ## random processes, restarted at every step; SEEDS=2000 FIRST=7 for some, SEED=11 to shrink one
	SEEDS="$(SEEDS)" FIRST="$(FIRST)" SEED="$(SEED)" $(BIN)/python -m tests.process.soak

.PHONY: feel feel-sample
feel: venv node_modules/feelin ## random expressions here and in npm feelin: COUNT=5000 SEED=1 (needs Node 20)
	$(BIN)/python -m tests.feel --count $(or $(COUNT),2000) $(if $(SEED),--seed $(SEED))

feel-sample: venv node_modules/feelin ## keep feelin's answers to a sample, for tests without Node
	$(BIN)/python -m tests.feel --write

node_modules/feelin: package-lock.json
	npm ci --ignore-scripts
	touch $@

.PHONY: faults
faults: venv temporal ## kill, cut and stall everything, 20 times each; SEEDS=200 for more
	FAULT_ROUNDS=$(or $(SEEDS),20) $(BIN)/python -m pytest tests/faults

.PHONY: race
race: venv temporal ## 20 approvals at once against a quota of 3, 50 rounds; RACES=200 for more
	RACES=$(or $(RACES),50) $(BIN)/python -m pytest tests/faults/test_quota_race.py

.PHONY: bench-batch
bench-batch: venv temporal ## a batch of 2,000 candidates: opening, scores, results; fail above bench/budgets.toml
	$(BIN)/python -m bench.batch

.PHONY: bench-engine
bench-engine: venv temporal $(VENV)/.bench ## the process engine, SpiffWorkflow beside it; fail above bench/budgets.toml
	$(BIN)/python -m bench.engine

$(VENV)/.bench: requirements/bench.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/bench.txt
	touch $@

.PHONY: counters bench bench-seed
counters: venv temporal ## count events, statements, transactions, bytes; fail above bench/budgets.toml
	$(BIN)/python -m bench.counters

bench-seed: venv ## make 100,000 open cases and time every list; into docs/performance.md
	$(BIN)/python -m bench.seed

bench: venv temporal ## measure times and ratios; write docs/performance.md
	$(BIN)/python -m bench

.PHONY: check
check: venv ## format, lint, types, import contracts, sizes and names
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/golden

.PHONY: golden replay
golden: venv temporal ## show what changes in events, then keep them and this release's histories
	$(BIN)/python -m tests.golden.events
	$(BIN)/python -m tests.golden.record

replay: venv ## replay the histories of every release on today's workflow code
	$(BIN)/python -m pytest -q tests/golden/test_replay.py

.PHONY: pins
pins: ## write requirements/*.txt anew (then run the replay gate)
	$(BIN)/uv pip compile $(PIN) pyproject.toml -o requirements/core.txt
	$(BIN)/uv pip compile $(PIN) --extra server pyproject.toml -o requirements/server.txt
	$(BIN)/uv pip compile $(PIN) --all-extras --group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile $(PIN) --group build -o requirements/build.txt
	$(BIN)/uv pip compile $(PIN) --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(BIN)/uv pip compile $(PIN) --group go -o requirements/go.txt

PIN := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

.PHONY: vendor
vendor: ## copy the browser files anew from npm (needs Node; what it writes is committed)
	npm ci --ignore-scripts
	$(PYTHON) deploy/vendor.py
