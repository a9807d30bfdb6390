"""What AWS's refusals mean: which may pass, and which are final."""

import pytest
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.aws.services import MAY_PASS, UNKNOWN, is_overtaken, is_passing, refusal

NOT_OF_OURS = {
    "EC2ThrottledException",  # of another service
    "LimitExceededException",  # of Secrets Manager: too many secrets, which no waiting makes fewer
}


def test_what_awss_own_library_tries_again_may_pass():
    theirs = {
        *ThrottledRetryableChecker._THROTTLED_ERROR_CODES,
        *TransientRetryableChecker._TRANSIENT_ERROR_CODES,
    }

    assert theirs - NOT_OF_OURS - MAY_PASS == set()
    assert all(refusal(400, [name]).names == {name} for name in MAY_PASS)


@given(
    status=st.integers(100, 599), names=st.lists(st.text() | st.sampled_from(sorted(MAY_PASS)), max_size=3)
)
def test_a_refusal_repeats_nothing_but_a_status_and_names(status, names):
    error = refusal(status, names)

    assert error.status == status
    assert error.names - MAY_PASS <= {UNKNOWN} | {
        name for name in error.names if name.isascii() and name.isalpha()
    }
    assert not is_overtaken(error)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599, 408, 429, 200])
def test_some_statuses_may_pass_whatever_the_name(status):
    assert is_passing(refusal(status, ["AccessDeniedException"]))


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 413])
def test_any_other_status_without_a_known_name_is_final(status):
    assert not is_passing(refusal(status, [None]))
    assert not is_passing(refusal(status, ["BrandNewException"]))
