"""docs/service-account.md names every permission that the code asks for."""

import re

import pytest

from tests.unit.docs.pages import SOURCE, first_cells, page

PERMISSIONS = sorted(set(re.findall(r"(?:manage|view)-livechat-[a-z]+|api-[a-z]+-[a-z-]+", SOURCE)))


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_every_permission_is_explained(permission):
    assert f"`{permission}`" in first_cells(page("service-account"))


def test_there_are_permissions():
    assert {"manage-livechat-units", "manage-livechat-monitors", "view-livechat-departments"} <= set(
        PERMISSIONS
    )
