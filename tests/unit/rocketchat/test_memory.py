import pytest

from monitors_bot.rocketchat.memory import MOST_REMEMBERED, Cached

SECONDS = 120.0


class Source:
    """Something that can be read, and the time of day."""

    def __init__(self):
        self.reads = []
        self.now = 1000.0
        self.is_down = False

    def read(self, text):
        self.reads.append(text)
        if self.is_down:
            raise OSError(text)
        return f"{text} at {self.now:.0f}"


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def remembered(source):
    return Cached(source.read, SECONDS, lambda: source.now)


def test_an_answer_is_remembered_for_as_long_as_it_lasts(source, remembered):
    assert remembered("#leads") == "#leads at 1000"

    source.now += SECONDS - 1

    assert remembered("#leads") == "#leads at 1000"
    assert source.reads == ["#leads"]


def test_an_answer_that_is_too_old_is_read_again(source, remembered):
    remembered("#leads")
    source.now += SECONDS

    assert remembered("#leads") == "#leads at 1120"


def test_each_text_has_its_own_answer(source, remembered):
    assert remembered("#leads") == "#leads at 1000"
    assert remembered("#night") == "#night at 1000"


def test_nothing_is_an_answer_like_any_other(source):
    remembered = Cached(lambda text: source.read(text) and None, SECONDS, lambda: source.now)

    assert [remembered("#leads"), remembered("#leads")] == [None, None]
    assert source.reads == ["#leads"]


def test_a_failure_is_not_remembered(source, remembered):
    source.is_down = True
    with pytest.raises(OSError, match="#leads"):
        remembered("#leads")
    source.is_down = False

    assert remembered("#leads") == "#leads at 1000"


def test_a_failure_to_read_an_old_answer_again_is_a_failure(source, remembered):
    remembered("#leads")
    source.now += SECONDS
    source.is_down = True

    with pytest.raises(OSError, match="#leads"):
        remembered("#leads")


def test_no_more_than_so_many_answers_are_remembered(source, remembered):
    for number in range(MOST_REMEMBERED):
        remembered(str(number))
    remembered("0")

    assert len(source.reads) == MOST_REMEMBERED

    remembered("one more")
    remembered("0")

    assert source.reads[MOST_REMEMBERED:] == ["one more", "0"]
