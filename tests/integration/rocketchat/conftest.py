"""The client of Rocket.Chat, connected to the stand-in."""

from dataclasses import dataclass, field

import pytest

from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Outbound
from monitors_bot.rocketchat.api import Account, RocketChat
from monitors_bot.rocketchat.limits import Limits
from tests.conftest import Clock
from tests.fakes.rocketchat import RocketChatServer
from tests.integration.conftest import AMPLE_SECONDS


@dataclass
class KnownAccounts:
    """The account in use, and the one to try when it is refused."""

    account: Account
    other: Account | None = None
    refused: list[Account] = field(default_factory=list)

    def current(self, deadline: Deadline) -> Account:
        return self.account

    def instead_of(self, refused: Account, deadline: Deadline) -> Account | None:
        self.refused.append(refused)
        return self.other


@pytest.fixture
def accounts(rocketchat: RocketChatServer) -> KnownAccounts:
    return KnownAccounts(Account(rocketchat.account.user_id, rocketchat.account.token))


@pytest.fixture
def client(
    rocketchat: RocketChatServer, outbound: Outbound, accounts: KnownAccounts, clock: Clock
) -> RocketChat:
    return RocketChat(rocketchat.url, outbound, accounts, Limits(), clock)


@pytest.fixture
def deadline(clock: Clock) -> Deadline:
    return Deadline(clock() + AMPLE_SECONDS, clock)
