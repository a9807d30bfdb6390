"""Which reply a command gets.

Covers domain/answers/conversation.py and domain/answers/knowledge.py as well.
"""

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Outcome
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

BILLING = Unit("bil1", "Billing EU", 2)
SALES = Unit("sal1", "Sales", 1)
NIGHT = Unit("nig1", "Night", 0)
ANA = Monitor("a", "ana", "Ana Díaz", Presence.ONLINE)
RAJ = Monitor("r", "raj", "Raj Patel", Presence.OFFLINE)

PASSING = [
    errors.RocketChatUnavailable("x"),
    errors.RocketChatTooSlow("x"),
    errors.RocketChatLimited(30),
    errors.RocketChatUnintelligible("x"),
]
LASTING = [
    errors.CredentialsRefused("x"),
    errors.PermissionMissing("manage-livechat-monitors"),
    errors.UnitsNotAvailable("x"),
    errors.SettingsError("x"),
    errors.SecretUnreachable("x"),
]
each = pytest.mark.parametrize("error", [*PASSING, *LASTING], ids=lambda error: type(error).__name__)
each_passing = pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
each_lasting = pytest.mark.parametrize("error", LASTING, ids=lambda error: type(error).__name__)


@pytest.fixture
def directory():
    directory = InMemoryServer()
    directory.add(BILLING, RAJ, ANA)
    directory.add(SALES, RAJ)
    directory.add(NIGHT)
    return directory


@pytest.fixture
def records():
    return InMemoryRecords()


@pytest.fixture
def bot(directory, records):
    return Bot(Knowledge(directory, records, SEES_EVERYTHING, lambda: READ_AT, READ_AT))


@pytest.fixture
def ask(bot):
    def ask(text, **more):
        return bot.answer(Command("/monitors", text, **more))

    return ask


@pytest.mark.parametrize("text", ["Billing EU", "bil1", "billing", '"Billing EU"', "eu"])
def test_a_unit_is_answered_with_its_roster(ask, text):
    reply = ask(text)

    assert reply.title == "Billing EU: 1 of 2 monitors online"
    assert [row[0] for row in reply.table.rows] == ["Ana Díaz", "Raj Patel"]
    assert reply.outcome is Outcome.ROSTER


def test_share_shows_the_reply_to_the_channel(ask):
    assert ask("Billing EU share").shared
    assert not ask("Billing EU").shared


def test_all_shows_every_monitor(directory, ask):
    desk = Unit("d", "Desk")
    directory.add(desk, *(Monitor(str(number), f"user{number:02}") for number in range(12)))

    assert len(ask("desk").table.rows) == 10
    assert len(ask("desk all").table.rows) == 12


def test_the_reply_uses_the_word_that_was_typed(bot):
    reply = bot.answer(Command("!who", "help"))

    assert reply is not None
    assert reply.choices[0].command == "!who Billing EU"


@pytest.mark.parametrize("text", ["", "help"])
def test_help_names_the_units(ask, text):
    reply = ask(text)

    assert reply.outcome is Outcome.HELP
    assert reply.details[1] == "Units: Billing EU, Night, Sales."


@each
@pytest.mark.parametrize("text", ["help", "hi", "Help!"])
def test_help_is_given_even_when_the_units_cannot_be_read(directory, ask, error, text):
    directory.troubles["units"] = error

    reply = ask(text)

    assert reply.outcome is Outcome.HELP
    assert reply.details[1].startswith("I can't read the units now: ")
    assert [choice.command for choice in reply.choices] == ["/monitors me", "/monitors list"]


@each
def test_help_names_the_last_known_units_when_they_cannot_be_read(directory, ask, error):
    directory.remembered = [SALES]
    directory.troubles["units"] = error

    reply = ask("help")

    assert reply.details[1] == "Units: Sales."
    assert reply.details[2].startswith("I can't read the units now: ")
    assert reply.choices[0].command == "/monitors Sales"


def test_list_lists_the_units_that_match(ask):
    assert [row[0] for row in ask("list").table.rows] == ["Billing EU", "Night", "Sales"]
    assert [row[0] for row in ask("list EU").table.rows] == ["Billing EU"]


@pytest.mark.parametrize(("text", "remembered"), [("list nig", [SALES]), ("list", [])])
def test_a_list_that_would_be_empty_is_read_again(directory, ask, text, remembered):
    directory.remembered = remembered

    assert "Night" in [row[0] for row in ask(text).table.rows]


def test_a_part_of_a_name_is_looked_up_in_a_fresh_list(directory, ask):
    directory.remembered = [BILLING]
    directory.add(Unit("bil2", "Billing"), RAJ)

    assert ask("billing").title == "Billing: 0 of 1 monitor online"
    assert ask("bil").outcome is Outcome.SEVERAL_UNITS


@pytest.mark.parametrize("text", ["Billing EU", "bil1"])
def test_an_exact_name_or_id_that_is_remembered_needs_no_new_list(directory, ask, text):
    directory.remembered = [BILLING]
    directory.troubles["fresh units"] = errors.RocketChatUnavailable("x")

    assert ask(text).outcome is Outcome.ROSTER


@pytest.mark.parametrize("text", ["who is on night?", "nightt", "night at sometime", "sales please"])
def test_nothing_is_left_out_of_a_text_before_a_list_of_now_was_looked_at(directory, ask, text):
    directory.remembered = [SALES]
    directory.add(Unit("x", f"{text} desk"), ANA)

    assert ask(text).title == f"{text} desk: 1 of 1 monitor online"


def test_what_was_typed_without_its_small_words_is_looked_up_in_a_list_of_now(directory, ask):
    directory.remembered = [SALES]

    reply = ask("who is on billing?")

    assert reply.title == "Billing EU: 1 of 2 monitors online"
    assert reply.details == ("This is Billing EU: I left out the words around its name.",)


def test_several_hits_are_listed_and_nothing_is_guessed(directory, ask):
    directory.add(Unit("bil2", "Billing US"))

    reply = ask("billing")

    assert reply.outcome is Outcome.SEVERAL_UNITS
    assert [choice.command for choice in reply.choices] == ["/monitors Billing EU", "/monitors Billing US"]


def test_close_units_are_offered_when_none_matches(ask):
    reply = ask("Saels")

    assert reply.outcome is Outcome.NO_UNIT
    assert reply.title == "There is no unit “Saels”."
    assert reply.choices[0].command == "/monitors Sales"


def test_a_unit_made_a_moment_ago_is_found(directory, ask):
    directory.remembered = [SALES]

    assert ask("Night").title == "Nobody monitors Night."


@pytest.mark.parametrize("sees_all", [True, None])
def test_a_unit_that_was_not_listed_a_moment_ago_does_not_count_as_missing(directory, ask, sees_all):
    directory.remembered, directory.sees_all = [], sees_all

    assert ask("Billing EU").title == "Billing EU: 1 of 2 monitors online"


@pytest.mark.parametrize("text", ["Support", "list", "list zzz"])
def test_an_account_that_may_not_see_all_units_reports_that_and_no_missing_unit(directory, ask, text):
    directory.sees_all = False

    reply = ask(text)

    assert reply.outcome is Outcome.PERMISSION_MISSING
    assert "manage-livechat-units" in reply.title


@pytest.mark.parametrize("text", ["Support", "list"])
def test_a_reply_says_when_it_is_unknown_whether_all_units_are_seen(directory, ask, text):
    directory.sees_all = None

    reply = ask(text)

    assert not reply.outcome.is_failure
    assert not reply.title.startswith("There is no")
    assert "the bot's account may not see them" in reply.details[0]


def test_a_unit_that_the_account_sees_is_answered_even_if_others_are_missing(directory, ask):
    directory.sees_all = False

    assert ask("Billing EU").outcome is Outcome.ROSTER


def test_an_empty_unit_is_confirmed_by_a_fresh_list(directory, ask):
    directory.remembered = [Unit("nig1", "Night", 5)]

    reply = ask("Night")

    assert reply.outcome is Outcome.EMPTY_UNIT
    assert len(reply.details) == 1  # the fresh count agrees, so there is nothing to explain


def test_an_empty_unit_that_is_shared_is_shared(ask):
    assert ask("Night share").shared


def test_a_unit_that_was_deleted_is_not_reported_as_empty(directory, ask):
    directory.remembered = [Unit("old1", "Support")]

    reply = ask("Support")

    assert reply.outcome is Outcome.NO_UNIT


def test_a_unit_that_was_recreated_under_its_name_is_shown(directory, ask):
    directory.remembered = [Unit("old1", "Billing EU")]

    assert ask("Billing EU").title == "Billing EU: 1 of 2 monitors online"


def test_an_empty_unit_that_became_one_of_several_asks_which(directory, ask):
    directory.remembered = [NIGHT]
    directory.add(Unit("nig2", "Night"))

    assert ask("Night").outcome is Outcome.SEVERAL_UNITS


def test_an_empty_unit_that_was_renamed_is_called_by_its_new_name(directory, ask):
    directory.remembered = [Unit("nig1", "Nightly")]

    assert ask("nigh").title == "Nobody monitors Night."


@each
def test_a_failure_is_explained_in_words(directory, ask, error):
    directory.troubles["roster"] = error

    reply = ask("Billing EU")

    assert reply.outcome.is_failure
    assert reply.table is None


@each
@pytest.mark.parametrize("text", ["Billing EU", "list", "Support"])
def test_a_failure_to_read_the_units_is_explained_in_words(directory, ask, error, text):
    directory.troubles |= {"units": error, "fresh units": error}

    assert ask(text).outcome.is_failure


@each_passing
@pytest.mark.parametrize("method", ["units", "roster"])
def test_the_last_known_roster_is_shown_with_its_age_when_the_server_fails(directory, ask, error, method):
    directory.remembered = [BILLING]
    directory.known["bil1"] = Roster(BILLING, (ANA, RAJ), READ_AT).without_presence(), 125.0
    directory.troubles |= {method: error}

    reply = ask("billing share")

    assert reply.outcome is Outcome.LAST_KNOWN
    assert reply.title == "Billing EU: 2 monitors, presence unknown"
    assert "2 minutes ago" in reply.details[0]
    assert {row[2] for row in reply.table.rows} == {"❔ unknown"}
    assert reply.source.startswith("Last known, 2 minutes old.")
    assert reply.shared


@each_passing
def test_an_empty_roster_is_never_the_last_known(directory, ask, error):
    directory.remembered = [NIGHT]
    directory.known["nig1"] = Roster(NIGHT, (), READ_AT), 20.0
    directory.troubles["roster"] = error

    reply = ask("Night")

    assert reply.outcome.is_failure
    assert reply.outcome is not Outcome.LAST_KNOWN
    assert "0 of 0" not in reply.title


def test_the_last_known_roster_has_the_current_name_of_its_unit(directory, ask):
    directory.remembered = [Unit("bil1", "Invoices")]
    directory.known["bil1"] = Roster(BILLING, (ANA,), READ_AT).without_presence(), 125.0
    directory.troubles["roster"] = errors.RocketChatUnavailable("x")

    assert ask("Invoices").title == "Invoices: 1 monitor, presence unknown"


@each_lasting
def test_a_lasting_failure_is_reported_even_when_a_roster_is_known(directory, ask, error):
    directory.remembered = [BILLING]
    directory.known["bil1"] = Roster(BILLING, (ANA,), READ_AT).without_presence(), 125.0
    directory.troubles["roster"] = error

    assert ask("Billing EU").table is None


@pytest.mark.parametrize("text", ["list", "Support", "Sales", "i"])
def test_the_last_known_roster_answers_no_other_question(directory, ask, text):
    directory.remembered = [BILLING, SALES, NIGHT]
    directory.known["bil1"] = Roster(BILLING, (ANA,), READ_AT).without_presence(), 125.0
    error = errors.RocketChatUnavailable("x")
    directory.troubles |= {"units": error, "fresh units": error, "roster": error}

    assert ask(text).outcome is Outcome.UNAVAILABLE


def test_a_unit_named_like_a_person_is_shown(directory, ask):
    directory.add(Unit("p", "@ana"), ANA)

    assert ask("@ana").outcome is Outcome.ROSTER


@pytest.mark.parametrize("text", ["Billing EU", "help", "list", "nonsense", "me"])
def test_there_is_no_reply_where_a_customer_would_read_it(directory, ask, text):
    directory.customer_rooms = frozenset({"room1"})

    assert ask(text, unnamed_room_id="room1") is None
    assert ask(text, unnamed_room_id="room2") is not None


def test_a_mention_gets_a_sentence_that_says_what_to_type_instead(ask):
    reply = ask("<@U123>", has_escaped_mention=True)

    assert reply.outcome is Outcome.MENTION
    assert "without @" in reply.details[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Billing EU", True), ("bil all", True), ("list", False), ("help", False), ("x history", False)],
)
def test_reading_a_roster_is_begun_early(directory, ask, text, expected):
    ask(text)

    assert directory.expects_a_roster is expected
