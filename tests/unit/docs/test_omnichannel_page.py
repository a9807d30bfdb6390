"""docs/omnichannel.md agrees with the settings of the notices."""

from tests.fakes.sam_template import PARAMETERS
from tests.unit.docs.pages import code, page


def test_it_names_the_parameters_that_matter():
    assert {"NotifyChannel", "NotifyWindowSeconds", "OmnichannelEvents"} <= code(page("omnichannel"))


def test_the_default_window_is_the_minute_that_it_mentions():
    assert PARAMETERS["NotifyWindowSeconds"]["Default"] == 60
    assert "at most one notice per unit and minute" in page("omnichannel")
