# make run · test · check · check-long · quality · bench · format · learn: each sets up what it needs by itself, in .venv beside this file.

PYTHON ?=
ifneq ($(PYTHON),)
ifneq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
$(error PYTHON=$(PYTHON) is not here, or is older than 3.11; name another Python, or leave PYTHON out)
endif
endif
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
TO_RUN := $(VENV)/.ready-to-run
TO_WORK := $(VENV)/.ready-to-work
ARGS ?=
SIZES ?= 1000

# An environment knows the folder it was made in; one that was moved, or whose Python is gone, is made anew.
_ := $(shell [ ! -e $(VENV) ] || { [ "$$(cat $(VENV)/.made-in 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c '' 2>/dev/null; } || rm -rf $(VENV))

.PHONY: run test check check-long quality bench format learn clean
.DEFAULT_GOAL := run

run: $(TO_RUN)  ## follow the sample world, or the live feeds where a token is set
	@exec $(BIN)/planwatch run $(ARGS)

test: $(TO_WORK)  ## all tests but the slow ones
	@$(BIN)/python -m pytest -n auto -m "not slow" $(ARGS)

check: $(TO_WORK)  ## form, types, floors, topic files
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/planwatch topics check

check-long: check  ## and every test there is
	@$(BIN)/python -m pytest -n auto $(ARGS)

quality: $(TO_WORK)  ## how well the summariser reads the labelled corpora; falls below its floors: fails
	@$(BIN)/python -m pytest tests/quality $(ARGS)

bench: $(TO_WORK)  ## how fast it is: the summariser, in a growing store too (SIZES="1000,10000"), then the reader beside others (ARGS="--feeds 1000,5000")
	@$(PIP) install -c constraints.txt -e '.[bench]'
	@$(BIN)/python -m pytest tests/bench -s -q
	@$(BIN)/python -m tests.bench.growing $(SIZES)
	@$(BIN)/python -m tests.bench.polling $(ARGS)

format: $(TO_WORK)
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

learn: $(TO_WORK)  ## learn the summariser's weights anew from the labelled corpora
	@$(PIP) install -c constraints.txt -e '.[learn]'
	@$(BIN)/python -m tests.quality.learn $(ARGS)

clean:
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(TO_RUN): pyproject.toml constraints.txt | $(VENV)/.made-in
	@echo "Setting up planwatch (once, a minute or two) …" >&2
	@$(PIP) install -c constraints.txt -e '.[postgres,quality]'
	@touch $@

$(TO_WORK): pyproject.toml constraints.txt | $(VENV)/.made-in
	@echo "Setting up planwatch and its tools (once, a minute or three) …" >&2
	@$(PIP) install -c constraints.txt -e '.[postgres,quality,dev]'
	@touch $(TO_RUN) $@

$(VENV)/.made-in:
	@python=; for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "planwatch needs Python 3.11 or newer and found none. On Debian 12 or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "Python's venv module is not complete here. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	"$$python" -m venv $(VENV) && printf '%s' "$(CURDIR)" > $@
