# Everything starts here: `make run` to see it work, `make test` to prove it. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules make every start quicker; some containers switch them off.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

.PHONY: help
help:  ## Say what can be made
	@printf 'Grapevine: listens to what people say about a brand, and helps a person answer honestly.\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.run  ## Install, set up the sample brand where you have none, and run both processes until Ctrl-C
	@monitor init --sample
	@monitor migrate
	@honcho start --no-prefix || [ $$? -eq 130 ]

.PHONY: test
test: $(VENV)/.dev  ## Install what the tests need and run them all, with branch coverage
	@python -m pytest -n auto --cov --cov-report=term $(ARGS)

.PHONY: check
check: $(VENV)/.dev  ## What CI runs: format, lint, types, layers, locks, then all tests
	@ruff format --check .
	@ruff check .
	@mypy
	@lint-imports
	@python -m tools.lock --check
	@$(MAKE) --no-print-directory test

.PHONY: format
format: $(VENV)/.dev  ## Format the code and mend what ruff can mend
	@ruff format .
	@ruff check --fix .

.PHONY: bench
bench: $(VENV)/.dev  ## Measure what we claim about speed, and write benchmarks/results.md
	@python -m benchmarks

.PHONY: accuracy
accuracy: $(VENV)/.dev  ## Measure how often feelings are misread (needs ../shared/data) and rules are wrong, and write docs/accuracy*.md
	@pip install --quiet -r benchmarks/rivals.txt
	@python -m benchmarks.accuracy
	@python -m benchmarks.voice
	@python -m benchmarks.storytelling

.PHONY: docs
docs: $(VENV)/.dev  ## Write the tables of keys, options and commands in docs/ anew from the code
	@python -m tools.pages

.PHONY: lock
lock: $(VENV)/.dev  ## Compile the dependency locks anew from pyproject.toml (needs the package index)
	@python -m tools.lock

.PHONY: clean
clean:  ## Remove what was built; your config/ and database stay
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
	find monitor responders tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

# Each stamp is newer than its lock once that lock is installed; the dev lock holds everything the run lock does.
$(VENV)/.run: $(VENV)/bin/python requirements.txt pyproject.toml
	@echo "Installing Grapevine into $(VENV) (once, about half a minute) ..."
	@pip install --quiet --no-deps --require-hashes -r requirements.txt
	@pip install --quiet --no-deps --no-build-isolation --editable .
	@python -m compileall -q monitor responders
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements-dev.txt pyproject.toml
	@echo "Installing what the tests need into $(VENV) (once, about half a minute) ..."
	@pip install --quiet --no-deps --require-hashes -r requirements-dev.txt
	@pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
