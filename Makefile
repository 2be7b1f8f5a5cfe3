# Every task of the project. Needs make (3.81 or newer) and Python 3.11 or newer; keeps what it installs in .venv.

# Written when everything that runs Studybot is installed, and when its tools are too. Each holds the folder it was
# made in: a copied or moved .venv still points at the old one.
READY      := .venv/.ready
READY_DEV  := .venv/.ready-dev
# There while .venv is worked on, and still there if that was cut short: what is left cannot be trusted.
UNFINISHED := .venv/.unfinished

is-whole = [ -x .venv/bin/python ] && [ -x .venv/bin/studybot ] && [ ! -e $(UNFINISHED) ] \
	&& [ "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" ]
IF_BROKEN := $(shell $(is-whole) || echo again)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help chat setup test long guards mutants cover quick bench gallery format lock clean find-python again

help: ## list these tasks
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

chat: $(READY) ## study in this terminal: no account, no token
	@exec .venv/bin/studybot chat

setup: $(READY) ## install everything Studybot needs into .venv
	@echo 'Ready: .venv/bin/studybot'

test: $(READY_DEV) ## everything but `make long`; CI runs both
	@echo '== Style (ruff)'
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@echo '== Types (mypy)'
	@.venv/bin/mypy
	@echo '== Types, read a second time (pyrefly)'
	@.venv/bin/pyrefly check --min-severity error
	@echo '== Who imports whom (import-linter)'
	@.venv/bin/lint-imports --no-logo
	@if [ -f tests/docs_drift.py ]; then echo '== Docs made from code'; .venv/bin/python -m tests.docs_drift; fi
	@echo '== Content'
	@.venv/bin/studybot content check --strict
	@echo '== Tests (pytest)'
	@.venv/bin/python -m pytest -n 3 --dist loadgroup -m 'not long' --timeout 900

long: $(READY_DEV) ## what is too slow for `make test`: long lives, every kill, the fakes, small benchmarks; under 20 minutes
	@.venv/bin/python -m pytest -n 2 --dist loadgroup -m long --timeout 1200

guards: $(READY_DEV) ## break each printed promise in a copy and see its test turn red; under 20 minutes
	@.venv/bin/python -m tests.guards

mutants: $(READY_DEV) ## change the rules of bot/domain/ step by step and list what no test notices; under 10 minutes
	@.venv/bin/python -m tests.mutants

cover: $(READY_DEV) ## run the tests of `make test` and show which lines of bot/ none of them runs
	@.venv/bin/python -m pytest -n 3 --dist loadgroup -m 'not long' --timeout 900 -q --cov --cov-report term

NEAR := $(addprefix tests/,structure domain replies commands catalog dialogues)
quick: $(READY_DEV) ## style, types, imports, rules and dialogues, in under a minute
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python -m pytest -n 2 -m 'not slow and not long' -x -q --timeout 300 $(NEAR)

bench: $(READY_DEV) ## measure against the floors
	@.venv/bin/python -m bench

gallery: $(READY_DEV) ## every message of Discord and Slack on two pages, with pictures (needs Chromium)
	@.venv/bin/python -m tests.gallery

format: $(READY_DEV) ## sort imports, mend what ruff can, format
	@.venv/bin/ruff check --fix-only .
	@.venv/bin/ruff format .

lock: ## pin the dependencies again; UPGRADE=1 takes the newest (needs uv)
	@tools/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove .venv and caches; the bot's data stays
	rm -rf $(READY) .venv .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

# --- Setting up: nothing is installed again unless a lock or pyproject.toml changed, or .venv is not whole ---------

$(READY): requirements.lock pyproject.toml $(IF_BROKEN)
	$(call install,requirements.lock,$(READY))

$(READY_DEV): requirements-dev.lock requirements.lock pyproject.toml $(IF_BROKEN)
	$(call install,requirements-dev.lock,$(READY) $(READY_DEV))

again:

find-python: # says which Python a set-up would take
	@$(find-python); echo "$$python"

# $(call install,lock,stamps)
define install
@$(is-whole) || { $(find-python); $(make-venv); }
@touch $(UNFINISHED)
@$(call step,Installing the packages of $(1),\
	$(PIP) --require-hashes -r $(1))
@$(call step,Installing Studybot itself,\
	$(PIP) --no-build-isolation --check-build-dependencies --no-deps -e .)
@for stamp in $(2); do pwd -P >$$stamp; done; rm $(UNFINISHED)
endef

PIP := .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check

# $(call step,what it does,command): says the one, does the other quietly, and shows what it printed if it fails.
step = echo "$(1)"; trap 'exit 130' INT TERM HUP; \
	$(2) >.venv/setup.log 2>&1 || { \
		code=$$?; cat .venv/setup.log; [ $$code -gt 128 ] || rm -f $(UNFINISHED); \
		echo 'This step failed; the reason is above. Run make again when it is solved.'; exit 1; \
	} >&2

# Sets $$python to the newest Python that can make environments, or says what to do. PYTHON=/a/path names another.
PYTHON_NAMES := python3.14 python3.13 python3.12 python3.11 python3 python
PYTHON_CHECK := import sys, importlib.util as util; sys.version_info >= (3, 11) or sys.exit(3); \
	usable = util.find_spec("venv") and util.find_spec("ensurepip"); \
	print(sys._base_executable if usable else "%d.%d" % sys.version_info[:2]); sys.exit(0 if usable else 4)
find-python = python=; lacking=; \
	for name in $(if $(PYTHON),"$(PYTHON)",$(PYTHON_NAMES)); do \
		found=$$("$$name" -c '$(PYTHON_CHECK)' 2>/dev/null </dev/null); \
		case $$? in 0) python=$$found; break;; 4) lacking=$${lacking:-$$found};; esac; \
	done; \
	if [ -z "$$python" ] && [ -n "$$lacking" ]; then \
		echo "Python $$lacking is here, but without its venv and ensurepip modules. On Debian and Ubuntu:" \
			"sudo apt install python$$lacking-venv. Then run make again." >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "Studybot needs Python 3.11 or newer, and there is none under these names:" \
			"$(or $(PYTHON),$(PYTHON_NAMES)). Install one (Debian and Ubuntu: sudo apt install python3 python3-venv;" \
			"macOS: brew install python), or name yours: make setup PYTHON=/path/to/python3." >&2; exit 1; \
	fi

# The stamp goes first: half a .venv must not be taken for a whole one.
make-venv = rm -rf $(READY) .venv && mkdir .venv && touch $(UNFINISHED) || exit 1; \
	$(call step,Making .venv with $$("$$python" --version); the whole set-up takes about half a minute,\
		"$$python" -m venv .venv)
