.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix snapshots deploy clean

# uv runs everything. Where a machine has none, it is put beside the project with the machine's own Python.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
RUN := $(UV) run --locked --quiet

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.tools/bin/uv:
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

setup: $(filter .tools/bin/uv,$(UV)) ## install what the project needs, from the lock file
	@$(UV) sync --locked --quiet

demo: setup ## see it work: /monitors on a local Rocket.Chat stand-in and local AWS, no account needed
	@$(RUN) python -m tests.demo

test: setup ## run every test that needs no browser
	@$(RUN) coverage erase
	@$(RUN) coverage run -m pytest -n 2 --dist worksteal
	@$(RUN) coverage combine --quiet
	@$(RUN) coverage report --fail-under=95

check: setup ## format, lint, types, architecture, template
	@$(RUN) ruff format --check --quiet .
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy
	@$(RUN) lint-imports

fix: setup ## format the code and mend what ruff can mend
	@$(RUN) ruff format --quiet .
	@$(RUN) ruff check --fix --quiet .

snapshots: setup ## rewrite the snapshots of what the platforms receive: read the difference like code
	@$(RUN) pytest -q --snapshot-update

deploy: ## sam build, then sam deploy --guided
	@sam build
	@sam deploy --guided

clean: ## remove everything that was made here
	@rm -rf .venv .tools .aws-sam .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* .import_linter_cache
