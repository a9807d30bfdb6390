"""What a check found, and the order of checks: one that needs another which failed is not made."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from monitors_bot.errors import MonitorsBotError
from monitors_bot_cli.problems import Stopped, sentence

Patient = TypeVar("Patient")


class State(StrEnum):
    """How a link is."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """One line: what was seen of a link, and what to do about it."""

    state: State
    seen: str
    fix: str = ""
    check: str = ""
    """The name of the check; `examine` fills it in."""


def ok(seen: str) -> Finding:
    return Finding(State.OK, seen)


def warning(seen: str, fix: str) -> Finding:
    return Finding(State.WARNING, seen, fix)


def failed(seen: str, fix: str) -> Finding:
    return Finding(State.FAILED, seen, fix)


def not_checked(why: str) -> Finding:
    return Finding(State.NOT_CHECKED, why)


@dataclass(frozen=True)
class Check(Generic[Patient]):
    """A link.

    `needs` names the checks that have to succeed before this one says anything, and `unless` those that only
    must not have failed: where they could not be made, this one is made all the same.
    """

    name: str
    examine: Callable[[Patient], Finding]
    needs: Sequence[str] = ()
    unless: Sequence[str] = ()


def examine(patient: Patient, checks: Iterable[Check[Patient]]) -> Iterator[Finding]:
    """Make the checks in their order, each that can be made."""
    failures: dict[str, str] = {}
    """The check that failed, for each that failed or could not be made because of it."""
    unknown: dict[str, str] = {}
    """The same for checks that could not be made for another reason."""
    for check in checks:
        failure = next((failures[one] for one in (*check.needs, *check.unless) if one in failures), "")
        cause = failure or next((unknown[need] for need in check.needs if need in unknown), "")
        finding = not_checked(f"{cause} comes first") if cause else _made(check, patient)
        if failure or finding.state is State.FAILED:
            failures[check.name] = failure or check.name
        elif finding.state is State.NOT_CHECKED:
            unknown[check.name] = cause or check.name
        yield replace(finding, check=check.name)


def worst(findings: Iterable[Finding]) -> State:
    """Return FAILED if any finding is, else WARNING if any is, else OK."""
    states = {finding.state for finding in findings}
    return next((one for one in (State.FAILED, State.WARNING) if one in states), State.OK)


def _made(check: Check[Patient], patient: Patient) -> Finding:
    try:
        return check.examine(patient)
    except Stopped as stopped:
        return failed(" ".join(stopped.problems), "Log in to AWS with more rights, or correct what it says.")
    except MonitorsBotError as error:
        return failed(sentence(error), "Run the doctor again in a minute.")
    except Exception as error:  # noqa: BLE001 - one check that breaks must not hide what the others see
        return failed(
            f"The check itself broke: {type(error).__name__}.",
            "Report it, with the output of monitors-bot --version.",
        )
