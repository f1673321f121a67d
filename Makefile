# A fresh machine needs Python 3.11 or newer, make and a network; everything else is set up here, in .venv.
#
#   make demo    a sample desk, printed (or opened, on a terminal)
#   make check   everything a change must pass; `make test` is its last part
#   make docs    writes the generated pages and catalogues anew
#   make bench   measures (BENCH="…" goes to the benchmark); make clean removes what make made
#
# PYTHON=… chooses the interpreter; PYTEST="…" adds to the call of pytest.

SHELL := /bin/sh
PYTHON ?=
PYTEST ?=
BENCH ?=

# The tests start the program thousands of times: what was compiled once is kept, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.DEFAULT_GOAL := check
.PHONY: demo test check format lint types imports fresh docs bench clean setup

demo: $(READY)
	$(VENV)/bin/ouvidoria demo

test: $(READY)
	$(RUN) -m pytest -n auto --maxprocesses 4 --dist worksteal $(PYTEST)

check: format lint types imports fresh test

format: $(READY)
	$(RUN) -m ruff format --check .

lint: $(READY)
	$(RUN) -m ruff check .

types: $(READY)
	$(RUN) -m mypy

imports: $(READY)
	$(VENV)/bin/lint-imports

fresh: $(READY)
	$(RUN) -m tests.requirements_page --check
	$(RUN) -m tests.regulation_page --check
	$(RUN) -m ouvidoria_tui.locale.update --check
	$(RUN) -m ouvidoria_tui.cli.reference --check

docs: $(READY)
	$(RUN) -m ouvidoria_tui.locale.update
	$(RUN) -m ouvidoria_tui.cli.reference
	$(RUN) -m ouvidoria_tui.tui.keys >docs/keys.md
	$(RUN) -m tests.requirements_page
	$(RUN) -m tests.regulation_page

bench: $(READY)
	$(RUN) -m tests.bench $(BENCH)

clean:
	rm -rf $(VENV) .bench build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(READY)

# A .venv that lost its interpreter or its pip (moved, interrupted) is made anew; otherwise pip only mends it.
$(READY): pyproject.toml constraints.txt
	@if ! $(RUN) -m pip --version >/dev/null 2>&1; then \
	  found=; bare=; \
	  for python in $(if $(PYTHON),"$(PYTHON)",python3 python python3.14 python3.13 python3.12 python3.11); do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    if "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$python; break; fi; \
	    bare=$$python; \
	  done; \
	  if [ -n "$$found" ]; then :; \
	  elif [ -n "$$bare" ]; then \
	    echo "make: $$bare comes without the venv module." >&2; \
	    echo "      Install it (on Debian and Ubuntu: apt install python3-venv), or call make PYTHON=/path/to/python3.11." >&2; \
	    exit 1; \
	  else \
	    echo "make: ouvidoria needs Python 3.11 or newer, and $(if $(PYTHON),$(PYTHON) is not one,none was found)." >&2; \
	    echo "      Install one, or call make PYTHON=/path/to/python3.11." >&2; \
	    exit 1; \
	  fi; \
	  echo "making $(VENV) with $$found"; \
	  "$$found" -m venv --clear $(VENV); \
	fi
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]' --constraint constraints.txt
	@touch $@
