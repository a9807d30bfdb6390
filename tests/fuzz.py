"""`make fuzz`: every property with new examples, round after round, for an hour; MINUTES=5 for five minutes.

It can be broken off at any time, and goes on with the next round. What fails is written to `.fuzz/found.txt`;
Hypothesis keeps the example, and tries it first the next time.
"""

import json
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(".fuzz")
STATE, FOUND, REPORT = FOLDER / "state.json", FOLDER / "found.txt", FOLDER / "report.xml"
SECONDS_OF_A_ROUND_AT_LEAST = 1.0


@dataclass
class Round:
    """One run of all properties, with examples that its number decides."""

    number: int
    tests: int = 0
    failed: tuple[str, ...] = ()

    def run(self, only: list[str]) -> None:
        REPORT.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "--dist",
            "worksteal",
            "-m",
            "hypothesis",
        ]
        command += [f"--hypothesis-seed={self.number}", f"--junitxml={REPORT}", *only]
        environment = {**os.environ, "HYPOTHESIS_PROFILE": "fuzz"}
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if not REPORT.exists():
            sys.exit("The tests did not run at all: try make test.")
        cases = list(ET.parse(REPORT).getroot().iter("testcase"))
        failed = [one for one in cases if one.find("failure") is not None or one.find("error") is not None]
        self.tests = len(cases)
        self.failed = tuple(f"{one.get('classname')}::{one.get('name')}" for one in failed)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(minutes: float, only: list[str]) -> int:
    """Run rounds for so long; return 1 if anything was found in them."""
    FOLDER.mkdir(exist_ok=True)
    number = json.loads(STATE.read_text())["next"] if STATE.exists() else 1
    end, found = time.monotonic() + minutes * 60, False
    while time.monotonic() < end:
        began = time.monotonic()
        one = Round(number)
        one.run(only)
        number += 1
        STATE.write_text(json.dumps({"next": number}))
        for name in one.failed:
            found = True
            with FOUND.open("a") as file:
                file.write(f"round {one.number}: {name}\n")
            say(f"  FOUND {name}")
        seconds = max(SECONDS_OF_A_ROUND_AT_LEAST, time.monotonic() - began)
        say(f"round {one.number}: {one.tests} properties in {seconds:.0f} s, {len(one.failed)} failed")
    say(f"What was found is in {FOUND}; each becomes a named test." if found else "Nothing was found.")
    return int(found)


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("MINUTES", "60")), sys.argv[1:]))
