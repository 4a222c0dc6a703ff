# Every target sets up what it needs in .venv; `make` alone shows what there is.
#
#   PYTHON=python3.14   the Python to use, in an environment of its own (otherwise the first fitting one is found)
#   ARGS="…"            further arguments for the program behind the target
#
# `make fuzz` takes SECONDS (for the whole run; 0 for one round of everything), EXAMPLES (for each operation and round),
# SEED and API. With TARGET=https://… and API it asks a real server where it departs from its document, reads only, but
# for operations in ALLOW="…", and takes credentials from the environment: KWS_BEARER_APP and so on.

SHELL := /bin/sh
# Each process that tests start would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?=
OF_PYTHON := $(if $(PYTHON),-$(subst /,-,$(PYTHON)))
VENV := .venv$(OF_PYTHON)
LOWEST := .venv-lowest$(OF_PYTHON)
RUN := $(VENV)/bin/
READY := $(VENV)/project-installed
CURRENT := $(VENV)/clients-compared
PIP := bin/python -m pip --disable-pip-version-check --no-input
LOCK := .venv-lock/bin/uv pip compile --quiet --system-certs --universal --python-version 3.11 \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS)

SPECS := $(wildcard openapi/*.yaml)
CLIENTS := $(patsubst openapi/%.yaml,generated/%_client/__init__.py,$(SPECS))
GENERATOR := scripts/generate.py $(shell find scripts/generator scripts/templates -name '*.py' -o -name '*.jinja')
TYPED := $(wildcard runtime overlay mock fuzz reader testing scripts benchmarks generated examples tests/runtime tests/typing)
# Other data for each commit, and the same ones for one: what fails then comes again.
COMMIT_SEED = $(or $(FUZZ_SEED),$(shell git rev-parse HEAD 2>/dev/null | cut -c1-7 | sed 's/^/0x/' | xargs -r printf '%d'))
# Half of their time many tests wait: for a limit to pass, a server to start, a page to load.
WORKERS := 3
MEASURED := $(RUN)python -m pytest -q -n $(WORKERS) tests/runtime tests/overlay --cov=runtime --cov=overlay --cov-branch --cov-report=
DRAWN = FUZZ_SEED=$(COMMIT_SEED) FUZZ_EXAMPLES=$(EXAMPLES)
UNMEASURED := $(RUN)python -m pytest -q -n $(WORKERS) --ignore tests/runtime --ignore tests/overlay --ignore tests/wheel --ignore tests/openapi/peers
API ?= kws
EXAMPLES ?= 20
SECONDS ?= 210
FUZZED := $(filter-out __pycache__,$(notdir $(wildcard runtime/* overlay/* mock/*)))

##@ Use it
.PHONY: run
run: $(CURRENT) assets ## start the mocks with made-up data, and call every operation of them through the clients
	@$(RUN)python scripts/walkthrough.py $(ARGS)

.PHONY: mock
mock: $(READY) assets ## serve the mock on this machine until Ctrl-C (another one: API=NAME; further options: ARGS="--port 0")
	@$(RUN)python -m openapi_mock $(API) $(ARGS)

##@ Work on it
.PHONY: test
test: $(READY) assets ## run the tests of the checkout, but for the slow ones, in random order, with a short fuzzing run
ifdef ARGS
	@$(RUN)python -m pytest -q -n 2 --ignore tests/wheel --ignore tests/openapi/peers $(ARGS)
else
	@# Both parts run even when the first one fails. What is measured takes longer, and the fuzzing much longer.
	@status=0; \
	$(MEASURED) || status=1; \
	$(DRAWN) $(UNMEASURED) -m "not slow" || status=1; \
	exit $$status
endif

.PHONY: fuzz
fuzz: $(READY) ## fuzz clients and mocks for longer, and report as a page (SECONDS=600 SEED=7 API=kws; a real server, only reading: TARGET=https://…)
ifdef TARGET
	@$(RUN)python -m openapi_fuzz openapi/$(API).yaml --client $(API)_client --url "$(TARGET)" \
	    $(if $(SEED),--seed $(SEED)) $(if $(filter command environment,$(origin SECONDS)),--seconds $(SECONDS)) \
	    $(foreach operation,$(ALLOW),--allow $(operation)) --report build/fuzz/$(API).html $(ARGS)
else
	@$(RUN)python -m pytest -q -n 2 tests/fuzz $(if $(filter-out file,$(origin API)),-k "$(API)") \
	    --fuzz-examples $(EXAMPLES) --fuzz-seconds $(SECONDS) $(if $(SEED),--fuzz-seed $(SEED)) \
	    --fuzz-progress --fuzz-pin --fuzz-lines "$(FUZZED)" --fuzz-report build/fuzz/report.html $(ARGS)
endif

.PHONY: mutants
mutants: $(READY) ## plant faults one at a time, which the fuzzing has to find (SEED=2 COUNT=306 GROUPS=runtime,state)
	@$(RUN)python scripts/mutants.py $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT)) $(if $(GROUPS),--groups $(GROUPS)) $(ARGS)

.PHONY: generate
generate: $(READY) ## write the clients in generated/ anew from openapi/*.yaml
	@$(RUN)python scripts/generate.py $(ARGS)

.PHONY: assets
assets: $(READY) ## fetch the viewer of the API reference that mocks show at /docs (needs npm, once)
	@$(RUN)python scripts/assets.py

.PHONY: browser
browser: $(READY) ## find Chromium for the tests of the mocks' pages, or install it where that is possible
	@$(RUN)python scripts/chromium.py

.PHONY: bench
bench: $(CURRENT) ## measure clients, mock and fuzzing against others (some rows: ARGS="client"; keep ratios: ARGS=--record)
	@$(RUN)python benchmarks/run.py $(ARGS)

.PHONY: lock
lock: ## renew both locks after an edit of their sources (ARGS=--upgrade: everything to its newest version)
	@PYTHON="$(PYTHON)" scripts/make-venv .venv-lock
	@.venv-lock/$(PIP) install --quiet uv==0.13.8
	@echo "Resolving versions …"
	@$(LOCK) --generate-hashes --all-extras --output-file requirements-dev.txt pyproject.toml requirements-dev.in
	@# The lowest versions of what the project itself needs, tested with the same tools as the newest. Without the extra
	@# for fuzzing, which allows hardly any other versions.
	@$(LOCK) --no-deps --constraints requirements-dev.txt --output-file .venv-lock/tools.txt requirements-test.in
	@$(LOCK) --generate-hashes --extra postgresql --extra starlette --extra fast --extra pydantic \
	    --resolution lowest-direct --output-file requirements-lowest.txt pyproject.toml .venv-lock/tools.txt

.PHONY: dist
dist: $(READY) assets ## build the wheel in dist/, such as for Containerfile
	@$(RUN)python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

.PHONY: clean
clean: ## remove everything that make has made
	@rm -rf .venv .venv-* build dist .coverage .coverage.* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis mock/openapi_mock/pages/assets
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Check it
.PHONY: check
check: lint types drift specs slow peers coverage wheel lowest bench-short mutants-short ## run all of the following

.PHONY: lint
lint: $(READY) ## is the code formatted, does it keep the rules, and do imports go one way?
	@echo "Formatting and lint …"
	@$(RUN)ruff format --quiet --check .
	@$(RUN)ruff check --quiet .
	@echo "Imports …"
	@PYTHONPATH=scripts $(RUN)lint-imports --no-logo --no-cache >/dev/null || PYTHONPATH=scripts $(RUN)lint-imports --no-logo --no-cache

.PHONY: types
types: $(READY) ## do the types hold, for mypy and for pyright?
	@echo "Types, with mypy …"
	@$(RUN)mypy --no-error-summary $(TYPED)
	@echo "Types, with pyright …"
	@$(RUN)pyright --pythonpath $(RUN)python $(TYPED)

.PHONY: drift
drift: $(READY) ## is generated/ exactly what openapi/ gives today?
	@echo "Generated code …"
	@$(RUN)python scripts/generate.py --check

.PHONY: specs
specs: $(READY) ## is every file in openapi/ a sound OpenAPI document?
	@echo "Specs, with openapi-spec-validator …"
	@$(RUN)openapi-spec-validator $(SPECS)
	@if command -v npx >/dev/null; then \
	    echo "Specs, with Redocly …"; \
	    REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true npm_config_update_notifier=false \
	        npx --yes @redocly/cli@2.77.0 lint $(SPECS); \
	else \
	    echo "Specs, with Redocly: left out, because npm is not installed here."; \
	fi

.PHONY: slow
slow: $(READY) assets browser ## do the tests pass that start browsers, commands and type checkers, or plant faults?
	@echo "Slow tests …"
	@$(DRAWN) $(UNMEASURED) -m slow

.PHONY: peers
peers: $(READY) ## do openapi-generator (which needs Java and npm) and schemathesis make sense of openapi/?
	@echo "Specs, with schemathesis and openapi-generator …"
	@tests="$(RUN)python -m pytest -q tests/openapi/peers"; \
	if ! java -version >/dev/null 2>&1; then \
	    echo "Clients made by openapi-generator: left out, because Java is not installed here."; \
	    $$tests -m "not java"; \
	elif ! command -v npx >/dev/null; then \
	    echo "TypeScript clients made by openapi-generator: left out, because npm is not installed here."; \
	    $$tests -m "not npm"; \
	else \
	    $$tests; \
	fi

.PHONY: coverage
coverage: .coverage ## is every branch of runtime/ and overlay/ tested?
	@echo "Coverage of the runtime and the overlays …"
	@$(RUN)coverage report --include='runtime/*,overlay/*' --fail-under=100

# `make test` leaves it, too.
.coverage: $(READY) $(shell find runtime overlay tests/runtime tests/overlay -name '*.py')
	@$(MEASURED)

.PHONY: wheel
wheel: $(READY) assets ## does the wheel, installed alone, do what README says, for type checkers, too?
	@echo "The wheel …"
	@$(RUN)python -m pytest -q tests/wheel

.PHONY: lowest
lowest: $(LOWEST)/project-installed ## do the tests pass with the lowest versions that pyproject.toml allows?
	@echo "Tests, with the lowest versions of all dependencies …"
	@# An old version may use what a new one of Python or of another package deprecates.
	@$(LOWEST)/bin/python -m pytest -q -n $(WORKERS) -W ignore::DeprecationWarning -W ignore::PendingDeprecationWarning tests/runtime tests/mock tests/overlay tests/reader

.PHONY: bench-short
bench-short: $(CURRENT) ## has no call, decoding or import fallen back by a quarter, in proportion to others?
	@echo "Speed, against benchmarks/baseline.json …"
	@$(RUN)python benchmarks/run.py --short --check $(ARGS)

.PHONY: mutants-short
mutants-short: $(READY) ## does the fuzzing find the faults of a small sample, drawn for this commit, within five minutes?
	@$(RUN)python scripts/mutants.py --short $(ARGS)

.PHONY: help
help:
	@awk -F ':.*## ' ' \
	    BEGIN { print "kws-clients: typed clients and mocks, made from openapi/*.yaml" } \
	    /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 } \
	    END { print "\nEach one sets up .venv by itself, once. PYTHON=python3.14 chooses another Python, ARGS=\"…\" adds arguments." } \
	' Makefile

# ---- What the targets above build first ----

# Dates say nothing of clients that were cloned with their specs: what they hold is compared. One that is missing differs.
$(CURRENT): $(SPECS) $(GENERATOR) $(CLIENTS) | $(READY)
	@$(RUN)python scripts/generate.py --if-needed
	@touch $@

$(CLIENTS):

# Two stamps for each environment: its packages are installed anew when the lock changes, the project itself when its
# metadata does.
%/project-installed: %/packages-installed pyproject.toml
	@$*/$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/packages-installed: requirements-dev.txt
$(LOWEST)/packages-installed: requirements-lowest.txt
%/packages-installed:
	@PYTHON="$(PYTHON)" scripts/make-venv $*
	@echo "Installing the packages of $^ (once; a minute or so) …"
	@$*/$(PIP) install --quiet --require-hashes --requirement $^
	@touch $@
