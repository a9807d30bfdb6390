"""A slice of a run: the part that is done in one go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """The next part of a run; each has a message of its own on the queue."""

    run_id: str
    number: int
