"""Every page is reachable, and names only what exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.docs.pages import EVERYTHING, PAGES, blocks, code

QUESTIONS = {
    "architecture",
    "benchmarks",
    "commands",
    "cost",
    "deploy",
    "mattermost",
    "network",
    "omnichannel",
    "operations",
    "pages",
    "rocketchat",
    "schedules",
    "secret",
    "service-account",
    "settings",
    "slack",
    "troubleshooting",
    "upgrade-and-uninstall",
}
TARGETS = re.findall(r"^([a-z]+):.*## ", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE)
ROOTS = (Path(), Path("src/monitors_bot"))
FOLDERS = {path.name for root in ROOTS for path in root.iterdir() if path.is_dir()}
MADE_HERE = {".venv", ".tools", ".aws-sam", ".fuzz", "dist", "node_modules"}
NAMES = {path.name for path in Path().rglob("*.*") if not MADE_HERE & set(path.parts)}
MADE_BY_READERS = {"input.json"}
MADE_BY_MAKE = {
    ".aws-sam/packaged.yaml",
    "dist/sbom.json",
    "sbom.json",
    "settings/dev.toml",
    "settings/prod.toml",
    "settings/ENVIRONMENT.toml",
}
FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*\.(?:json|md|py|sh|svg|toml|txt|yaml|yml)")
FOLDER = re.compile(r"([\w.-]+)(?:/[\w.-]+)*/?")
PATH = re.compile(r"(?<![\w/.-])(?:\.\./)?((?:events|docs|src|tests|examples|benchmarks|\.ci)/[\w./-]*)")
URL = re.compile(r"https?://\S+")


def names_nothing(name: str) -> bool:
    """Whether a name that looks like a path of the repository is not one."""
    if name in MADE_BY_MAKE:
        return False
    if FILE.fullmatch(name) and "/" not in name:
        return name not in NAMES | MADE_BY_READERS
    folder = FOLDER.fullmatch(name)
    is_path = FILE.fullmatch(name) or ("/" in name and folder and folder[1] in FOLDERS)
    return bool(is_path) and not any((root / name).exists() for root in ROOTS)


def missing_in(text: str) -> Iterator[str]:
    text = URL.sub("", text)
    yield from (name for name in PATH.findall(text) if not Path(name.rstrip(".")).exists())
    yield from filter(names_nothing, code(text))


def test_every_question_has_its_page():
    assert {f"docs/{name}.md" for name in QUESTIONS} - PAGES.keys() == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_begins_with_its_heading(name):
    assert re.match(r"# \S.*\n\n\S", PAGES[name])


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"README.md"}))
def test_every_page_is_linked_from_another(name):
    links = {
        Path(page).parent.joinpath(target).resolve()
        for page, text in PAGES.items()
        if page != name
        for target in re.findall(r"\]\(([^)#\s]+\.md)", text)
    }

    assert Path(name).resolve() in links


@pytest.mark.parametrize("name", PAGES)
def test_every_file_and_folder_that_it_names_exists(name):
    assert sorted(set(missing_in(PAGES[name]))) == []


def test_every_make_target_that_a_page_names_exists():
    commands = "\n".join(blocks(EVERYTHING, "sh"))
    named = {found[1] for name in code(EVERYTHING) if (found := re.match(r"make ([a-z]+)", name))}
    named |= set(re.findall(r"^ *make ([a-z]+)", commands, re.MULTILINE))

    assert {"deploy", "demo", "test"} <= named
    assert named - set(TARGETS) == set()


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_listed_for_contributors(target):
    assert f"| `make {target}` |" in PAGES["CONTRIBUTING.md"]
