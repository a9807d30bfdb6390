"""Notices notify exactly the people they are to mention, whatever anybody writes into them."""

import pytest

from tests.fakes.rocketchat.mentions import drawn_mentions, mentions

MENTIONING = [
    "@all",
    "first\n@all\nlast",
    "```\n@all\n```",
    "\u00a0@here \ufeff@ana\u3000@kim",
    "> @all",
    ">@all",
    "(@raj) *@raj* [@raj](http://x) \\@raj `@raj`",
    "*Billing EU*; reachable: @kim",
]


@pytest.mark.parametrize("text", MENTIONING)
def test_a_message_that_tries_to_mention_notifies_nobody_by_itself(notified, text):
    notified.page(message=text)
    notified.page(unit=text, message=text)
    notified.work()

    paged, unknown = notified.messages
    assert (mentions(paged), mentions(unknown)) == (["ana"], [])
    assert (drawn_mentions(paged["msg"]), drawn_mentions(unknown["msg"])) == (["ana"], [])


def test_a_department_and_a_unit_that_try_to_mention_notify_nobody_by_themselves(notified):
    notified.server.add_unit("@all @here `", monitors=["ana"], id="badBadBadBadBad01")
    notified.server.add_department("\n@all ``` @kim", "badBadBadBadBad01", id="badDepartment0001")
    notified.event(departmentId="badDepartment0001")
    notified.page(unit="badBadBadBadBad01", message="x")
    notified.work()

    assert [notified.mentioned(0), notified.mentioned(1)] == [["ana"], ["ana"]]
    assert [drawn_mentions(one["msg"]) for one in notified.messages] == [["ana"], ["ana"]]


@pytest.mark.parametrize("username", ["all", "here", "ALL", "a b", "kím", "x@all", "@all"])
def test_a_monitor_whose_username_is_no_mention_of_them_is_named_only(notified, username):
    notified.server.add_user(username, name="Odd One")
    notified.server.set_monitors("salesSales0000001", [username])
    notified.page(unit="Sales")
    notified.work()

    assert notified.mentioned() == []
    assert "reachable: Odd One" in notified.posted[0]
