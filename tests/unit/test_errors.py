"""The drawing at the top of errors.py is the tree itself."""

import inspect
import re

import pytest

from monitors_bot import errors
from monitors_bot.errors import MonitorsBotError

BRANCH = re.compile(r"(?P<indent>[│├└─ ]*)(?P<name>\w+) +(?P<words>.+)")


def drawn():
    """Each drawn class: its name, the names above it from its parent to the root, and the line's words."""
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.fullmatch(r"(?P<indent>)(?P<name>MonitorsBotError)(?P<words>)", line) or (
            BRANCH.fullmatch(line) if above else None
        ):
            del above[len(match["indent"]) // 4 :]
            yield match["name"], tuple(reversed(above)), match["words"]
            above.append(match["name"])


DRAWN = {name: (ancestors, words) for name, ancestors, words in drawn()}
CLASSES = {
    name: kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, MonitorsBotError)
}
each_class = pytest.mark.parametrize("kind", CLASSES.values(), ids=lambda kind: kind.__name__)


def test_every_class_is_drawn_and_nothing_else():
    assert DRAWN.keys() == CLASSES.keys()


@each_class
def test_a_class_is_drawn_below_the_one_that_it_inherits_from(kind):
    ancestors, _ = DRAWN[kind.__name__]

    assert (
        ancestors[:1]
        == tuple(parent.__name__ for parent in kind.__bases__ if parent in CLASSES.values())[-1:]
    )


@each_class
def test_an_error_that_inherits_from_two_says_so(kind):
    others = [parent.__name__ for parent in kind.__bases__[:-1]]

    assert all(other in DRAWN[kind.__name__][1] for other in others)


@each_class
def test_the_drawing_says_which_errors_may_pass(kind):
    assert ("may pass" in DRAWN[kind.__name__][1]) == kind.may_pass


@each_class
def test_the_drawing_says_which_errors_are_final(kind):
    assert DRAWN[kind.__name__][1].endswith("final") == kind.is_final


@each_class
def test_no_final_error_may_pass(kind):
    assert not (kind.may_pass and kind.is_final)


def test_what_may_concern_one_unit_is_an_error_of_the_server():
    concerning = {kind for kind in CLASSES.values() if getattr(kind, "may_concern_one_unit", False)}

    assert all(issubclass(kind, errors.RocketChatError) for kind in concerning)
    assert errors.RocketChatUnavailable in concerning
    assert errors.CredentialsRefused not in concerning


def test_what_aws_calls_its_error_is_read_from_the_message():
    refused = errors.AwsRefused("400 ThrottlingError TransactionConflict")

    assert refused.status == 400
    assert refused.names == {"ThrottlingError", "TransactionConflict"}
    assert errors.AwsRefused("500").names == frozenset()
