# What there is to do here. `make` alone lists it. Needs Python 3.11 or newer, git and make; the rest is put in .venv.

# Which interpreter to build the environment with: `make setup PYTHON=/path/to/python3.12`. Without it, the first
# of these that runs and is new enough; one that exists but does not run (a version manager's shim) is passed over.
PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3 python)
ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq
WORKERS ?= 2
PYTEST_ARGS ?=
STAMP := $(VENV)/.made-from-pyproject
NODE_STAMP := tests/node_modules/.made-from-package-json

.DEFAULT_GOAL := help
.PHONY: help setup node test format demo examples messages reference picture bench kill-test build pins clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make the environment in .venv, once; again only when pyproject.toml or constraints.txt changed

$(STAMP): pyproject.toml constraints.txt
	@if ! $(PY) -c '$(ENOUGH)' 2>/dev/null; then \
	  for candidate in $(CANDIDATES); do \
	    if $$candidate -c '$(ENOUGH)' 2>/dev/null; then found=$$candidate; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "No Python 3.11 or newer with venv and pip among: $(CANDIDATES)." >&2; \
	    echo "Install one (Debian and Ubuntu: python3 and python3-venv), or name it: make setup PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$found ($$($$found -c 'import platform; print(platform.python_version())'))"; \
	  $$found -m venv --clear $(VENV); \
	fi
	@echo "Installing coplaunch and its tools as constraints.txt pins them"
	@$(PIP) install -c constraints.txt hatchling
	@$(PIP) install -c constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@

node: $(NODE_STAMP) ## what some tests need from Node, in tests/node_modules; without it they are skipped

$(NODE_STAMP): tests/package.json
	npm install --prefix tests --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

test: setup ## format, lint, types and all tests; says how many checks could not run here
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

format: setup ## put the code in its usual form
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

demo: setup ## a whole launch in build/demo, from init to the rendered plan
	$(PY) examples/demo.py

examples: setup ## write the examples anew, as their stories tell them
	$(PY) examples/replay.py

messages: setup ## bring the message catalogues up to date with the code
	$(PY) tests/catalogues.py

reference: setup ## write anew what the docs show: the reference pages, the sessions, the picture
	$(PY) docs/make_reference.py
	$(PY) docs/make_sessions.py

picture: setup ## photograph the page for the README; needs Chromium
	$(PY) docs/make_page_picture.py

bench: setup ## how quick it is, as ratios to the bare interpreter's start
	$(PY) tests/bench.py

kill-test: setup ## 1,000 runs killed at random moments: the file is the old or the new one every time
	COPLAUNCH_KILLS=1000 $(PY) -m pytest tests/store/test_faults.py

build: setup ## sdist and wheel in dist/
	$(PY) -m build --no-isolation

pins: ## write constraints.txt anew from the newest releases that pyproject.toml allows
	$(MAKE) setup
	rm -rf build/pins
	$(PY) -m venv build/pins
	build/pins/bin/python -m pip --disable-pip-version-check -qq install '.[dev]'
	sed -n '/^#/p' constraints.txt > build/constraints.txt
	build/pins/bin/python -m pip --disable-pip-version-check freeze --exclude coplaunch >> build/constraints.txt
	echo "colorama==0.4.6" >> build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## remove what was made: environment, builds, caches
	rm -rf $(VENV) build dist tests/node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests examples -name __pycache__ -type d -prune -exec rm -rf {} +
