"""Each change runs .ci/run, and nothing from elsewhere that could change unnoticed."""

import re
from pathlib import Path

import yaml

WORKFLOW = Path(".github/workflows/ci.yml").read_text(encoding="utf-8")
RELEASE = Path(".github/workflows/release.yml").read_text(encoding="utf-8")
HOOKS = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))


def test_the_workflow_runs_a_script_that_anybody_can_run():
    [job] = yaml.safe_load(WORKFLOW)["jobs"].values()

    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert Path(".ci/run").exists()


def test_every_action_is_pinned_to_a_commit_and_names_its_version():
    actions = re.findall(r"uses: (.*)", WORKFLOW + RELEASE)

    assert actions
    assert [one for one in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)] == []


def test_the_workflow_may_only_read():
    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}


def test_a_release_is_made_of_a_tag_alone_and_holds_the_app():
    release = yaml.safe_load(RELEASE)
    [job] = release["jobs"].values()

    assert release[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads the key `on` as true
    assert release["permissions"] == {"contents": "write"}
    *_, build, publish = job["steps"]
    assert build == {"run": "make app"}
    assert publish["run"].endswith(" rocketchat-app/dist/monitors.zip")


def test_every_hook_uses_the_locked_tools():
    [repository] = HOOKS["repos"]

    assert repository["repo"] == "local"
    assert [hook["id"] for hook in repository["hooks"] if "uv run --locked" not in hook["entry"]] == []
