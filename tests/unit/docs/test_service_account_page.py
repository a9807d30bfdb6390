"""docs/service-account.md names every permission that the functions ask for."""

import re
from pathlib import Path

import pytest

from monitors_bot_cli.workspace import FOR_CUSTOMERS, NEEDED
from tests.unit.docs.pages import first_cells, page

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path("src/monitors_bot").rglob("*.py"))
PERMISSIONS = sorted(set(re.findall(r"(?:manage|view)-livechat-[a-z]+|api-[a-z]+-[a-z-]+", SOURCE)))


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_every_permission_is_explained(permission):
    assert f"`{permission}`" in first_cells(page("service-account"))


def test_there_are_permissions():
    assert {"manage-livechat-units", "manage-livechat-monitors", "view-livechat-departments"} <= set(
        PERMISSIONS
    )


def test_setup_grants_no_other_permission():
    explained = {cell.strip("`") for cell in first_cells(page("service-account"))}

    assert {*NEEDED, *FOR_CUSTOMERS} <= explained
