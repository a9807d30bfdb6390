"""Pass alerts of Alertmanager or Grafana on to the bot: neither signs its webhooks the way the bot asks.

Run it beside them with PAGE_URL and WEBHOOK_SECRET set, and give them http://127.0.0.1:9095/ as the URL of a
webhook (PORT chooses another port). An alert's label `unit` names the unit to page; alerts without that
label are left out. When an alert is over, that is posted and mentions nobody. An alert that the bot refuses
for good is dropped, with a line on stderr; where another try may help, the sender is asked for one.
Needs Python 3.9 or newer and no packages.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
MAY_PASS = {408, 425, 429}
"""Beside 5xx: statuses after which the same request may be taken later."""


def pass_on(alert: dict) -> bool:
    """Page the unit of an alert; return False if that should be tried again."""
    try:
        page(alert)
    except HTTPError as error:
        if error.code >= 500 or error.code in MAY_PASS:
            say(f"To be tried again: {error.code}: {shown(alert)}")
            return False
        reason = error.read(200).decode(errors="replace")
        say(f"Dropped: {error.code} {reason!r}: {shown(alert)}")
    except (OSError, HTTPException) as error:
        say(f"To be tried again: {error!r}: {shown(alert)}")
        return False
    return True


def page(alert: dict) -> None:
    labels, notes = alert["labels"], alert.get("annotations") or {}
    status = alert.get("status", "firing")
    what = notes.get("summary") or labels.get("alertname") or "an alert"
    notice = {"unit": labels["unit"], "message": f"{status}: {what}"}
    if status == "resolved":
        notice["mention"] = "none"
    body = json.dumps(notice).encode()
    id_, now = webhook_id(alert, body), str(int(time.time()))
    digest = hmac.new(KEY, b".".join((id_.encode(), now.encode(), body)), hashlib.sha256).digest()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": id_,
        "webhook-timestamp": now,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }
    urlopen(Request(os.environ["PAGE_URL"], body, headers), timeout=10).close()


def webhook_id(alert: dict, body: bytes) -> str:
    """The same for each repeat of an alert, so that repeats page nobody a second time."""
    names = ("fingerprint", "status", "startsAt", "endsAt")
    fields = "|".join(str(alert.get(name, "")) for name in names)
    return "msg_" + hashlib.sha256(fields.encode(errors="replace") + body).hexdigest()


def shown(alert: dict) -> str:
    """The alert's labels on one line."""
    return json.dumps(alert["labels"])[:500]


def say(words: str) -> None:
    sys.stderr.write(words + "\n")


def alerts_with_a_unit(body: bytes) -> list:
    """Those that name a unit, of a webhook of Alertmanager."""
    alerts = [alert for alert in json.loads(body)["alerts"] if isinstance(alert, dict)]
    return [
        alert for alert in alerts if isinstance(alert.get("labels"), dict) and alert["labels"].get("unit")
    ]


class Alerts(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        try:
            alerts = alerts_with_a_unit(self.rfile.read(int(self.headers["Content-Length"] or 0)))
        except (ValueError, TypeError, LookupError) as error:
            say(f"Dropped, because it is no webhook of Alertmanager: {error!r}")
            self.answer(400)
            return
        passed_on = [pass_on(alert) for alert in alerts]  # all of them, whatever becomes of one
        self.answer(200 if all(passed_on) else 502)  # after a 502, Alertmanager and Grafana try again

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9095"))), Alerts).serve_forever()
