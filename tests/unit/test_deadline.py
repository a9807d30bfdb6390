from monitors_bot.deadline import Deadline


class Clock:
    def __init__(self, time):
        self.time = time

    def __call__(self):
        return self.time


def test_the_time_left_is_measured_by_the_deadlines_own_clock():
    clock = Clock(100.0)
    deadline = Deadline(102.5, clock)

    left_before = deadline.seconds_left()
    clock.time = 103.0

    assert (left_before, deadline.seconds_left()) == (2.5, -0.5)


def test_a_sooner_deadline_is_never_later_than_the_first():
    deadline = Deadline(102.5, Clock(100.0))

    assert deadline.sooner(1.0).seconds_left() == 1.0
    assert deadline.sooner(10.0).seconds_left() == 2.5
    assert deadline.sooner(-1.0).seconds_left() == -1.0
