"""Pass alerts of Alertmanager or Grafana on to the bot: neither signs its webhooks the way the bot asks.

Run it beside them with PAGE_URL and WEBHOOK_SECRET set, and give them http://127.0.0.1:9095/ as the URL of a
webhook (PORT chooses another port). An alert's label `unit` names the unit to page; alerts without that
label are left out. Needs Python 3.9 or newer and no packages.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import URLError
from urllib.request import Request, urlopen

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))


def page(alert: dict) -> None:
    labels, notes = alert.get("labels", {}), alert.get("annotations", {})
    what = notes.get("summary") or labels.get("alertname", "an alert")
    body = json.dumps({"unit": labels["unit"], "message": f"{alert['status']}: {what}"}).encode()
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
    fields = (
        alert.get("fingerprint", ""),
        alert["status"],
        alert.get("startsAt", ""),
        alert.get("endsAt", ""),
    )
    return "msg_" + hashlib.sha256("|".join(fields).encode() + body).hexdigest()


class Alerts(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            for alert in payload.get("alerts", []):
                if alert.get("labels", {}).get("unit"):
                    page(alert)
            self.send_response(200)
        except URLError:
            self.send_response(502)  # Alertmanager and Grafana then try again
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9095"))), Alerts).serve_forever()
