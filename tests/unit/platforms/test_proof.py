import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.errors import RequestRejected
from monitors_bot.platforms.proof import require_any
from tests.unit.platforms.verdict import accepts

SECRETS = ("first-token", "second-tökén")

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.just("\ud800"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("secret", SECRETS)
def test_any_of_the_secrets_is_accepted(secret):
    assert accepts(require_any, secret, SECRETS)
    assert accepts(require_any, secret, SECRETS[::-1])


@given(shown=anything)
def test_anything_else_is_rejected(shown):
    with pytest.raises(RequestRejected):
        require_any(shown, SECRETS)


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "first-token ",
        "first-toke",
        "First-token",
        "first-token\x00",
        "first-tokensecond-tökén",
        ["first-token"],
        b"first-token",
    ],
)
def test_text_that_is_almost_a_secret_is_rejected(shown):
    with pytest.raises(RequestRejected):
        require_any(shown, SECRETS)


def test_without_secrets_everything_is_rejected():
    with pytest.raises(RequestRejected):
        require_any("", ())
