# One list of what can be done here. `make run` and `make test` set up what they need from a bare clone.
PYTHON ?= python3
BIN := .venv/bin
UV := .venv/uv/bin/uv
UV_VERSION := 0.13.9

# What is read once is kept compiled, even where the machine says not to: tests start a hundred processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run quick test siege check fix lock rebuild verify texts bench bench-peers audit communes browser

# The demo: built once into var/, served at http://localhost:8000 until Ctrl-C (another PORT if you say so). `rm -r var`
# starts it anew.
PORT ?= 8000
run: export VOISITURE_DEMO := 1
run: export VOISITURE_BASE_URL := http://localhost:$(PORT)
run: .venv/run var/secret
	@VOISITURE_SECRET=$$(cat var/secret) sh -c "$(BIN)/python -m demo && $(BIN)/voisiture upgrade && exec $(BIN)/voisiture serve --port $(PORT)"

rebuild verify: .venv/run var/secret
	@VOISITURE_SECRET=$$(cat var/secret) $(BIN)/voisiture $@

var/secret: | .venv/run
	@mkdir -p var && $(BIN)/voisiture secret > $@

# What one runs while working: no browser, no PostgreSQL, no server killed, no fuzzing.
WHILE_WORKING := api architecture booking checks fleet front/test_who_may.py governance hosting/test_ways_in.py kernel ledger people places processes sending territory
quick: .venv/dev
	SCALE=0.3 $(BIN)/pytest -n 2 --dist worksteal -k "not postgres" $(WHILE_WORKING:%=tests/%)

test: check browser
	$(BIN)/pytest -n 2 --dist worksteal

# Everything at length, for about an hour; ONLY="tests/races tests/crash" for some of it. It writes docs/siege.md.
siege: export SCALE ?= 5
siege: export EVERYWHERE = yes
siege: .venv/dev browser
	$(BIN)/python -m tests.siege $(ONLY)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(UV)
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --constraint requirements.lock --extra dev pyproject.toml -o requirements-dev.lock

# Gather the sentences that people read, and bring the French catalogue up to date with them.
texts: .venv/dev
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping babel.cfg --keywords "say N_" --no-location --sort-output --omit-header \
		--output build/messages.pot .
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-file api/speech/locale/fr.po --locale fr \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

bench: .venv/dev
	$(BIN)/python -m tests.bench

# The same work done by another tool, in an environment of its own.
bench-peers: .venv/dev .venv/peers
	$(BIN)/python -m tests.bench.peers

.venv/peers: $(UV)
	$(UV) venv --quiet --python $(BIN)/python $@
	$(UV) pip install --quiet --python $@/bin/python ihatemoney==7.2.1 gunicorn==26.2.0
	@touch $@

# Is a hole known in what the locks name? Asked by a tool in an environment of its own.
audit: .venv/dev .venv/audit
	@$(BIN)/python -m tests.hosting.audit

.venv/audit: $(UV)
	$(UV) venv --quiet --python $(BIN)/python $@
	$(UV) pip install --quiet --only-binary :all: --python $@/bin/python pip-audit==2.10.1
	@touch $@

communes: .venv/run
	mkdir -p build
	npm pack --silent @etalab/decoupage-administratif@6.0.0 @etalab/decoupage-administratif@0.7.0 --pack-destination build
	$(BIN)/python -m territory.derive_communes build/etalab-decoupage-administratif-6.0.0.tgz \
		build/etalab-decoupage-administratif-0.7.0.tgz

# Browser tests need Debian's Chromium, best the one without windows: installed when it is missing and may be.
browser:
	@command -v chromium-headless-shell >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; } \
		|| command -v chromium >/dev/null \
		|| echo "No chromium here: the browser tests will be skipped. Install it: apt-get install chromium-headless-shell" >&2

$(UV):
	$(PYTHON) -m venv --clear .venv
	$(PYTHON) -m venv .venv/uv
	.venv/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/run: requirements.lock pyproject.toml $(UV)
	@test -e .venv/dev || $(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml $(UV)
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run
