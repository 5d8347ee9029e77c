# make demo | test | test-long | check | bench | screenshots | manual | migrations-check | lock | clean
# Every target sets up .venv by itself, from the lock files, with uv when it is there and pip when it is not.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test test-long check bench browser screenshots manual migrations-check lock clean

# The first Python that is new enough, one that can make a virtual environment before one that cannot; PYTHON=… to choose another. The
# system's own comes first: distributions build it with profiles, and it is a quarter faster than one compiled by hand.
PYTHON ?= $(shell for needed in 'sys, venv, ensurepip' sys; do for p in /usr/bin/python3 python3.11 python3.12 python3.13 python3; do \
	$$p -c "import $$needed; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && { echo $$p; exit; }; done; done)
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
PORT ?= 8000
export PORT
# What is used is compiled when it is first used, and kept: without, every start and every worker of the tests pays seconds.
unexport PYTHONDONTWRITEBYTECODE

help:
	@sed -n 's/^# make/make/p' Makefile

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt install python3 python3-venv (Debian, Ubuntu) or brew install python (macOS)." >&2; exit 1; }
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV); \
	elif $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); \
	else echo "This Python cannot make a virtual environment: apt install python3-venv, then the same make again." >&2; exit 1; fi

# $(1): what.
define install
	@if command -v uv >/dev/null; then \
	  uv pip install --quiet --python $(PY) $(1); \
	else \
	  { $(PY) -m pip --version || $(PY) -m ensurepip; } >/dev/null 2>&1; \
	  $(PY) -m pip install --quiet --no-compile --disable-pip-version-check $(1); \
	fi
endef

# The project itself is linked in, so that .venv/bin/dutygate works and edits take effect.
$(RUN): requirements.lock pyproject.toml | $(PY)
	@echo "Setting up $(VENV) from requirements.lock …"
	$(call install,--require-hashes -r requirements.lock)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml $(RUN)
	@echo "Setting up $(VENV) from requirements-dev.lock …"
	$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@

demo: $(RUN)
	@$(BIN)/dutygate demo

# Chromium and a Chinese typeface: as root on Debian or Ubuntu they are installed, elsewhere a line says what to install.
browser: $(DEV)
	@$(PY) -m tests.browser.chromium

# First everything on SQLite, the trips in the browser too, then what touches the database again on PostgreSQL (DATABASE_URL, or one
# started for the run).
# A worker for each processor, at least two: one more would only collect everything once more.
test test-long: export PYTEST_XDIST_AUTO_NUM_WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n > 2 ? n : 2)))
test: $(DEV) browser
	@echo "== SQLite"
	@$(PY) -m pytest -q -n auto --dist worksteal -m "not long"
	@echo "== PostgreSQL"
	@DUTYGATE_TEST_PG=1 $(PY) -m pytest -q -n auto --dist worksteal -m "not long and not law_only and not page and not once" --ignore=dutygate/law --ignore=tests/browser --ignore=tests/pages

test-long: $(DEV) browser
	@DUTYGATE_HOME=$(abspath $(VENV))/check-home $(BIN)/dutygate law check
	@DUTYGATE_LONG=1 $(PY) -m pytest -q -n auto -m long --ignore=tests/browser/test_crawl.py
	@DUTYGATE_LONG=1 $(PY) -m pytest -q -n auto tests/browser/test_crawl.py
	@DUTYGATE_LONG=1 DUTYGATE_TEST_PG=1 $(PY) -m pytest -q -n auto --dist worksteal -m "(long or once) and not law_only and not page" --ignore=dutygate/law --ignore=tests/browser --ignore=tests/pages

# Settings make a data directory; a check must not touch the user's. The walk of the law and the types take longest, so each check is a
# target of its own and two run at a time; a check that fails ends the others that have not begun.
CHECKS := check-law check-types check-tests check-style check-imports check-migrations check-templates
.PHONY: $(CHECKS)
check $(CHECKS): export DUTYGATE_HOME := $(abspath $(VENV))/check-home
check $(CHECKS): export DATABASE_URL :=
check:
	@$(MAKE) --no-print-directory -j2 $(CHECKS)

check-law: $(RUN)
	$(BIN)/dutygate law check --quick
check-types: $(DEV)
	$(BIN)/mypy $(if $(CI),--cache-dir=/dev/null)
# That every test can be read; the workers of a run find them compiled then.
check-tests: $(DEV)
	@echo "pytest --collect-only"
	@$(PY) -m pytest -q --collect-only -p no:cacheprovider > $(VENV)/tests.txt || { tail -n 60 $(VENV)/tests.txt; exit 1; }
check-style: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
check-imports: $(DEV)
	$(BIN)/lint-imports
check-migrations: $(RUN)
	$(PY) manage.py makemigrations --check --dry-run
check-templates: $(DEV)
	@if [ -n "$$(git ls-files '*.html')" ]; then echo djlint; $(BIN)/djlint --quiet --lint $$(git ls-files '*.html'); fi

migrations-check: export DUTYGATE_HOME := $(abspath $(VENV))/check-home
migrations-check: export DATABASE_URL :=
migrations-check: $(DEV)
	$(PY) manage.py makemigrations --check --dry-run

bench: $(DEV)
	@status=0; for one in bench bench.pages bench.lists bench.search bench.public bench.taskcheck; do $(PY) -m $$one || status=1; done; exit $$status

# Pictures of every page in its main states, wide and narrow; INTO=folder for another place.
INTO ?= build/screenshots
screenshots: $(DEV) browser
	@$(PY) -m tests.browser.pictures $(INTO)

# The pictures of the manual, from the demo, into the package; commit what has changed.
manual: $(DEV) browser
	@$(PY) -m tests.browser.manual_pictures

# After a change to requirements*.in. Lock files carry hashes and no addresses.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv." >&2; exit 1; }
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
