"""docs/settings.md has every parameter of the stack, and every variable that a function reads."""

import re

import pytest

from tests.fakes.sam_template import PARAMETERS, TEMPLATE
from tests.fakes.watched_environment import READERS, variables_read_by
from tests.unit.docs.pages import code, first_cells, page, section

SETTINGS = page("settings")
GLOBAL_VARIABLES = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"].keys()


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_is_explained_with_its_default(parameter):
    default = PARAMETERS[parameter].get("Default", "none")

    [row] = re.findall(rf"^\| `{parameter}` \|.*\| (.*) \|$", SETTINGS, re.MULTILINE)
    assert row.strip("`") == (str(default) or "empty")


def test_no_other_parameter_is_explained():
    parameters = first_cells(SETTINGS.partition("## Environment variables")[0])

    assert {cell.strip("`") for cell in parameters} == PARAMETERS.keys()


@pytest.mark.parametrize("variable", sorted(GLOBAL_VARIABLES | set().union(*map(variables_read_by, READERS))))
def test_every_environment_variable_is_explained(variable):
    assert variable in code(section(SETTINGS, "## Environment variables"))
