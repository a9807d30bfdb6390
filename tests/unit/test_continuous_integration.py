"""Each change runs .ci/run, and nothing from elsewhere that could change unnoticed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from monitors_bot import __version__
from tests.fakes.sam_template import RESOURCES, TEMPLATE

WORKFLOW = Path(".github/workflows/ci.yml").read_text(encoding="utf-8")
RELEASE = Path(".github/workflows/release.yml").read_text(encoding="utf-8")
DEPLOY = Path("examples/deploy/github-actions.yml").read_text(encoding="utf-8")
EVERY_WORKFLOW = pytest.mark.parametrize(
    "workflow", [WORKFLOW, RELEASE, DEPLOY], ids=["ci", "release", "deploy"]
)
POLICY = json.loads(Path("examples/deploy/policy.json").read_text(encoding="utf-8"))
PREFIXES = {
    "Budgets": "budgets",
    "CloudWatch": "cloudwatch",
    "DynamoDB": "dynamodb",
    "IAM": "iam",
    "Logs": "logs",
    "SNS": "sns",
    "SQS": "sqs",
    "Scheduler": "scheduler",
    "SecretsManager": "secretsmanager",
    "Serverless": "lambda",
}
"""The service of a resource's type, as IAM's actions name it."""
HOOKS = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))


def test_the_workflow_runs_a_script_that_anybody_can_run():
    jobs = yaml.safe_load(WORKFLOW)["jobs"]

    assert commands_of(jobs["everything"]) == ["bash .ci/run"]
    assert Path(".ci/run").exists()


def commands_of(job):
    return [step["run"] for step in job["steps"] if "run" in step]


def test_known_vulnerabilities_are_reported_and_stop_a_release():
    audit = yaml.safe_load(WORKFLOW)["jobs"]["audit"]
    [release] = yaml.safe_load(RELEASE)["jobs"].values()

    assert (commands_of(audit), audit["continue-on-error"]) == (["make audit"], True)
    audited = commands_of(release).index("make audit")
    assert audited < next(at for at, one in enumerate(commands_of(release)) if one.startswith("gh release"))


@EVERY_WORKFLOW
def test_every_action_is_pinned_to_a_commit_and_names_its_version(workflow):
    actions = re.findall(r"uses: (.*)", workflow)

    assert actions
    assert [one for one in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)] == []


def test_the_workflow_may_only_read():
    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}


def test_a_release_is_made_of_a_tag_alone_and_holds_the_app():
    release = yaml.safe_load(RELEASE)
    [job] = release["jobs"].values()

    assert release[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads the key `on` as true
    assert release["permissions"] == {"contents": "write", "id-token": "write"}
    *steps, publish = job["steps"]
    assert {"run": "make app"} in steps
    assert {"run": "make sbom"} in steps
    assert publish["run"].endswith(" .aws-sam/packaged.yaml rocketchat-app/dist/monitors.zip dist/sbom.json")


def test_every_hook_uses_the_locked_tools():
    [repository] = HOOKS["repos"]

    assert repository["repo"] == "local"
    assert [hook["id"] for hook in repository["hooks"] if "uv run --locked" not in hook["entry"]] == []


@EVERY_WORKFLOW
def test_a_workflow_has_no_key_of_aws_and_is_yaml(workflow):
    assert yaml.safe_load(workflow)["jobs"]
    assert not re.search(r"aws-access-key|AWS_SECRET|secrets\.", workflow)


@pytest.mark.parametrize("workflow", [RELEASE, DEPLOY], ids=["release", "deploy"])
def test_a_workflow_that_reaches_aws_may_ask_for_a_token_of_openid_connect(workflow):
    assert yaml.safe_load(workflow)["permissions"]["id-token"] == "write"


# Deploying


@pytest.mark.parametrize("kind", sorted({resource["Type"] for resource in RESOURCES.values()}))
def test_who_deploys_may_create_each_kind_of_resource(kind):
    actions = [
        action
        for statement in POLICY["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    ]
    prefixes = {action.partition(":")[0] for action in actions}

    assert PREFIXES[kind.split("::")[1]] in prefixes
    assert {"cloudformation", "s3", "apigateway"} <= prefixes


def test_who_deploys_may_not_pass_foreign_roles_or_change_them():
    for statement in POLICY["Statement"]:
        if "iam:" in str(statement["Action"]):
            assert all(
                "/monitors-bot" in one or "role/monitors-bot" in one for one in _list(statement["Resource"])
            )
    assert "iam:*" not in str(POLICY)


def _list(value):
    return [value] if isinstance(value, str) else value


# Publishing


def test_the_application_repository_is_told_the_version_and_the_licence():
    told = TEMPLATE["Metadata"]["AWS::ServerlessRepo::Application"]

    assert told["SemanticVersion"] == __version__
    assert Path(told["LicenseUrl"]).read_text(encoding="utf-8").startswith("MIT License")
    assert Path(told["ReadmeUrl"]).exists()
    assert len(told["Labels"]) <= 10


@pytest.mark.parametrize(("tag", "code"), [(f"v{__version__}", 0), ("v99.0.0", 1), ("", 1)])
def test_a_release_is_refused_where_the_versions_differ(tag, code):
    assert (
        subprocess.run(
            [sys.executable, ".ci/check_release.py", tag], check=False, capture_output=True
        ).returncode
        == code
    )
