"""The README is the front door: short, with a picture, and a way to everything else."""

import re
from pathlib import Path

from tests import picture
from tests.unit.docs.pages import README


def test_it_stays_short():
    assert len(README.splitlines()) <= 150


def test_it_says_how_to_try_it():
    assert {"make demo", "make test"} <= {line.partition("#")[0].strip() for line in README.splitlines()}


def test_it_says_what_a_unit_and_a_monitor_are():
    assert "**unit** is" in README
    assert "**monitors** are" in README


def test_it_shows_the_picture():
    assert f"](docs/{picture.FILE.name})" in README


def test_the_picture_shows_the_words_of_now():
    assert picture.FILE.read_text(encoding="utf-8") == picture.picture()


def test_it_names_the_licence():
    assert "[MIT](LICENSE)" in README
    assert Path("LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_the_picture_can_be_read_on_a_phone():
    size, width, phone = 20, float(re.findall(r'viewBox="0 0 ([\d.]+)', picture.picture())[0]), 358

    assert size * phone / width >= 11
