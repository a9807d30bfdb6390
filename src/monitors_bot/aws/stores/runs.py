"""Scheduled runs: how far each got, and whether a worker holds it.

Three kinds of documents. A run has two in the place `run#RUN`, kept for 30 days: `run` (its progress) and
`plan` (its units, which rarely change). A schedule has one in the place `schedule` under a hash of its name,
kept for good: the id of its last run.
"""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from hashlib import sha256
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents, written
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Problem, ProblemKind, Run, Stage
from monitors_bot.domain.digests.slices import may_begin
from monitors_bot.domain.units.roster import Unit
from monitors_bot.errors import JobMalformed, Overtaken, RunHeld

KEPT_SECONDS = 30 * 86_400
HELD_SECONDS = 75
"""Longer than the function may run: a run held for longer belongs to a worker that died."""
GOING_SECONDS = 1800
"""A run not saved for this long has stopped for good."""
TRIES = 3
RUN, PLAN, SCHEDULES = "run", "plan", "schedule"


class Runs:
    """The runs; a run is saved over the documents that this object last read or wrote."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self.documents = documents
        self._now = now
        self._known: dict[str, dict[str, Document]] = {}

    def begin(self, order: Order) -> bool:
        """Record a run unless it is already recorded; return whether its first message has to be queued.

        A tick is skipped while the last run of its schedule still goes on.
        """
        run = self.of(order.id)
        if run:  # the tick came again
            return _may_lack_its_message(run)
        if not self._take_schedule(order):
            return False
        try:
            self._write(Run(order, self._now()))
        except Overtaken:
            # The same tick may have reached two functions at once. Both queue a message: one has no effect.
            run = self.of(order.id)
            if not run:
                raise
            return _may_lack_its_message(run)
        return True

    def add(self, order: Order) -> None:
        """Record a run that no schedule orders; raise Overtaken if it is already recorded."""
        self.save(Run(order, self._now()))

    def of(self, run_id: str) -> Run | None:
        known = {document.name: document for document in self.documents.all(_place(run_id))}
        self._known = {run_id: known}
        if RUN not in known:
            return None
        return _run(known[RUN].content, known[PLAN].content if PLAN in known else [])

    def last_of(self, schedule: str) -> Run | None:
        """Return the last run that a schedule ordered, by the schedule's ARN."""
        last = self.documents.get(SCHEDULES, _schedule_name(schedule))
        return self.of(last.content["run"]) if last and last.content["run"] else None

    def hold(self, run_id: str, number: int) -> Run | None:
        """Take the run for the message with this number, so that no other worker can begin a slice of it.

        Return None if there is nothing left to do for this message: see `may_begin`. Raise JobMalformed if
        there is no such run, RunHeld while another worker holds it, and Overtaken if another worker took it
        at the same moment.
        """
        run = self.of(run_id)
        if not run:
            raise JobMalformed("for a run that is not in the table")
        if not may_begin(run, number):
            return None
        if run.held_until > self._now():
            raise RunHeld(f"for {run.held_until - self._now():.0f} s more")
        run.started = number
        run.held_until = self._now() + HELD_SECONDS
        self.save(run)
        return run

    def save(self, run: Run) -> None:
        """Record the run's progress; raise Overtaken if another worker has taken the run meanwhile."""
        run.touched_at = self._now()
        self._write(run)

    def release(self, run: Run) -> None:
        run.held_until = 0.0
        self.save(run)

    def _take_schedule(self, order: Order) -> bool:
        """Record the run as the schedule's last one, unless the one before it still goes on."""
        for _ in range(TRIES):
            schedule = self._schedule(order)
            last = schedule.content["run"]
            if last == order.id:  # recorded by an attempt that came no further
                return True
            if self._is_going(last):
                return False
            try:
                self.documents.put(replace(schedule, content={"run": order.id}))
            except Overtaken:
                continue
            return True
        raise Overtaken("the schedule changed at every try")

    def _schedule(self, order: Order) -> Document:
        name = _schedule_name(order.schedule)
        return self.documents.get(SCHEDULES, name) or Document(SCHEDULES, name, {"run": ""})

    def _is_going(self, run_id: str) -> bool:
        run = self.of(run_id) if run_id else None
        return bool(run and run.stage is not Stage.OVER and run.touched_at > self._now() - GOING_SECONDS)

    def _write(self, run: Run) -> None:
        known = self._known.setdefault(run.order.id, {})
        place, expires_at = _place(run.order.id), int(run.began_at) + KEPT_SECONDS
        progress = Document(place, RUN, _content(run), expires_at=expires_at)
        plan = Document(
            place, PLAN, [[unit.id, unit.name, unit.is_private] for unit in run.units], expires_at=expires_at
        )
        writes = [_over(known.get(RUN), progress)]
        # A missing plan is read as an empty one, so a new run is one write, which needs no transaction.
        if plan.content != (known[PLAN].content if PLAN in known else []):
            writes.append(_over(known.get(PLAN), plan))
        self.documents.put(writes[0], writes[1:])
        known |= {one.name: written(one) for one in writes}


def _may_lack_its_message(run: Run) -> bool:
    """Whether no slice has begun, so that the first message may never have been queued."""
    return run.stage is not Stage.OVER and run.started < 0


def _over(known: Document | None, new: Document) -> Document:
    return replace(new, stamp=known.stamp, pieces=known.pieces) if known else new


def _schedule_name(schedule: str) -> str:
    return sha256(schedule.encode()).hexdigest()[:32]


def _place(run_id: str) -> str:
    return f"run#{run_id}"


def _content(run: Run) -> dict[str, Any]:
    names = {field.name for field in fields(run)} - {"units", "order", "unit_problems", "order_problems"}
    content = {name: getattr(run, name) for name in names}
    unit_problems = {id_: [one.kind, one.why] for id_, one in run.unit_problems.items()}
    # The stored keys are those of the first version: runs recorded by it can still be read.
    return {
        **content,
        "order": asdict(run.order),
        "findings": unit_problems,
        "problems": run.order_problems,
    }


def _run(content: dict[str, Any], plan: list[list[Any]]) -> Run:
    content = dict(content)
    order, order_problems = content["order"], content.pop("problems")
    unit_problems = {
        id_: Problem(ProblemKind(kind), why) for id_, (kind, why) in content.pop("findings").items()
    }
    return Run(
        **{
            **content,
            "order": Order(**{**order, "units": tuple(order["units"]), "post": Post(order["post"])}),
            "stage": Stage(content["stage"]),
            "unit_problems": unit_problems,
            "order_problems": order_problems,
            # The first versions recorded no visibility.
            "units": [Unit(row[0], row[1], is_private=row[2] if len(row) > 2 else None) for row in plan],
        }
    )
