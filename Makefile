# make site, make serve, make quick, make records, make test, make bench. Everything else is `.venv/bin/kb …`.

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1
SIDE_BY_SIDE := -n auto --dist worksteal

.PHONY: setup site serve check lint quick records test bench clean
.DEFAULT_GOAL := site

setup: .venv/ready

site: .venv/ready
	@$(BIN)/kb build

serve: .venv/ready
	@$(BIN)/kb serve

check: .venv/ready
	@$(BIN)/kb check

lint: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# After each change of the program: what needs no browser, no built site and no other process.
quick: lint
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not slow" tests

# After a change of records or hand-written pages: what a proposal of these runs.
records: .venv/ready-for-tests
	@sh tests/chromium.sh
	$(BIN)/pytest -n auto tests/records

test: lint
	@sh tests/chromium.sh
	$(BIN)/pytest $(SIDE_BY_SIDE) tests

bench: .venv/ready-for-tests
	$(BIN)/python tests/bench/build.py
	$(BIN)/python tests/bench/search.py
	$(BIN)/python tests/bench/questions.py

clean:
	rm -rf .venv build site

# The lock file carries versions and hashes; pip refuses anything else.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12"; exit 2; }
	@echo "Setting up .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q scripts/kb  # also where Python is told to keep no compiled modules
	@touch $@

.venv/ready-for-tests: .venv/ready tests/requirements.lock
	@echo "Adding the test tools …"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/requirements.lock
	@touch $@
