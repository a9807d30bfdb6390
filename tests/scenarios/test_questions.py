"""Questions as people type them, and what a helpful colleague would answer."""

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from tests.scenarios.conftest import Answer, Ask

NOW = 1_795_341_600.0
"""2026-11-22, a Sunday, 10:00 UTC."""
DAY = 86_400.0
UNITS = {
    "Billing EU": ("ana", "raj"),
    "Billing US": ("mei",),
    "Escalations": ("ana", "mei"),
    "Night shift": ("kim",),
    "Sales": ("ana", "raj"),
}
PEOPLE = {"ana": "Ana Díaz", "mei": "Mei Tan", "raj": "Raj Patel", "kim": "Kim Lee"}

HELP = ("Ask who monitors a unit",)
LIST = ("5 units", "Escalations")
SALES, EU, US = ("Sales: ",), ("Billing EU: ",), ("Billing US: ",)
TOOK_FOR_SALES, TOOK_FOR_EU = ("Sales: ", "This is Sales: "), ("Billing EU: ", "This is Billing EU: ")
TOOK_FOR_NIGHT = ("Night shift: ", "This is Night shift: ")
TOOK_FOR_ESCALATIONS = ("Escalations: ", "This is Escalations: ")
WHICH_BILLING = ("2 units match “billing”", "{word} Billing EU`", "{word} Billing US`")
ANA, MEI, ME = (
    ("Ana Díaz (ana): online",),
    ("Mei Tan (mei): ",),
    ("Kim Lee (kim): ", "You are called kim here"),
)
MEANT_SALES = ("There is no unit", "Did you mean", "{word} Sales`")
MEANT_EU = ("There is no unit", "Did you mean", "{word} Billing EU`")
MEANT_ANA = ("There is no unit", "Did you mean", "Ana Díaz (ana): `{word} @ana`")
MEANT_MEI = ("There is no unit", "Did you mean", "Mei Tan (mei): `{word} @mei`")
NO_UNIT = ("There is no unit", "All units: `{word} list`")
A_TIME = "{word} Sales at yesterday 14:00`"

FROM_THE_FIELD: dict[str, tuple[str, ...]] = {
    "hi": HELP,
    "Sales at 9am": ("Sales at 2026-11-22 09:00 UTC: 2 monitors",),
    "Sales at yesterday": ("Sales at the end of 2026-11-21 UTC: 2 monitors",),
    "Sales at sometime": ("I can't read the time “sometime”.", A_TIME),
    "Sales please": TOOK_FOR_SALES,
    "who is on billing": WHICH_BILLING,
    "on call billing eu": TOOK_FOR_EU,
    "@ana share": ANA,
    "me all": ME,
    "list all": LIST,
    "all": LIST,
    "ana": MEANT_ANA,
    "@Ana Díaz": ANA,
    "?": HELP,
    "--help": HELP,
    "version": (),
    "billing-eu": TOOK_FOR_EU,
    "BillingEU": TOOK_FOR_EU,
    "Sales!": TOOK_FOR_SALES,
    "billing share": ("{word} Billing EU share`", "{word} Billing US share`"),
    "”list”": ("There is no unit “list”.",),
    '„Billing EU"': EU,
    "Sales\u200e": SALES,
}
OF_OUR_OWN: dict[str, tuple[str, ...]] = {
    # Greetings, and people who do not know what to type
    **dict.fromkeys((
        "Hello!", "good morning", "hola", "👋", "hey there", "help me", "what can you do?", "??",
    ), HELP),
    **dict.fromkeys(("who is on call?", "who", "today", "thanks!", "moin", "—help", "at at at"), HELP),
    # Habits of typing
    **dict.fromkeys(("SALES", "  sales ", "“Sales”", "'sales'", "«Sales»", "「sales」", "‘Sales\""), SALES),
    **dict.fromkeys((
        "sales?", "#sales", "`Sales`", "sales...", "(sales)", "sa\u00adles.", "Sales :)", "s a l e s",
    ), TOOK_FOR_SALES),
    **dict.fromkeys((
        "sal", "who's on sales", "Who’s on Sales?", "sales pls", "the sales team",
    ), TOOK_FOR_SALES),
    **dict.fromkeys((
        "is anyone online in sales right now?", "please show me sales", "sales, thanks 🙏",
    ), TOOK_FOR_SALES),
    **dict.fromkeys((
        "nightshift", "night-shift", "night_shift", "NightShift", "ni sh", "shift",
    ), TOOK_FOR_NIGHT),
    **dict.fromkeys(("anyone on night shift?", "hift", "🌙night shift now"), ("Night shift",)),
    **dict.fromkeys(("escalation", "whos on call for escalations", "call escalations"), TOOK_FOR_ESCALATIONS),
    **dict.fromkeys(("billing.eu", "eu", "bill eu", "“billing” eu", "B.E.", "billing eu unit"), TOOK_FOR_EU),
    # Other languages
    **dict.fromkeys((
        "Wer ist in Sales?", "wer hat heute Dienst im Sales", "qui est en Sales",
    ), TOOK_FOR_SALES),
    **dict.fromkeys((
        "quién está en sales", "sales por favor", "Ｓａｌｅｓ bitte", "wie is er sales",
    ), TOOK_FOR_SALES),
    # Key words
    **dict.fromkeys(("sales share all", "sales all share", "“sales” share"), SALES),
    **dict.fromkeys((
        "sales share please", "please sales share", "sales please share", "sales share!",
    ), ("Sales: ",)),
    **dict.fromkeys((
        "sales history", "sales history please", "Sales History?",
    ), ("Sales: no change recorded since",)),
    "sales history since yesterday": ("Sales: no change recorded since 2026-11-21 00:00 UTC",),
    "billing history": ("{word} Billing EU history`", "{word} Billing US history`"),
    "bil at mon 9am all": ("{word} Billing EU at mon 9am all`",),
    "who is on billing share": ("{word} Billing EU share`",),
    "billng eu share": ("There is no unit", "{word} Billing EU share`"),
    "ana share": ("Ana Díaz (ana): `{word} @ana share`",),
    # Times
    "sales at 14:00": ("Sales at 2026-11-21 14:00 UTC: ",),
    "Sales at 9:30 pm": ("Sales at 2026-11-21 21:30 UTC: ",),
    "sales at mon 9am?": ("at 2026-11-16 09:00 UTC",),
    "sales at fri": ("Sales at the end of 2026-11-20 UTC: 2 monitors",),
    "sales at today": ("Sales at 2026-11-22 10:00 UTC: ",),
    "sales at 21.11.2026": ("Sales at the end of 2026-11-21 UTC: ",),
    "who was on sales at yesterday 14:00": ("Sales at 2026-11-21 14:00 UTC: ", "This is Sales: "),
    "sales at 05/12/2026": ("I can't read the time “05/12/2026”.", "two ways", A_TIME),
    "sales at 99:99": ("I can't read the time “99:99”.", A_TIME),
    "sales at tomorrow": ("I can't read the time “tomorrow”.", "It is still to come."),
    "sales at now": ("I can't read the time “now”.",),
    "sales at 9999-12-31": ("I can't read the time “9999-12-31”.", "It is still to come."),
    "sales at 0000-01-01": ("I can't read the time “0000-01-01”.",),
    "sales at 0001-01-01": ("I don't know who monitored Sales at the end of 0001-01-01 UTC.",),
    "sales history since forever": ("I can't read the time “forever”.", "history since yesterday 14:00`"),
    # Lists
    "list billing": ("2 units with “billing” in the name",),
    "list billing please": ("2 units with “billing” in the name",),
    **dict.fromkeys((
        "list please", "show all", "list of units", "all the units", "give me a list", "LIST!",
    ), ("5 units",)),
    # People
    **dict.fromkeys(("@ANA DÍAZ", "@ana all", "who is @ana", "@ana please", "@ana!"), ANA),
    **dict.fromkeys(("@ana diaz", "@Díaz", "@anna"), ("I know no monitor", "Ana Díaz (ana): `{word} @ana`")),
    **dict.fromkeys(("Ana Díaz", "who is ana?", "is ana online", "díaz"), MEANT_ANA),
    **dict.fromkeys(("Mei Tan share", "mei?"), ("There is no unit", "Mei Tan (mei): `{word} @mei")),
    **dict.fromkeys(("me share", "me please", "Me?", "show me", "tell me please"), ME),
    # Misses
    **dict.fromkeys(("salse", "slaes team", "sаles"), MEANT_SALES),
    **dict.fromkeys(("biling eu", "eu billing", "please biling eu"), MEANT_EU),
    **dict.fromkeys(("🔥", "日本", "if", "'list", "\u0301" * 2000, "👩🏽‍💻👩🏽‍💻"), NO_UNIT[:1]),
}  # fmt: skip


@pytest.fixture
def asked(bot, rocketchat, recorder, ask: Ask, platform):
    """Ask on each platform in turn; the monitors were read three days ago, and again an hour ago."""
    bot.clock.stop_at(NOW)
    for one in ("bilLingEu00000001", "salesSales0000001"):
        rocketchat.remove_unit(one)
    rocketchat.add_user("mei", name=PEOPLE["mei"], status="online")
    for number, (name, usernames) in enumerate(UNITS.items()):
        unit = Unit(f"unit{number:013}", name)
        rocketchat.add_unit(name, monitors=list(usernames), id=unit.id)
        monitors = [Monitor(rocketchat.user(one).id, one, PEOPLE[one]) for one in usernames]
        recorder.record(unit, monitors, NOW - 10 * DAY)
        recorder.record(unit, monitors, NOW - 3600)

    return lambda text: ask(text, platform)


def missing(answer: Answer, parts: tuple[str, ...], word: str) -> list[str]:
    return [part for part in parts if part.replace("{word}", word) not in answer]


@pytest.mark.parametrize("questions", [FROM_THE_FIELD, OF_OUR_OWN], ids=["from-the-field", "of-our-own"])
def test_a_question_gets_what_a_helpful_colleague_would_answer(asked, platform, questions):
    word = getattr(platform, "word", "/monitors")

    answers = {text: (asked(text), parts) for text, parts in questions.items()}

    wrong = {
        text: str(answer)[:300] for text, (answer, parts) in answers.items() if missing(answer, parts, word)
    }
    assert wrong == {}
