"""docs/security.md: every test that it names is there."""

import re
from pathlib import Path

import pytest

from tests.unit.docs.pages import page, section

TESTS = Path(__file__).parents[2]
NAMED = sorted(set(re.findall(r"`(test_\w+(?:\.py)?)`", section(page("security"), "## Threats"))))


@pytest.fixture(scope="module")
def written():
    """The names of all tests, and of their files."""
    files = list(TESTS.rglob("test_*.py"))
    texts = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return {*re.findall(r"^def (test_\w+)", texts, re.MULTILINE), *(file.name for file in files)}


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_holds_a_defence_exists(written, name):
    assert name in written


def test_every_threat_names_a_test():
    rows = [line for line in section(page("security"), "## Threats").splitlines() if line.startswith("| ")][
        1:
    ]

    assert len(rows) >= 10
    assert all("`test_" in row.rsplit("|", 2)[1] for row in rows)
