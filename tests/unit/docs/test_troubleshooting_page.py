"""docs/troubleshooting.md has every kind of bad news and status, and quotes only what the code still says."""

import ast
import re
from collections.abc import Iterator

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.bad_news import bad_news, crashed
from monitors_bot.domain.digests.run import DONE, NO_CHANNEL, NOT_POSTED, NOT_SET_UP, PROBLEMS
from tests.unit.docs.pages import SOURCE, SOURCES, first_cells, page, section

PAGE = page("troubleshooting")
SAID = ("## What the bot answers", "## What a digest says", "## What a notice says")
SENTENCES = [cell for heading in SAID for cell in first_cells(section(PAGE, heading))]
OUTCOMES = {DONE, PROBLEMS, NO_CHANNEL, NOT_POSTED, NOT_SET_UP}


def below(kind: type[errors.MonitorsBotError]) -> Iterator[type[errors.MonitorsBotError]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from below(narrower)


def trouble(kind: type[errors.MonitorsBotError]) -> errors.MonitorsBotError:
    if kind is errors.RocketChatLimited:
        return errors.RocketChatLimited(1)
    return kind("…")


def texts(node: ast.AST) -> Iterator[str]:
    """The texts of a module; a formatted one is a single text with gaps."""
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


WORDS = "\n".join(text for source in SOURCES for text in texts(ast.parse(source)))
TROUBLES = [*below(errors.RocketChatError), errors.RecordsUnreachable, errors.SettingsError]


def is_said(words: str) -> bool:
    """Whether the code holds these words, in one text or in two that it joins."""
    ends = [found.start() for found in re.finditer(" ", words)]
    return words in WORDS or any(words[:end] in WORDS and words[end + 1 :] in WORDS for end in ends)


@pytest.mark.parametrize("kind", TROUBLES)
def test_every_bad_news_is_explained(kind):
    assert f"\n| {bad_news(trouble(kind)).title} |" in PAGE


def test_a_crash_is_explained():
    assert f"\n| {crashed().title} |" in PAGE


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_that_it_explains_is_still_in_the_code(sentence):
    pieces = [piece.strip(" .:“”") for piece in sentence.split("…")]

    assert [piece for piece in pieces if not is_said(piece)] == []


@pytest.mark.parametrize("status", sorted(set(re.findall(r"(?:problem|Response)\((4\d\d|5\d\d)", SOURCE))))
def test_every_http_status_is_explained(status):
    assert f"\n| {status} |" in section(PAGE, "## HTTP statuses")


@pytest.mark.parametrize("outcome", sorted(OUTCOMES - {DONE}))
def test_every_way_a_run_goes_wrong_is_explained(outcome):
    assert f"\n| `outcome` is `{outcome}` |" in section(PAGE, "## What a schedule does")
