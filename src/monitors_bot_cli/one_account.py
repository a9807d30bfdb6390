"""Rocket.Chat as one account sees it: the bot's, or an admin's."""

import time
from dataclasses import dataclass

from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Outbound
from monitors_bot.rocketchat.api import Account, RocketChat
from monitors_bot.rocketchat.limits import Limits


@dataclass(frozen=True)
class OneAccount:
    """An account that does not change while it is used."""

    account: Account

    def current(self, _: Deadline) -> Account:
        return self.account

    def instead_of(self, _refused: Account, _deadline: Deadline) -> Account | None:
        return None


def server_as(account: Account, url: str, outbound: Outbound) -> RocketChat:
    return RocketChat(url, outbound, OneAccount(account), Limits(), time.time)
