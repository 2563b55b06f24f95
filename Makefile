# `make run` and `make test` need only Python 3.11 or newer and make: they set up the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.set-up
RUN_TESTS := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help run test check format model wheel bench constraints clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(SETUP): pyproject.toml .ci/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("Heard needs Python 3.11 or newer: try  make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -c .ci/constraints.txt -e . --group dev
	touch $@

model: $(SETUP) ## Train the model, unless it is there and of today's data
	@$(BIN)/heard train --if-stale

run: model ## Run everything on an embedded database, with a local desk
	$(BIN)/heard run

test: model ## Run all tests
	$(RUN_TESTS)

check: $(SETUP) ## Check format, style, types and structure
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(SETUP) ## Put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: model ## Measure speed
	$(BIN)/heard bench

fuzz: $(SETUP) ## Throw broken mail at the reader for an hour (MINUTES=60)
	$(BIN)/python -m pip install --quiet -c .ci/constraints.txt -e '.[fuzz]'
	@mkdir -p $(or $(FOLDER),.fuzz)
	$(BIN)/python -m tests.fuzz_mail $(or $(FOLDER),.fuzz) -max_total_time=$$(( $(or $(MINUTES),60) * 60 ))

wheel: model ## Build the wheel, with the model in it
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

constraints: $(SETUP) ## Pin every dependency anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url --upgrade -o .ci/constraints.txt

clean: ## Remove what was built
	rm -rf $(VENV) build dist *.egg-info classifier/artefact .mypy_cache .ruff_cache .pytest_cache .coverage*
