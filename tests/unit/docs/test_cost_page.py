"""docs/cost.md lists every resource of the stack with its reason and its price, and adds up."""

import re

import pytest

from tests.fakes.sam_template import RESOURCES
from tests.unit.docs.pages import page

COST = page("cost")
PRICES = [float(price) for price in re.findall(r"^\| .* \| ([\d.]+) \|$", COST, re.MULTILINE)]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_has_its_reason_and_its_price(resource):
    assert re.search(rf"^\| .*`{resource}`.* \| [\d.]+ \|$|^\| `{resource}` .* free \|$", COST, re.MULTILINE)


def test_the_prices_add_up_to_the_sum():
    [total] = re.findall(r"About ([\d.]+) USD a month", COST)

    assert sum(PRICES) == pytest.approx(float(total), abs=0.1)
