# Every target is complete from nothing on a machine with git, make and Python >= 3.11, and quick the second time:
# each step of the set-up leaves a stamp whose name holds a checksum of what it was made from.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
# Every run would begin with the theme's notice of its end in May 2027, above the address of the site.
export NO_MKDOCS_2_WARNING := 1

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
ASSETS := docs/assets/manifest.json

# The day in the sitemap is that of the last commit, so that a build of the same sources gives the same bytes tomorrow.
DATED = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2> /dev/null))

checksum = $(shell cat $(1) | cksum | cut -d ' ' -f 1)

# A virtual environment holds the path of its folder, and of its Python: moved or orphaned, it is made again.
HERE := $(shell echo '$(CURDIR)' | cksum | cut -d ' ' -f 1)
ifneq ($(shell test -x $(BIN)/python && $(BIN)/python -c 'print("runs")'),runs)
$(shell rm -f .venv/python-*)
endif

# A Python that is named counts, also where another one made what is there.
ifneq ($(PYTHON),)
WHICH := -c 'import sys; print(sys.version, sys.base_prefix)'
ASKED := $(shell '$(PYTHON)' $(WHICH) 2> /dev/null)
ifeq ($(ASKED),)
$(error PYTHON=$(PYTHON) doesn't run. Name a Python 3.11 or newer, as in make PYTHON=/path/to/python3.12)
else
ifneq ($(ASKED),$(shell $(BIN)/python $(WHICH) 2> /dev/null))
$(shell rm -f .venv/python-*)
endif
ifneq ($(ASKED),$(shell build/data-python/bin/python $(WHICH) 2> /dev/null))
$(shell rm -f build/data-python/.pip-*)
endif
endif
endif

PYTHON_READY := .venv/python-$(call checksum,requirements/dev.txt)-$(HERE)
PACKAGE_READY := .venv/package-$(call checksum,requirements/dev.txt pyproject.toml)-$(HERE)
NODE_READY := node_modules/.npm-$(call checksum,package-lock.json)
PYODIDE_PACKAGES := build/pyodide-packages
PYODIDE_READY := $(PYODIDE_PACKAGES)/.pip-$(call checksum,requirements/pyodide.txt)
READY := $(PACKAGE_READY) $(NODE_READY) $(PYODIDE_READY)

# What a check of the data needs, for people who edit nothing else.
DATA_PYTHON := build/data-python
DATA_READY := $(DATA_PYTHON)/.pip-$(call checksum,requirements/data.txt)-$(HERE)

.PHONY: help setup free-port browser assets engines serve build package test nightly check data-check stale links format picture figures pictures bench fuzz trust lock clean

help: ## List the targets
	@echo 'make TARGET, where TARGET is one of'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo 'PYTHON=/path/to/python3.12 chooses the Python that .venv is made with, PORT=8001 where "make serve" listens.'

serve: free-port assets ## Serve the site while you edit it, at http://127.0.0.1:8000/
	@$(BIN)/python -m plugins.bundle.serve $(BIN)/python -m plugins.site.preview 127.0.0.1:$(PORT)

# Before anything is set up or built, which takes minutes the first time.
free-port:
	@python=$$(sh requirements/find-python.sh '$(PYTHON)') && "$$python" requirements/free_port.py '$(PORT)'

# All of them in two processes, which take a file of tests at a time and build the site once.
test: assets browser ## Run every test
	$(BIN)/pytest $(or $(ARGS),--numprocesses 2 --dist loadfile)

nightly: assets browser ## Run what takes too long for every change: all Pythons, the fuzzer, the other engines
	$(BIN)/pytest -m nightly $(ARGS)
	$(BIN)/python -m tests.fuzz
	$(BIN)/python -m tests.package.audits
	$(MAKE) engines

# Pages that are still open ask for files of the release before, so those stay. Where there is no site/ of that release, as in
# a fresh checkout, PREVIOUS=folder names one.
build: assets ## Write the finished site to site/ (SITE_URL=https://example.org/path/ if its address is known)
	$(BIN)/python -m plugins.lint
	@$(BIN)/python -m plugins.compiler.requests --measure
	@$(BIN)/python -m plugins.bundle.layers.compress
	@$(BIN)/python -m plugins.publish.previous_release --set-aside $(or $(PREVIOUS),site)
	$(if $(DATED),SOURCE_DATE_EPOCH=$(DATED) )$(BIN)/python -m plugins.publish.addresses $(BIN)/mkdocs build --strict
	@$(BIN)/python -m plugins.trust --built site
	@$(BIN)/python -m plugins.publish --finish site
	@$(BIN)/python -m plugins.publish.previous_release --add-to site

package: $(READY) ## Write the wheel, the source archive and the JavaScript package to dist/
	@rm -rf dist
	$(if $(DATED),SOURCE_DATE_EPOCH=$(DATED) )$(BIN)/hatchling build --directory dist
	$(BIN)/python -m plugins.publish.javascript dist

check: $(READY) ## Look for mistakes in pages, data, style, types and spelling
	@faults=0; \
	for tool in '$(BIN)/python -m plugins.lint' '$(BIN)/ruff check --quiet' '$(BIN)/ruff format --quiet --diff' \
	    '$(BIN)/mypy --no-error-summary' $(BIN)/typos '$(BIN)/python -m plugins.bundle.node node_modules/typescript/bin/tsc'; do \
	  $$tool || { echo "^ found by $$tool"; faults=1; }; \
	done; \
	if [ $$faults = 0 ]; then echo 'No mistake found.'; else echo '"make format" fixes some of this.'; fi; \
	exit $$faults

data-check: $(DATA_READY) ## Check the data alone, in seconds, without the rest of the set-up (ARGS=--fix sorts rows first)
	@PYTHONPATH=widgets $(DATA_PYTHON)/bin/python -m plugins.lint --data $(ARGS)

stale: $(DATA_READY) ## List the sources that were last checked more than DAYS=180 days ago, the oldest first
	@PYTHONPATH=widgets $(DATA_PYTHON)/bin/python -m plugins.catalog --stale $(or $(DAYS),180)

links: $(DATA_READY) ## Ask the address of every source whether it is still there (ARGS=docs/families/qwen-3.md for one file)
	@PYTHONPATH=widgets $(DATA_PYTHON)/bin/python -m plugins.catalog.links $(ARGS)

format: $(READY) ## Fix what can be fixed mechanically
	$(BIN)/python -m plugins.lint --fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

picture: build browser ## Take the picture of the decoder that the README shows again
	@$(BIN)/python -m tests.picture

figures: assets ## Measure the figures of the README again, and write them
	@$(BIN)/python -m tests.figures
	@$(BIN)/python -m tests.readme_badges

pictures: build browser ## Take the pictures of the site anew that the nightly run compares it with
	@$(BIN)/python -m tests.pictures

trust: assets browser ## Try to break what is promised, and print what was tried and what held (ARGS=--quick in minutes)
	@$(BIN)/python -m tests.trust $(ARGS)

bench: assets ## Print the benchmarks (ARGS=decode for that one alone, ARGS=--list for their names)
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: $(READY) ## Read a million texts nobody would think of, and answer requests (ARGS='COUNT SEED WORKERS KIND')
	$(BIN)/python -m tests.fuzz $(ARGS)

# The engine that the site is built with gets no new releases; requirements/ENGINES.md says what follows from that.
engines: assets ## Build the site with ProperDocs and Zensical too, and compare pages and anchors (ARGS=properdocs for one)
	@$(BIN)/python -m tests.engines $(ARGS)

# The check comes before everything that renders or compiles what is contributed.
assets: $(READY) ## Make what the widgets load in the browser, and the data that the site publishes
	@$(BIN)/python -m plugins.trust
	@$(BIN)/python -m plugins.bundle
	@$(BIN)/python -m plugins.publish

setup: $(READY) browser ## Only install what the other targets need

browser: $(PYTHON_READY)
	@$(BIN)/python -m tests.chromium > /dev/null

lock: $(PYTHON_READY) ## Choose the newest versions that requirements/*.in and package.json admit
	$(BIN)/python -m venv --clear build/uv
	build/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
	compile='build/uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header'; \
	$$compile --python-version 3.11 requirements/dev.in --output-file requirements/dev.txt; \
	for group in data package; do $$compile --python-version 3.11 --constraints requirements/dev.txt \
	  requirements/$$group.in --output-file requirements/$$group.txt; done; \
	$$compile --python-version 3.14 requirements/pyodide.in --output-file requirements/pyodide.txt
	$(BIN)/python -m plugins.bundle.node npm install --package-lock-only
	$(BIN)/python -m plugins.bundle.node npm update --package-lock-only

clean: ## Remove all that make has made
	rm -rf .venv build docs/api docs/assets docs/llms.txt node_modules site widgets/nameplate/_compiled*.py
	find docs -name index.md.txt -delete -o -type d -empty -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON_READY):
	@echo 'Installing the Python packages into .venv (once) ...'
	@python=$$(sh requirements/find-python.sh '$(PYTHON)') && "$$python" -m venv --clear .venv
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

$(PACKAGE_READY): | $(PYTHON_READY)
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q widgets/nameplate
	@rm -f .venv/package-*
	@touch $@

$(DATA_READY):
	@echo 'Installing PyYAML and pydantic into $(DATA_PYTHON) (once) ...'
	@python=$$(sh requirements/find-python.sh '$(PYTHON)') && "$$python" -m venv --clear $(DATA_PYTHON)
	@$(DATA_PYTHON)/bin/python -m pip --disable-pip-version-check --quiet --quiet install --require-hashes --only-binary :all: \
	  -r requirements/data.txt
	@touch $@

$(NODE_READY): | $(PYTHON_READY)
	@echo 'Installing the npm packages into node_modules (once) ...'
	@rm -f node_modules/.npm-*
	@$(BIN)/python -m plugins.bundle.node npm ci --loglevel=error
	@touch $@

# Packages for the browser's Python, which runs the compiler of bytecode under Node: pure ones, whatever this machine is.
$(PYODIDE_READY): | $(PYTHON_READY)
	@rm -rf $(PYODIDE_PACKAGES)
	@$(PIP) install --target $(PYODIDE_PACKAGES) --require-hashes --no-deps --no-compile --only-binary :all: --ignore-requires-python \
	  --python-version 3.14 --implementation py --abi none --platform any -r requirements/pyodide.txt
	@touch $@
