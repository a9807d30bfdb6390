"""A unit that the asker may not see does not exist in any answer: each is as if it had never been made."""

from collections.abc import Callable

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.lambdas.chat import ChatDoor
from tests.conftest import SECRET_NAME
from tests.fakes.hidden_unit import HIDDEN, RULES, may_see
from tests.scenarios.conftest import Answer, Ask

NOW = 1_795_341_600.0
SALES = Unit("salesSales0000001", "Sales", is_private=False)
QUESTIONS = [
    *("", "list", "list legal", "Legal Affairs", HIDDEN.id, "leg", "affairs all", "Legal Afairs", "a"),
    *("Legal Affairs history", f"{HIDDEN.id} at yesterday 14:00", '"Legal Affairs"'),
    *("@lea", "@ana", "@leaa", "me", "lea", "who is lea", "version", "Sales", "sal"),
    *("Sales history", "sales at yesterday 14:00"),
]


@pytest.fixture(params=["a rule of the door", *RULES])
def everything(
    request: pytest.FixtureRequest, aws, secret, bot, company, recorder, ask: Ask
) -> tuple[Callable[..., dict[str, str]], Callable[[], None]]:
    """Ask every question: on a server without the unit, and where it exists but may not be seen."""
    rules = RULES.get(request.param)
    if rules:
        aws.change_secret(SECRET_NAME, {**secret, "access_rules": rules})
    bot.clock.stop_at(NOW)
    company.clock = bot.clock
    ana, lea = (
        Monitor(company.user("ana").id, "ana", "Ana Díaz"),
        Monitor("leaLeaLea00000001", "lea", "Lea"),
    )
    recorder.record(SALES, [ana], NOW - 90_000)

    def answers(before: Callable[[Callable[[str], Answer]], None] = lambda _: None) -> dict[str, str]:
        bot.start_cold()
        bot.door = ChatDoor(bot.environ, bot.clock, may_see=None if rules else may_see)
        before(lambda text: ask(text, user_name="lea"))
        return {text: str(ask(text, user_name="lea")) for text in QUESTIONS}

    def make_the_unit() -> None:
        company.add_user("lea", name="Lea", id=lea.id)
        company.add_unit(HIDDEN.name, monitors=["lea", "ana"], id=HIDDEN.id, visibility="private")
        recorder.record(HIDDEN, [lea], NOW - 90_000)
        recorder.record(HIDDEN, [lea, ana], NOW - 50_000)

    return answers, make_the_unit


def test_every_answer_is_as_if_the_unit_had_never_been_made(everything):
    answers, make_the_unit = everything
    without = answers()

    make_the_unit()

    assert answers() == without


@pytest.mark.parametrize(
    "is_warm", [pytest.param(False, marks=pytest.mark.prove), True], ids=["cold", "warm"]
)
def test_so_is_every_answer_while_the_server_is_down(everything, rocketchat, is_warm):
    answers, make_the_unit = everything

    def break_down(ask: Callable[[str], Answer]) -> None:
        if is_warm:
            ask("list")
        rocketchat.fail("*", "status", code=503)

    def answers_while_down():
        rocketchat.heal()
        return answers(break_down)

    without = answers_while_down()

    make_the_unit()

    assert answers_while_down() == without


def test_the_same_questions_are_answered_where_it_may_be_seen(everything, aws, secret, bot, ask: Ask):
    _, make_the_unit = everything
    make_the_unit()
    aws.change_secret(SECRET_NAME, secret)
    bot.start_cold()

    assert "Legal Affairs: " in ask("leg")
    assert "Legal Affairs" in ask("@lea")
    assert "Legal Affairs" in ask("list")
