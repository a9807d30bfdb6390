"""docs/access.md: its examples are rules, and each does what it says."""

import json

from monitors_bot.aws.secret import PLATFORMS
from monitors_bot.domain.units import access_rules
from monitors_bot.domain.units.access import Asker
from monitors_bot.domain.units.access_rules import FEATURES, read_rules
from monitors_bot.domain.units.roster import Unit
from tests.unit.docs.pages import blocks, first_cells, page

PAGE = page("access")
SOMEBODY = Asker("slack", "U0SOMEBODY", "C0ANYWHERE", "T0OURS")
DESK = Unit("desk1", "Partner desk", is_private=False)
LEGAL = Unit("legal1", "Legal Affairs", is_private=False)
ESCALATIONS = Unit("esc1", "Escalations", is_private=True)
FIRST, *EXAMPLES = [read_rules(json.loads(block), PLATFORMS) for block in blocks(PAGE, "json")]


def test_every_example_can_be_read():
    assert [rules.problems for rules in (FIRST, *EXAMPLES)] == [()] * 4


def test_every_field_is_explained():
    fields = {cell.strip("`") for cells in first_cells(PAGE) for cell in cells.split(", ") if "`" in cell}
    known = {*access_rules._OF_ALL, *access_rules._OF_A_RULE}

    assert {field for field in fields if field in known or field.isidentifier()} == known
    assert all(f"`{feature}`" in PAGE for feature in FEATURES)


def test_nobody_outside_of_the_legal_teams_channel_hears_of_its_unit():
    rules, _, _ = EXAMPLES

    assert not rules(SOMEBODY, LEGAL)
    assert rules(SOMEBODY, DESK)
    assert rules(SOMEBODY._replace(room_id="C0LEGAL00"), LEGAL)


def test_a_partners_workspace_may_ask_for_one_unit_and_nothing_of_the_past():
    _, rules, _ = EXAMPLES
    partner = SOMEBODY._replace(team_id="T0PARTNER")

    assert [unit.name for unit in (DESK, LEGAL) if rules(partner, unit)] == ["Partner desk"]
    assert (rules.allows(partner, "history"), rules.allows(partner, "share")) == (False, True)
    assert rules(SOMEBODY, LEGAL)


def test_only_two_leads_may_look_into_the_past_and_private_units_are_for_one_channel():
    _, _, rules = EXAMPLES
    lead, channel = SOMEBODY._replace(user_id="U0LEAD001"), SOMEBODY._replace(room_id="C0LEADS00")

    assert [rules.allows(one, "history") for one in (lead, channel, SOMEBODY)] == [True, False, False]
    assert [rules(one, ESCALATIONS) for one in (lead, channel, SOMEBODY)] == [False, True, False]
