from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit, in_order

READ_AT = 1_795_341_600.0


def someone(name, presence=Presence.UNKNOWN, **more):
    return Monitor(f"id-{name}", name.lower(), name, presence, **more)


def test_the_reachable_come_first():
    monitors = [someone("Ana", presence) for presence in reversed(Presence)]

    assert [str(monitor.presence) for monitor in in_order(monitors)] == [
        "online",
        "busy",
        "away",
        "unknown",
        "offline",
    ]


def test_people_of_one_presence_are_sorted_by_name_regardless_of_case():
    ordered = in_order([someone("raj"), someone("Ana"), someone("kim"), Monitor("x", "Bea")])

    assert [monitor.name or monitor.username for monitor in ordered] == ["Ana", "Bea", "kim", "raj"]


def test_namesakes_always_come_in_the_same_order():
    first, second, third = Monitor("1", "ana", "Ana"), Monitor("2", "ana", "Ana"), Monitor("3", "ana2", "Ana")

    assert in_order([third, second, first]) == in_order([second, first, third]) == (first, second, third)


def test_a_roster_counts_its_people_by_presence():
    roster = Roster(
        Unit("u", "Billing"), (someone("Ana", Presence.ONLINE), someone("Raj", Presence.AWAY)), READ_AT
    )

    assert [roster.count(presence) for presence in Presence] == [1, 0, 1, 0, 0]


def test_a_roster_without_presence_keeps_only_the_people():
    ana = someone("Ana", Presence.OFFLINE, status_text="on leave", utc_offset_hours=-3.0)
    raj = someone("Raj", Presence.ONLINE)
    roster = Roster(Unit("u", "Billing"), (raj, ana), READ_AT)

    forgotten = roster.without_presence()

    assert forgotten == Roster(Unit("u", "Billing"), (someone("Ana"), someone("Raj")), READ_AT)
