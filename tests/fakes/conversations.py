"""One customer's conversation, and the Omnichannel webhook's events about it as Rocket.Chat sends them.

Every event has the room's `_id` and all that was said; what else it has depends on its type. System messages
do not move `lastMessageAt`, so two events of one conversation may be equal in every field but one.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.api_gateway import Sent
from tests.fakes.webhook_senders import OmnichannelWebhook

Agent = dict[str, str] | None


def agent(name: str) -> dict[str, str]:
    return {"_id": f"agent-{name}", "username": name, "ts": "2026-11-23T08:59:59.500Z"}


@dataclass
class Conversation:
    """A conversation on a server with a queue; each verb returns the events that the server sends for it."""

    room_id: str
    department_id: str
    webhook: OmnichannelWebhook = field(default_factory=OmnichannelWebhook)
    served_by: Agent = None
    said: int = 0

    def begin(self) -> list[Sent]:
        return [self._event("LivechatSessionStart")]

    def queue(self) -> list[Sent]:
        return [self._event("LivechatSessionQueued")]

    def take(self, name: str) -> list[Sent]:
        self.served_by = agent(name)
        return [self._event("LivechatSessionTaken", servedBy=self.served_by)]

    def return_to_queue(self) -> list[Sent]:
        self.served_by = None
        return self.queue()

    def forward_to_agent(self, name: str) -> list[Sent]:
        """Hand it to an agent; where somebody served it before, the event says who."""
        before, self.served_by = self.served_by, agent(name)
        return [self._event("LivechatSessionForwarded", servedBy=self.served_by, oldServedBy=before)]

    def forward_to_queue(self, department_id: str) -> list[Sent]:
        """Forward it to a department in which it waits: the server tells of both."""
        before, self.department_id, self.served_by = self.department_id, department_id, None
        return [self._event("LivechatSessionForwarded", oldDepartmentId=before), *self.queue()]

    def forward_to_department(self, department_id: str, name: str) -> list[Sent]:
        """Forward it to a department in which an agent gets it at once."""
        before, self.department_id, self.served_by = self.department_id, department_id, agent(name)
        forwarded = {"servedBy": self.served_by, "oldDepartmentId": before}
        return [self._event("LivechatSessionForwarded", **forwarded)]

    def close(self) -> list[Sent]:
        closing = {"closedAt": "2026-11-23T09:30:00.000Z", "closedBy": self.served_by, "closer": "user"}
        return [self._event("LivechatSession", servedBy=self.served_by, **closing)]

    def say(self) -> list[Sent]:
        """Write a message: the event has no department, and later events have the message."""
        self.said += 1
        return [self._event("Message", departmentId=None)]

    def _event(self, type_: str, **fields: Any) -> Sent:
        minute = f"2026-11-23T09:{self.said:02}:00.000Z"
        messages = [{"_id": f"m{number}", "msg": "Hello?"} for number in range(self.said)]
        common = {"_id": self.room_id, "lastMessageAt": minute, "messages": messages, "topic": None}
        return self.webhook.event(
            **{**common, "type": type_, "departmentId": self.department_id, "agent": self.served_by, **fields}
        )
