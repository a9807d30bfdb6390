"""Page the people on a unit from Python. Needs the packages standardwebhooks and requests.

usage: PAGE_URL=https://… WEBHOOK_SECRET=whsec_… python page.py UNIT MESSAGE
"""

import json
import os
import sys
import uuid
from datetime import datetime, timezone

import requests
from standardwebhooks import Webhook


def page(unit: str, message: str) -> None:
    body = json.dumps({"unit": unit, "message": message})
    id_, now = f"msg_{uuid.uuid4().hex}", datetime.now(timezone.utc)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(os.environ["WEBHOOK_SECRET"]).sign(id_, now, body),
    }
    requests.post(os.environ["PAGE_URL"], data=body.encode(), headers=headers, timeout=10).raise_for_status()


if __name__ == "__main__":
    page(*(os.fsencode(text).decode(errors="replace") for text in sys.argv[1:3]))  # not all bytes are UTF-8
