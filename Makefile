.DEFAULT_GOAL := help
.PHONY: help setup demo test prove bench check fix requirements snapshots emoji picture app build doctor deploy package fuzz audit sbom release-check clean

# uv runs everything. If the machine has none, its own Python installs one into .tools/.
UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
RUN := $(UV) run --locked --quiet

# The big tools have their own environments, so that they never hold back a version in the lock file.
SAM_CLI_VERSION := 1.170.0
CFN_LINT_VERSION := 1.58.0
WITH_SAM := $(UV) tool run --quiet --from aws-sam-cli==$(SAM_CLI_VERSION) --with cfn-lint==$(CFN_LINT_VERSION)
PIP_AUDIT_VERSION := 2.10.0
WITH_CHECKOV := $(UV) tool run --quiet --from checkov==3.3.30
EMOJIBASE_VERSION := 17.0.0
SAM_ENV := default
ENVIRONMENT = $(if $(filter default,$(SAM_ENV)),dev,$(SAM_ENV))
SAM_CONFIG = $(if $(filter prod,$(SAM_ENV)),prod,default)
export SAM_CLI_TELEMETRY := 0

# The requirements of the deployed packages, from the lock file.
EXPORT := $(UV) export --quiet --locked --no-default-groups --no-emit-project --no-header --no-annotate

WITH_SDK := --extra sdk --prune boto3 # Lambda provides boto3

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

.tools/bin/uv:
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

setup: $(filter .tools/bin/uv,$(UV)) ## install what the project needs, from the lock file
	@$(UV) sync --locked --quiet

demo: setup ## see it work: /monitors on a local Rocket.Chat stand-in and local AWS, no account needed
	@$(RUN) python -m tests.demo

test: setup ## run the tests, long proofs in a short form
	@$(RUN) pytest -n auto --dist worksteal -m "not prove"

prove: setup ## run every test, long proofs whole, and each property 1,000 times; measure coverage
	@$(RUN) coverage erase
	@$(RUN) coverage run -m pytest -n auto --dist worksteal --durations=50
	@$(RUN) coverage combine --quiet
	@$(RUN) coverage report --fail-under=95
	@HYPOTHESIS_PROFILE=thorough $(RUN) pytest -n auto --dist worksteal -m hypothesis

check: setup ## format, lint, types, architecture, links, template
	@$(RUN) ruff format --check --quiet .
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) python .ci/check_links.py
	@$(EXPORT) | diff src/requirements.txt - || { echo "src/requirements.txt lags: make requirements"; exit 1; }
	@$(EXPORT) $(WITH_SDK) | diff src/requirements-sdk.txt - || { echo "src/requirements-sdk.txt lags: make requirements"; exit 1; }
	@$(WITH_SAM) sam validate --lint
	@$(WITH_SAM) python .ci/lint_translated_template.py
	@$(WITH_CHECKOV) checkov --file template.yaml

fix: setup ## format the code and fix what ruff can fix
	@$(RUN) ruff format --quiet .
	@$(RUN) ruff check --fix --quiet .

requirements: setup ## rewrite src/requirements*.txt from the lock file
	@$(EXPORT) > src/requirements.txt
	@$(EXPORT) $(WITH_SDK) > src/requirements-sdk.txt

snapshots: setup ## rewrite the snapshots of what the platforms receive: review the diff like code
	@$(RUN) pytest -q --snapshot-update $$(grep -rlw snapshot tests --include='test_*.py')

emoji: setup ## rewrite the chat platforms' names of emoji from the npm package that lists them
	@mkdir -p .tools && npm pack --silent --pack-destination .tools emojibase-data@$(EMOJIBASE_VERSION) >/dev/null
	@$(RUN) python .ci/write_emoji_names.py .tools/emojibase-data-$(EMOJIBASE_VERSION).tgz

picture: setup ## redraw the README' picture from the bot' own replies
	@$(RUN) python -m tests.picture

app: setup ## build the Rocket.Chat app's zip, and test it against the bot; needs Node 20 and npm
	@cd rocketchat-app && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent build && npm test --silent

.tools/python3.13: uv.lock # for `sam build`: pip and pyOpenSSL on any Python 3.13 of the machine
	@python="$$(UV=$(UV) .ci/find-python3.13)" && $(UV) venv --quiet --clear --seed --python "$$python" $@
	@$(UV) export --quiet --locked --only-group build \
		| $(UV) pip install --quiet --python $@ --requirement -
	@touch $@

.tools/lambda-python: uv.lock # like Lambda's Python: with AWS's runtime client and what Lambda itself provides
	@python="$$(UV=$(UV) .ci/find-python3.13)" && $(UV) venv --quiet --clear --python "$$python" $@
	@rm -f $@/lib/python3.13/site-packages/_virtualenv.*
	@$(UV) export --quiet --locked --only-group runtime \
		| $(UV) pip install --quiet --python $@ --compile-bytecode --requirement -
	@touch $@

build: export PATH := $(CURDIR)/.tools/python3.13/bin:$(PATH)
# Where the default Python is a 3.13, uv runs SAM with it, and puts it before this one on PATH.
build: export PYTHON := $(CURDIR)/.tools/python3.13/bin/python3.13
build: setup .tools/python3.13 .tools/lambda-python ## sam build, and test the packages it built
	@$(WITH_SAM) sam build --config-env $(SAM_CONFIG)
	@BUILT=.aws-sam/build LAMBDA_PYTHON=.tools/lambda-python/bin/python \
		$(RUN) pytest -n 2 tests/integration/test_build.py tests/scenarios/test_real_runtime.py

.tools/plain: uv.lock # boto3 and requests as `sam build` would package them: unpacked wheels for arm64
	@rm -rf $@
	@$(UV) export --quiet --locked --only-group plain \
		| $(UV) pip install --quiet --python .tools/lambda-python --target $@ --no-deps --only-binary :all: \
			--python-platform aarch64-manylinux_2_28 --python-version 3.13 --requirement -
	@touch $@

bench: build .tools/plain ## measure start-up, answers, memory, growth, slow servers; BENCH=cold measures one
	@$(RUN) python -m benchmarks $(BENCH)

doctor: setup ## check a deployed stack from end to end, with SAM_ENV=prod or dev; SAM_ENV=local checks one on this machine
	@$(RUN) $(if $(filter local,$(SAM_ENV)),python -m tests.local_stack,monitors-bot) doctor $(if $(filter local,$(SAM_ENV)),,--env $(ENVIRONMENT))

deploy: setup ## build and deploy with the settings of settings/dev.toml, or of prod.toml with SAM_ENV=prod
	@$(RUN) python -m monitors_bot_cli.deploy complete $(ENVIRONMENT)
	@$(MAKE) --no-print-directory build
	@$(RUN) python -m monitors_bot_cli.deploy run $(ENVIRONMENT) $(WITH_SAM) sam deploy --config-env $(SAM_CONFIG)

package: build ## the template with its code in an S3 bucket, BUCKET=name: .aws-sam/packaged.yaml
	@$(WITH_SAM) sam package --config-env $(SAM_CONFIG) --s3-bucket "$(BUCKET)" --output-template-file .aws-sam/packaged.yaml

fuzz: setup ## every property with new examples, for MINUTES=60; what is found is kept in .fuzz/
	@$(RUN) python -m tests.fuzz

audit: setup ## look up known vulnerabilities of every locked package, on PyPI itself; a package that it does not find fails
	@mkdir -p .tools && $(UV) export --quiet --locked --all-groups --all-extras --no-emit-project > .tools/every-package.txt
	@$(UV) tool run --quiet pip-audit==$(PIP_AUDIT_VERSION) --strict --disable-pip --require-hashes --requirement .tools/every-package.txt

sbom: setup ## write what is deployed into dist/sbom.json, as CycloneDX
	@mkdir -p dist && $(UV) export --quiet --locked --format cyclonedx1.5 --no-default-groups --extra sdk > dist/sbom.json

release-check: setup # fails unless the tag, the package, the template and the changelog name the same version
	@$(RUN) python .ci/check_release.py "$(TAG)"

clean: ## remove everything that these targets create
	@rm -rf rocketchat-app/node_modules rocketchat-app/dist
	@rm -rf dist .fuzz .venv .tools .aws-sam .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* .import_linter_cache
