"""Run the parts that are named, or all of them; print each, and write down what was measured."""

import json
import os
import platform
import subprocess
import sys

from benchmarks import cold, drill, growth, memory, runs, warm, webhooks
from benchmarks.harness import console
from benchmarks.packages import LAMBDA_PYTHON
from benchmarks.page import LATEST, PAGE, page
from tests.fakes.local_aws import local_aws

PARTS = {
    "cold": cold,
    "warm": warm,
    "memory": memory,
    "growth": growth,
    "drill": drill,
    "runs": runs,
    "webhooks": webhooks,
}


def main(names: list[str]) -> None:
    known = json.loads(LATEST.read_text(encoding="utf-8"))["parts"] if LATEST.exists() else {}
    with local_aws() as aws:
        for name in names or PARTS:
            report = PARTS[name].run(aws)
            report.show()
            known[name] = report.as_json()
    written = {"machine": _machine(), "parts": {name: known[name] for name in PARTS if name in known}}
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(written), encoding="utf-8")
    console.print(f"Written to {LATEST} and {PAGE}.")


def _machine() -> dict[str, object]:
    version = subprocess.run([LAMBDA_PYTHON, "-V"], capture_output=True, text=True, check=True).stdout
    return {"processors": os.cpu_count(), "architecture": platform.machine(), "python": version.split()[1]}


main(sys.argv[1:])
