"""The functions that page people and do runs touch no more of the table than their roles allow."""

from contextlib import ExitStack

from monitors_bot.lambdas.schedule import ScheduleDoor
from tests.fakes.guarded_table import guarded_table, unused_rights

MAY_SHRINK = {"run#*", "channel#*", "window#*"}
"""The documents that may have several pieces, which would take thousands of units here."""


def test_each_function_writes_only_its_own_documents(notified, aws):
    with ExitStack() as running:
        webhook, background, schedule = (
            running.enter_context(guarded_table(aws.url, f"{name}Function"))
            for name in ("Webhook", "Background", "Schedule")
        )
        through = [
            {**notified.environ, "AWS_ENDPOINT_URL_DYNAMODB": guard.url}
            for guard in (webhook, background, schedule)
        ]
        notified.door = type(notified.door)(through[0], notified.clock)
        notified.worker = type(notified.worker)(through[1], notified.clock, notified.pass_time)
        tick = ScheduleDoor(through[2], notified.clock)

        notified.page(id="msg_1")
        notified.event()
        tick.handle({"run": "arn 1", "channel": "#leads", "post": "always"})
        notified.work()
        notified.server.remove_unit("salesSales0000001")
        tick.handle({"run": "arn 2", "channel": "#leads", "post": "always"})
        notified.work()

        assert len(notified.posted) >= 3
        assert webhook.refused | background.refused | schedule.refused == set()
        unused = unused_rights(webhook) | unused_rights(background) | unused_rights(schedule)
        assert unused == {("DeleteItem", place) for place in MAY_SHRINK}
