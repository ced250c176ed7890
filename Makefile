# Needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PyTorch's package index to install torch from, e.g. its CPU index (see README); empty: the default one.
TORCH_INDEX ?=
# From locks/, by hash; the last line of an installation is our own code.
INSTALL_LOCKED = TORCH_INDEX=$(TORCH_INDEX) $(BIN)/python -m tools.locks.install
LOCKS := $(wildcard locks/*.txt)
# The base model of the tests: a seventh of the default one's work.
FAST_BASE := smollm2-135m-instruct
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
DOCUMENTED := $(VENV)/.documented
RELEASED := $(VENV)/.released
# The page is built where Node.js is there; without it the service says how to build it.
PAGE := app/web/page/index.html
PAGE_SOURCES := $(shell find web clients/typescript/src -type f -not -path '*/node_modules/*')
PAGE_IF_NODE := $(if $(shell command -v npm),$(PAGE))

.PHONY: help install web demo pictures starter-adapter serve test test-fast coverage check format clients bench docs \
	lock lock-torch wheels audit dist images pin-images clean

help:  ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

install: $(INSTALLED) $(PAGE_IF_NODE)  ## Make .venv with everything the service needs, and the page where Node.js is there

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml $(LOCKS) | $(VENV)/bin/python
	$(INSTALL_LOCKED) runtime
	$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	touch $@

$(DEVELOPED): $(INSTALLED)
	$(INSTALL_LOCKED) dev
	touch $@

$(DOCUMENTED): $(INSTALLED)
	$(INSTALL_LOCKED) docs
	touch $@

$(RELEASED): $(INSTALLED)
	$(INSTALL_LOCKED) release
	touch $@

web: $(PAGE)  ## Build the page (needs Node.js 20 or newer)

$(PAGE): $(PAGE_SOURCES)
	npm --prefix web ci --no-audit --no-fund --loglevel=error
	npm --prefix web run --silent build
	touch $@

demo: install  ## Pull the starter models, start the service, ask the samples eight questions (ONCE=1: then stop)
	$(BIN)/loracle models pull
	$(BIN)/python samples/demo.py $(if $(ONCE),--once)

pictures: $(DEVELOPED) $(PAGE)  ## Record the page for the README (needs Chromium); VIEWS=folder: take every view instead
	$(BIN)/loracle models pull
	$(BIN)/python -m tools.pictures $(if $(VIEWS),--views $(VIEWS))

starter-adapter: $(INSTALLED)  ## Train the starter adapter on the question sets in DATA, for the default base or BASE
	$(BIN)/python -m samples.grounded_qa $(DATA) data/grounded-qa $(if $(BASE),--base $(BASE))
	$(BIN)/python -m samples.grounded_qa_scores data/grounded-qa/held_out.jsonl data/grounded-qa $(if $(BASE),--base $(BASE))

serve: install  ## Start the service
	$(BIN)/loracle serve

test-fast: $(DEVELOPED)  ## Run the unit tests that need no models: two to three minutes on two cores
	$(BIN)/python -m pytest tests/unit -m "not models" $(PYTEST_ARGS)

test: $(DEVELOPED) $(PAGE_IF_NODE)  ## Run all tests: unit, integration, reliability (pulls the starter models once)
	LORACLE_BASE_MODEL=$(FAST_BASE) $(BIN)/loracle models pull
	$(BIN)/python -m tools.run_tests $(PYTEST_ARGS)

coverage: $(DEVELOPED) $(PAGE_IF_NODE)  ## Run all tests and say what they leave out; takes almost half as long again
	LORACLE_BASE_MODEL=$(FAST_BASE) $(BIN)/loracle models pull
	$(BIN)/coverage erase
	$(BIN)/python -m tools.run_tests --cov --cov-append --cov-report= $(PYTEST_ARGS)
	$(BIN)/coverage report --skip-covered

check: $(DEVELOPED)  ## Lint, types and the layers of the architecture
	$(BIN)/ruff check loracle.py app migrations tests benchmarks samples tools docker clients
	$(BIN)/ruff format --check loracle.py app migrations tests benchmarks samples tools docker clients
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEVELOPED)  ## Format the code
	$(BIN)/ruff check --fix loracle.py app migrations tests benchmarks samples tools docker clients
	$(BIN)/ruff format loracle.py app migrations tests benchmarks samples tools docker clients

clients: $(DEVELOPED)  ## Write the types of the clients in clients/ from the OpenAPI document (needs Node)
	$(BIN)/python -m tools.clients

bench: $(DEVELOPED)  ## Measure ingestion, search, memory and the engine on this machine
	$(BIN)/python -m benchmarks.service
	$(BIN)/python -m benchmarks.engine

docs: $(DOCUMENTED)  ## Build the documentation site into site/; broken links fail
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

lock: $(RELEASED) $(DEVELOPED)  ## Write locks/ again after a change of pyproject.toml (UPGRADE=1: with the newest versions)
	$(BIN)/python -m tools.locks $(if $(UPGRADE),--upgrade)
	$(INSTALL_LOCKED) runtime image dev
	$(BIN)/python -m tools.gateway
	$(BIN)/python -m tools.licences

lock-torch: $(INSTALLED)  ## Add the hashes of the PyTorch index TORCH_INDEX to locks/torch.txt
	$(BIN)/python -m tools.locks --torch-only --torch-index $(TORCH_INDEX)

wheels: $(RELEASED)  ## Check that every locked dependency has a wheel, for Python 3.11 to 3.14, on Linux and macOS
	$(BIN)/python -m tools.locks --wheels

audit: $(RELEASED)  ## Look for known vulnerabilities in the locked packages and in the page's (needs a network)
	$(BIN)/python -m tools.audit

dist: $(RELEASED) $(PAGE)  ## Build the source distribution, the wheel and software bills of materials into dist/
	rm -rf dist build/runtime
	$(BIN)/python -m build --no-isolation
	$(PYTHON) -m venv build/runtime
	TORCH_INDEX=$(TORCH_INDEX) build/runtime/bin/python -m tools.locks.install runtime
	build/runtime/bin/python -m pip install -q --no-deps dist/*.whl
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml -o dist/loracle-sbom.cdx.json build/runtime/bin/python
	npm --prefix web sbom --sbom-format cyclonedx --omit dev > dist/loracle-page-sbom.cdx.json

IMAGE := loracle
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' app/__init__.py)
CUDA_INDEX := https://download.pytorch.org/whl/cu129
BUILD_IMAGE = docker build -f docker/Dockerfile --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse HEAD)

images:  ## Build the images: all in one for CPU and for CUDA, and the gateway without PyTorch (needs Docker)
	$(BUILD_IMAGE) --target all-in-one -t $(IMAGE):$(VERSION) .
	$(BUILD_IMAGE) --target all-in-one -t $(IMAGE):$(VERSION)-cuda --build-arg TORCH_INDEX=$(CUDA_INDEX) .
	$(BUILD_IMAGE) --target gateway -t $(IMAGE):$(VERSION)-gateway .

pin-images: $(DEVELOPED)  ## Write today's digests of the base images and of those in compose (needs Docker with buildx)
	$(BIN)/python -m tools.images

clean:  ## Remove .venv, the site and caches; data/ stays
	rm -rf site dist build app/web/page web/node_modules $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
