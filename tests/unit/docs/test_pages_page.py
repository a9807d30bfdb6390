"""docs/pages.md shows every sender, and every way to mention."""

from pathlib import Path

import pytest

from monitors_bot.domain.notices.messages import LONGEST_MESSAGE, Mention
from tests.unit.docs.pages import code, page

SENDERS = sorted(path for path in Path("examples").iterdir() if path.suffix in {".py", ".sh", ".yml"})


@pytest.mark.parametrize("sender", SENDERS, ids=str)
def test_every_sender_is_linked(sender):
    assert f"| [{sender}](../{sender}) |" in page("pages")


@pytest.mark.parametrize("mention", Mention)
def test_every_way_to_mention_is_explained(mention):
    assert mention in code(page("pages"))


def test_it_says_how_long_a_message_may_be():
    assert f"after {LONGEST_MESSAGE:,} characters it is cut" in page("pages")
