"""No sequence of questions tells a server with a hidden unit from one without it."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import Bot, Clock
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.hidden_unit import HIDDEN, RULES
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import with_stable_host
from tests.fakes.whole_secret import whole_secret

NOW = 1_795_341_600.0
SALES = Unit("salesSales0000001", "Sales", is_private=False)
CLIENTS = {
    "slack": SlackClient,
    "mattermost": MattermostClient,
    "webhook": RocketChatClient,
    "app": AppClient,
}
WORDS = [
    *(
        "Legal",
        "Affairs",
        "legal affairs",
        "Legall",
        HIDDEN.id,
        "leg",
        "l",
        "Sales",
        "sal",
        "lea",
        "@lea",
        "@ana",
        "@",
    ),
    *(
        "me",
        "list",
        "all",
        "share",
        "history",
        "since mon",
        "at yesterday 14:00",
        "at",
        "help",
        "version",
        '"',
        "who is on",
    ),
]

questions = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
steps = st.lists(
    st.tuples(st.just("ask"), st.sampled_from(sorted(CLIENTS)), questions)
    | st.tuples(st.just("suggest"), st.just("app"), questions)
    | st.tuples(st.just("wait"), st.sampled_from([3, 90, 200, 400]), st.just(""))
    | st.tuples(st.just("break"), st.just(""), st.just(""))
    | st.tuples(st.just("mend"), st.just(""), st.just("")),
    min_size=1,
    max_size=6,
)


class World:
    """A company's server and a bot of its own; lea monitors the hidden unit alone, where it exists."""

    def __init__(self, aws: LocalAws, server: RocketChatServer, name: str) -> None:
        self.clock = Clock(lambda: NOW)
        self.server = server
        server.clock = self.clock
        server.add_user("ana", name="Ana Díaz", status="online", id="anaAnaAna00000001")
        server.add_user("kim", name="Kim Lee", id="kimKimKim00000001")
        server.add_user("lea", name="Lea", id="leaLeaLea00000001")
        server.add_unit("Billing EU", monitors=["ana", "kim"], id="bilLingEu00000001")
        server.add_unit(SALES.name, monitors=["ana"], id=SALES.id)
        self.records = Rosters(Documents(SdkTable(aws.dynamodb, name)))
        ana = Monitor("anaAnaAna00000001", "ana", "Ana Díaz")
        self.records.record(SALES, [ana], NOW - 90_000)
        queue = aws.queue_url("background")
        environ = {"ROCKETCHAT_URL": server.url, "SECRET_ID": name, "TABLE_NAME": name, "QUEUE_URL": queue}
        self.bot = Bot({**aws.environment, **environ, "BACKGROUND_QUEUE_URL": queue}, self.clock)

    def hide_a_unit(self) -> None:
        self.server.add_unit(HIDDEN.name, monitors=["lea", "ana"], id=HIDDEN.id, visibility="private")
        lea = Monitor("leaLeaLea00000001", "lea", "Lea")
        self.records.record(Unit(HIDDEN.id, HIDDEN.name, is_private=True), [lea], NOW - 90_000)

    def do(self, what: str, argument: str, text: str) -> str:
        """Do a step, and return all that anybody gets to see of it."""
        if what == "wait":
            self.clock.advance(float(argument))
        if what == "break":
            self.server.fail("*", "status", code=503)
        if what == "mend":
            self.server.heal()
        if what not in {"ask", "suggest"}:
            return ""
        suggest = {"suggest": text} if what == "suggest" else {}
        client = CLIENTS[argument]()
        dated = {"at": self.clock()} if argument in {"slack", "app"} else {}
        sent = client.command(text, **dated, user_name="lea", **suggest)
        received = self.bot.send(sent)
        told = f"{received.status} {json.dumps(received.json, ensure_ascii=False)}"
        return with_stable_host(told, self.server.url.partition("//")[2])


@pytest.fixture(params=RULES)
def worlds(request: pytest.FixtureRequest, aws: LocalAws) -> Iterator[tuple[World, World]]:
    """One without the unit, and one in which it is hidden, in each way in turn; the rules are the same."""
    names = ("world-without", "world-with")
    with RocketChatServer() as one, RocketChatServer() as other:
        rules = {"access_rules": RULES[request.param]}
        for name, server in zip(names, (one, other), strict=True):
            aws.create_table(name)
            aws.create_secret(name, {**whole_secret(server.account), **rules})
        without, hiding = (World(aws, server, name) for server, name in zip((one, other), names, strict=True))
        hiding.hide_a_unit()
        with closing(without.bot), closing(hiding.bot):
            yield without, hiding
        for name in names:
            aws.delete_table(name)
            aws.delete_secret(name)


@pytest.mark.prove
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=steps)
@example(sequence=[("ask", "slack", "Legal Affairs"), ("wait", 400, ""), ("ask", "slack", "lea history")])
def test_no_sequence_of_questions_reveals_a_hidden_unit(worlds, sequence):
    without, hiding = worlds
    for world in worlds:
        world.server.heal()

    for step in sequence:
        assert hiding.do(*step) == without.do(*step)
