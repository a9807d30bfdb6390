"""The background worker in a process of its own, to be killed: it takes one event, at the time it is told."""

import json
import os
import sys

from monitors_bot.lambdas.background import BackgroundWork


def main() -> None:
    order = json.load(sys.stdin)
    work = BackgroundWork(os.environ, lambda: float(order["at"]))
    json.dump(work.handle(order["event"]), sys.stdout)


if __name__ == "__main__":
    main()
