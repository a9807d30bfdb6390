"""What the demo tells of webhooks: what others send, and what people read of it in the channel."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.demo.company import ORDERS
from tests.fakes.api_gateway import Sent
from tests.fakes.webhook_senders import OmnichannelWebhook, PagingSystem

CUSTOMERS = 25
WINDOW_SECONDS = 1
"""Shorter than anybody would have it, so that the demo does not take a minute longer."""


def payments_fail(at: float) -> list[Sent]:
    """A system pages once, and again because it missed the answer."""
    system = PagingSystem()
    message = "Payments have failed for ten minutes. @all look!"
    return [system.page(at, id="msg_of_the_demo", unit="Sales", message=message) for _ in range(2)]


def customers_wait(_at: float) -> list[Sent]:
    omnichannel = OmnichannelWebhook()
    return [omnichannel.event(departmentId=ORDERS) for _ in range(CUSTOMERS)]


@dataclass(frozen=True)
class Call:
    """What is sent to a webhook, and what has to be posted then: so many messages, with these sentences."""

    narrator: str
    sends: Callable[[float], list[Sent]]
    posts: int
    says: tuple[str, ...]


CALLS = (
    Call(
        "A monitoring system pages a unit twice. Who is online is mentioned once. Its text mentions nobody.",
        payments_fail,
        1,
        ("Sales: 1 of 2 monitors online", "reachable: @ana", "Payments have failed for ten minutes."),
    ),
    Call(
        f"{CUSTOMERS} customers wait at once. One notice is posted, then one that counts the rest.",
        customers_wait,
        2,
        ("Sales: 1 customer waiting in Orders", f"Sales: {CUSTOMERS - 1} more customers waiting in Orders"),
    ),
)
