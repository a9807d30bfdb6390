"""docs/architecture.md names every part of the code, and its journeys name functions that exist."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.unit.docs.pages import blocks, code, first_cells, page, section

ARCHITECTURE = page("architecture")
SOURCE = Path("src/monitors_bot")
FOLDERS = section(ARCHITECTURE, "## The folders of src/monitors_bot")
CONTRACTS = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
PARTS = [part for layer in CONTRACTS["contracts"][0]["layers"] for part in layer.split(" | ")]
STEPS = re.findall(r"^\| .* \| `([\w/]+\.py)` \| (`.+`) \|$", ARCHITECTURE, re.MULTILINE)
WORDS = {
    *("unit", "monitor", "presence", "roster", "record", "change", "command", "reply", "late answer", "job"),
    *("digest", "alert", "run", "slice", "notice", "page", "event", "turn", "window", "asker", "sight"),
}


def defined_in(path: Path) -> set[str]:
    """The functions of a module and the methods of its classes."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    methods = {
        f"{each.name}.{one.name}"
        for each in body
        if isinstance(each, ast.ClassDef)
        for one in each.body
        if isinstance(one, ast.FunctionDef)
    }
    return methods | {each.name for each in body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_layers_is_in_the_picture_and_explained(part):
    [picture] = blocks(ARCHITECTURE, "mermaid")

    assert re.search(rf"\b{part}\b", picture)
    assert {f"`{part}`", f"`{part}/`", f"`{part}/units/`"} & set(first_cells(FOLDERS))


@pytest.mark.parametrize("folder", ["lambdas", "wiring"])
def test_every_module_of_the_doors_is_named(folder):
    modules = {path.stem for path in (SOURCE / folder).glob("*.py")} - {"__init__"}

    assert modules - code(FOLDERS) == set()


@pytest.mark.parametrize(("file", "functions"), STEPS)
def test_every_step_of_a_journey_names_functions_that_exist(file, functions):
    assert code(functions) - defined_in(SOURCE / file) == set()


def test_there_are_three_journeys():
    assert len(STEPS) > 40


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_of_the_field_is_in_the_glossary(word):
    assert word in first_cells(section(ARCHITECTURE, "## Words"))


def test_the_one_seam_is_named():
    assert "`may_see(asker, unit)` in `domain/units/access.py`" in ARCHITECTURE
