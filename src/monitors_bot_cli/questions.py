"""Asks a person at a terminal for what is missing, until it is right."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitors_bot_cli.template import Parameter


@dataclass(frozen=True)
class Question:
    """What is asked for; `complaints` says what is wrong with an answer, in words that follow the name."""

    name: str
    explanation: str
    complaints: Callable[[str], Iterable[str]]


def somebody_is_there() -> bool:
    """Whether a question would be read by a person, and not by a pipe or a CI job."""
    return sys.stdin.isatty()


def about(parameter: Parameter) -> Question:
    constraint = parameter.constraint
    explanation = f"{parameter.description}.\nIt {constraint}." if constraint else f"{parameter.description}."
    return Question(parameter.name, explanation, parameter.complaints)


def ask(question: Question, default: str = "") -> str:
    """Ask until the answer is right; Enter takes the default. Raises KeyboardInterrupt and EOFError."""
    print(f"\n{question.explanation}")  # noqa: T201 - this is what the person reads
    prompt = f"{question.name} [{default}]: " if default else f"{question.name}: "
    while True:
        answer = input(prompt).strip() or default
        complaints = list(question.complaints(answer))
        if not complaints:
            return answer
        for complaint in complaints:
            print(f"{question.name} {complaint}.")  # noqa: T201
