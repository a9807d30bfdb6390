import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.units.access import Asker
from monitors_bot.domain.units.access_rules import FEATURES, read_rules
from monitors_bot.domain.units.roster import Unit
from tests.unit.hostile import json_values

SALES, LEGAL = Unit("sales1", "Sales", is_private=False), Unit("legal1", "Legal Affairs", is_private=True)
KIM = Asker("slack", "U1", "C1", "T1")
NOBODY_KNOWN = Asker("slack", "U9", "C9", "T9")
PLATFORMS = {"rocketchat", "slack", "mattermost"}


def seen(value, asker=KIM, units=(SALES, LEGAL)):
    rules = read_rules(value, PLATFORMS)
    assert rules.problems == ()
    return {unit.name or unit.id for unit in units if rules(asker, unit)}


def test_without_rules_everybody_sees_everything_but_what_nobody_may():
    assert seen({}) == {"Sales", "Legal Affairs"}
    assert seen({"never": ["legal1"]}) == {"Sales"}
    assert seen({"never": ["LEGAL  affairs"]}) == {"Sales"}


def test_where_there_are_rules_and_none_fits_nothing_may_be_seen():
    only_kim = {"rules": [{"users": ["U1"]}]}

    assert seen(only_kim) == {"Sales", "Legal Affairs"}
    assert seen(only_kim, NOBODY_KNOWN) == set()
    assert seen({"rules": []}) == set()


def test_the_first_rule_that_fits_decides():
    rules = {
        "rules": [{"channels": ["C1"], "units": ["Sales"]}, {"users": ["U1"], "units": ["Legal Affairs"]}, {}]
    }

    assert seen(rules) == {"Sales"}
    assert seen(rules, KIM._replace(room_id="C2")) == {"Legal Affairs"}
    assert seen(rules, NOBODY_KNOWN) == {"Sales", "Legal Affairs"}


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({}, True),
        ({"platform": "slack"}, True),
        ({"platform": "mattermost"}, False),
        ({"teams": ["T1", "T2"]}, True),
        ({"teams": ["T2"]}, False),
        ({"channels": ["C1"]}, True),
        ({"channels": ["c1"]}, False),  # ids, never names
        ({"users": ["U1"], "channels": ["C2"]}, False),
        ({"users": [" U1 "], "channels": ["C1"], "teams": ["T1"], "platform": "slack"}, True),
    ],
)
def test_a_rule_fits_where_all_its_conditions_do(condition, fits):
    assert bool(seen({"rules": [condition]})) is fits


def test_a_rule_for_a_chat_is_for_each_way_into_it():
    assert seen({"rules": [{"platform": "rocketchat"}]}, Asker("rocketchat-app", "u"))
    assert seen({"rules": [{"platform": "rocketchat"}]}, Asker("rocketchat", "", "r"))


def test_an_exception_is_shown_to_nobody_whom_the_rule_fits():
    assert seen({"rules": [{"except": ["Legal Affairs"]}]}) == {"Sales"}
    assert seen({"rules": [{"units": ["Legal Affairs"], "except": ["legal1"]}]}) == set()


def test_a_private_unit_has_to_be_listed():
    assert seen({"hide_private": True}) == {"Sales"}
    assert seen({"hide_private": True, "rules": [{}]}) == {"Sales"}
    assert seen({"hide_private": True, "rules": [{"units": ["legal1", "Sales"]}]}) == {
        "Sales",
        "Legal Affairs",
    }
    assert seen({"hide_private": True, "rules": [{"units": ["*", "legal1"]}]}) == {"Sales", "Legal Affairs"}
    assert seen({"hide_private": False}) == {"Sales", "Legal Affairs"}


def test_a_unit_of_which_nobody_knows_whether_it_is_private_counts_as_private():
    assert seen({"hide_private": True}, units=[Unit("x", "x")]) == set()


def test_a_unit_whose_name_is_not_known_is_not_shown_where_some_are_hidden_by_name():
    nameless = [Unit("legal1", "", is_private=False)]

    assert seen({}, units=nameless)
    assert not seen({"never": ["Legal Affairs"]}, units=nameless)
    assert not seen({"rules": [{"except": ["Legal Affairs"]}]}, units=nameless)


def test_rules_may_be_stored_as_text():
    assert seen(json.dumps({"never": ["Sales"]})) == {"Legal Affairs"}


def test_features_are_allowed_as_the_rule_says():
    rules = read_rules({"rules": [{"users": ["U1"], "allow": ["history"]}, {}]})

    assert [name for name in FEATURES if rules.allows(KIM, name)] == ["history"]
    assert [name for name in FEATURES if rules.allows(NOBODY_KNOWN, name)] == list(FEATURES)


def test_what_somebody_alone_may_see_is_not_shared_with_the_channel():
    rules = read_rules({"rules": [{"users": ["U1"]}, {"units": ["Sales"]}]})

    assert not rules.allows(KIM, "share")
    assert rules.allows(KIM, "history")
    assert rules.allows(NOBODY_KNOWN, "share")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("no JSON", "not a JSON object"),
        ([], "not a JSON object"),
        (None, "not a JSON object"),
        ({"rule": []}, "rule is not known"),
        ({"Some secret text, misplaced": 1}, "a field is not known"),
        ({"never": "Sales"}, "never is no list of units"),
        ({"hide_private": "yes"}, "hide_private is neither true nor false"),
        ({"rules": {}}, "rules is no list"),
        ({"rules": None}, "rules is no list"),
        ({"rules": [1]}, "rule 1: not a JSON object"),
        ({"rules": [{}, {"channel": ["C1"]}]}, "rule 2: channel is not known"),
        ({"rules": [{"users": "U1"}]}, "rule 1: users is no list of ids"),
        ({"rules": [{"users": []}]}, "rule 1: users is no list of ids"),
        ({"rules": [{"users": [7]}]}, "rule 1: users is no list of ids"),
        ({"rules": [{"platform": "slak"}]}, "rule 1: platform is none of mattermost, rocketchat, slack"),
    ],
)
def test_where_nobody_knows_whom_the_rules_are_about_everything_is_closed(value, problem):
    rules = read_rules(value, PLATFORMS)

    assert rules.problems == (problem,)
    assert not rules(KIM, SALES)
    assert rules.is_closed_to(KIM)
    assert not any(rules.allows(KIM, name) for name in FEATURES)


@pytest.mark.parametrize(
    ("granted", "problem"),
    [
        ({"units": "Sales"}, "rule 1: units is no list of units"),
        ({"units": [""]}, "rule 1: units is no list of units"),
        ({"except": 1}, "rule 1: except is no list of units"),
        ({"allow": ["everything"]}, "rule 1: allow is no list of now, check, history, share"),
        ({"allow": "share"}, "rule 1: allow is no list of now, check, history, share"),
    ],
)
def test_a_rule_whose_people_are_known_closes_them_alone(granted, problem):
    rules = read_rules({"rules": [{"users": ["U1"], **granted}, {}]}, PLATFORMS)

    assert rules.problems == (problem,)
    assert not rules(KIM, SALES)
    assert rules.is_closed_to(KIM)
    assert rules(NOBODY_KNOWN, SALES)
    assert not rules.is_closed_to(NOBODY_KNOWN)


ids = st.lists(st.sampled_from(["U1", "C1", "T1", "x"]), max_size=2)
names = st.lists(st.sampled_from(["Sales", "legal1", "*", ""]), max_size=2)
fields = {"teams": ids, "channels": ids, "users": ids, "units": names, "except": names, "allow": ids}
almost_rules = st.fixed_dictionaries(
    {}, optional={name: values | json_values for name, values in fields.items()}
)
almost_all = st.fixed_dictionaries(
    {},
    optional={
        "rules": st.lists(almost_rules, max_size=3) | json_values,
        "never": names | json_values,
        "hide_private": st.booleans() | json_values,
        "nver": json_values,
    },
)


@given(value=almost_all | json_values)
def test_any_value_is_read_and_whatever_is_wrong_opens_nothing(value):
    rules = read_rules(value, PLATFORMS)
    empty = isinstance(value, dict) and not value

    for unit in (SALES, LEGAL):
        if rules(KIM, unit):
            assert empty or isinstance(value, dict)
            assert not rules.is_closed_to(KIM)
    if rules.is_closed:
        assert rules.problems
        assert not rules(KIM, SALES)


@given(value=almost_all)
def test_no_value_stands_in_what_is_said_about_a_mistake(value):
    marked = json.loads(json.dumps(value).replace('"Sales"', '"hidden name"').replace('"U1"', '"hidden id"'))

    assert "hidden" not in str(read_rules(marked, PLATFORMS).problems)
