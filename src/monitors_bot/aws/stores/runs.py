"""Scheduled runs in the table: how far each got, and who is at it."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from hashlib import sha256
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents, written
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Kind, Problem, Run, Stage
from monitors_bot.domain.units.roster import Unit
from monitors_bot.errors import JobMalformed, Overtaken, RunHeld

KEPT_SECONDS = 30 * 86_400
HELD_SECONDS = 75
"""Longer than a worker lives: a run that was held longer ago was left behind by one that died."""
GOING_SECONDS = 1800
"""A run that nobody touched for so long is not going on by itself any more."""
RUN, PLAN, SCHEDULES = "run", "plan", "schedule"


class Runs:
    """The runs."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self.documents = documents
        self._now = now
        self._held: dict[str, dict[str, Document]] = {}

    def begin(self, order: Order) -> bool:
        """Write a run down, if that was not done before; tell whether somebody has to begin with it.

        The tick of a schedule whose last run still goes on is left out.
        """
        run = self.of(order.id)
        if run:
            return run.stage is not Stage.OVER and run.started < 0
        if self._goes_on(order):
            return False
        try:
            self._write(Run(order, self._now()))
        except Overtaken:  # the same order came twice at the same time
            return True
        return True

    def of(self, run_id: str) -> Run | None:
        found = {document.name: document for document in self.documents.all(_place(run_id))}
        self._held = {run_id: found}
        return (
            _run(found[RUN].content, found[PLAN].content if PLAN in found else []) if RUN in found else None
        )

    def hold(self, run_id: str, number: int) -> Run | None:
        """Take the right to go on with a run, for the message of slice `number`; of two, one gets it.

        None where there is nothing left to do for the message. Raise JobMalformed where there is no such run,
        and RunHeld where another worker is at it. A message whose successor nobody ever saw stands for it: it
        may not have been queued.
        """
        run = self.of(run_id)
        if not run:
            raise JobMalformed("for a run that is not in the table")
        has_no_successor = number == run.slice - 1 == run.started
        if run.stage is Stage.OVER or not (number == run.slice or has_no_successor):
            return None
        if run.held_until > self._now():
            raise RunHeld(f"for {run.held_until - self._now():.0f} s more")
        run.slice += has_no_successor
        run.started = run.slice
        run.held_until = self._now() + HELD_SECONDS
        self.save(run)
        return run

    def save(self, run: Run) -> None:
        """Keep how far the run got; raise Overtaken if somebody else is at it now."""
        run.touched_at = self._now()
        self._write(run)

    def release(self, run: Run) -> None:
        run.held_until = 0.0
        self.save(run)

    def _goes_on(self, order: Order) -> bool:
        """Whether an earlier run of the same schedule does; if not, this one is the schedule's last now."""
        name = sha256(order.schedule.encode()).hexdigest()[:32]
        last = self.documents.get(SCHEDULES, name) or Document(SCHEDULES, name, {"run": ""})
        earlier = self.of(last.content["run"]) if last.content["run"] else None
        if earlier and earlier.stage is not Stage.OVER and earlier.touched_at > self._now() - GOING_SECONDS:
            return True
        self.documents.put(replace(last, content={"run": order.id}))
        return False

    def _write(self, run: Run) -> None:
        held = self._held.setdefault(run.order.id, {})
        expires_at = int(run.began_at) + KEPT_SECONDS
        new = Document(_place(run.order.id), RUN, _content(run), expires_at=expires_at)
        plan = Document(_place(run.order.id), PLAN, [[unit.id, unit.name] for unit in run.units])
        writes = [_over(held.get(RUN), new)]
        if PLAN not in held or held[PLAN].content != plan.content:
            writes.append(_over(held.get(PLAN), replace(plan, expires_at=expires_at)))
        self.documents.put(writes[0], writes[1:])
        held |= {one.name: written(one) for one in writes}


def _over(held: Document | None, new: Document) -> Document:
    return replace(new, stamp=held.stamp, pieces=held.pieces) if held else new


def _place(run_id: str) -> str:
    return f"run#{run_id}"


def _content(run: Run) -> dict[str, Any]:
    names = {field.name for field in fields(run)} - {"units", "order", "unit_problems", "order_problems"}
    content = {name: getattr(run, name) for name in names}
    unit_problems = {id_: [one.kind, one.why] for id_, one in run.unit_problems.items()}
    # In the table, both are still called as they were in the first version.
    return {
        **content,
        "order": asdict(run.order),
        "findings": unit_problems,
        "problems": run.order_problems,
    }


def _run(content: dict[str, Any], plan: list[list[str]]) -> Run:
    content = dict(content)
    order, order_problems = content["order"], content.pop("problems")
    unit_problems = {id_: Problem(Kind(kind), why) for id_, (kind, why) in content.pop("findings").items()}
    return Run(
        **{
            **content,
            "order": Order(**{**order, "units": tuple(order["units"]), "post": Post(order["post"])}),
            "stage": Stage(content["stage"]),
            "unit_problems": unit_problems,
            "order_problems": order_problems,
            "units": [Unit(id_, name) for id_, name in plan],
        }
    )
