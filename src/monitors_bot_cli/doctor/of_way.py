"""The way to the server from this machine: its name, a proxy, a connection, its certificate, Rocket.Chat.

One question without an account goes to the server; each check looks for its own failure in the answer.
The functions may stand elsewhere, in a network of their own: `of_api` asks them.
"""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from monitors_bot import errors
from monitors_bot.outbound import Answer
from monitors_bot_cli.doctor.findings import Finding, failed, ok, warning
from monitors_bot_cli.doctor.patient import Patient

OLDEST_MAJOR = 5
SKEW_SECONDS = 60.0
"""From here on, a clock is worth a look; at 300 s, signatures are refused."""
MOST_SKEW_SECONDS = 240.0
NETWORK = "docs/network.md"
URL_SETTING = "Correct RocketChatUrl in the settings file, then deploy."


def name_is_known(patient: Patient) -> Finding:
    host = urlsplit(patient.server_url).hostname
    if isinstance(patient.first_answer, errors.NameUnknown):
        return failed(f"{host} has no address: {patient.first_answer}.", URL_SETTING)
    return ok(str(host))


def proxy_lets_through(patient: Patient) -> Finding:
    proxy, answer = patient.secret.reach.proxy, patient.first_answer
    if isinstance(answer, errors.ProxyNotReached):
        return failed(
            f"The proxy {proxy} does not work: {answer}.", "monitors-bot secret set https_proxy, or unset it."
        )
    if isinstance(answer, errors.ProxyRefused):
        return failed(
            f"The proxy {proxy} refuses: {answer}.",
            f"Allow the server's name there, or correct the user and password in https_proxy: {NETWORK}",
        )
    return ok(proxy or "no proxy is used")


def it_can_be_reached(patient: Patient) -> Finding:
    answer = patient.first_answer
    if isinstance(answer, errors.ConnectionRefused):
        return failed(
            f"Nothing listens at {_host(patient)}.",
            f"Start the server, or {URL_SETTING[0].lower()}{URL_SETTING[1:]}",
        )
    if isinstance(answer, errors.NotReachedInTime):
        return failed(f"No connection to {_host(patient)} in time.", f"Open the way to it: {NETWORK}")
    if isinstance(answer, errors.ServerNotReached) and not isinstance(answer, errors.CertificateRefused):
        return failed(f"No connection to {_host(patient)}: {answer}.", f"Open the way to it: {NETWORK}")
    return ok(_host(patient))


def certificate_is_trusted(patient: Patient) -> Finding:
    answer = patient.first_answer
    if isinstance(answer, errors.CertificateRefused):
        return failed(
            f"The certificate of {_host(patient)} is not trusted: {answer}.",
            "Renew or complete it on the server. If a private authority signed it: "
            "monitors-bot secret set ca_certificates --file authority.pem",
        )
    if not patient.server_url.startswith("https:"):
        return warning(
            "The way is not encrypted: the account's token can be read on it.",
            "Use https in RocketChatUrl, then deploy.",
        )
    return ok(
        "it is trusted" + (", with authorities of the secret" if patient.secret.reach.authorities else "")
    )


def it_is_rocketchat(patient: Patient) -> Finding:
    answer = patient.first_answer
    if isinstance(answer, errors.OutOfTime):
        return failed(f"{_host(patient)} does not answer in time.", "Look at the server's load and its log.")
    if isinstance(answer, Exception):
        return failed(
            f"{_host(patient)} breaks off: {answer}.", "Look at the server, or at what stands before it."
        )
    told = _info(answer)
    if answer.status != 200 or told.get("success") is not True:
        return failed(
            f"Something else than Rocket.Chat answers at {patient.server_url}: HTTP {answer.status}, "
            f"{answer.content_type or 'no content type'}.",
            f"If a proxy stands there, look at it. If the address lacks a path: {URL_SETTING}",
        )
    return ok(patient.server_url)


def version_is_known(patient: Patient) -> Finding:
    answer = patient.first_answer
    version = str(_info(answer).get("version", "")) if isinstance(answer, Answer) else ""
    numbers = re.match(r"(\d{1,3})\.(\d{1,3})", version)
    if not numbers:
        return warning("The server does not say its version.", "Nothing, if all else is green.")
    if int(numbers[1]) < OLDEST_MAJOR:
        return failed(f"Rocket.Chat {version} has no such units.", f"Upgrade to {OLDEST_MAJOR}.0 or newer.")
    return ok(f"Rocket.Chat {numbers[0]}")


def clocks_agree(patient: Patient) -> Finding:
    """The app signs with the server's clock, and a signature is good for five minutes."""
    answer = patient.first_answer
    date = answer.headers.get("date", "") if isinstance(answer, Answer) else ""
    try:
        skew = parsedate_to_datetime(date).timestamp() - patient.now()
    except (ValueError, TypeError, OverflowError):
        return warning("The server does not say what time it is.", "Nothing, if all else is green.")
    return _judged(skew, "The server's clock", "Rocket.Chat's machine")


def _judged(skew: float, whose: str, machine: str) -> Finding:
    seen = f"{whose} is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} this machine's"
    if abs(skew) > MOST_SKEW_SECONDS:
        return failed(f"{seen}: signatures are refused.", f"Switch on NTP on {machine}, or on this one.")
    if abs(skew) > SKEW_SECONDS:
        return warning(f"{seen}.", f"Switch on NTP on {machine}, or on this one.")
    return ok(f"they differ by {abs(skew):.0f} s")


def _info(answer: Answer) -> Mapping[str, object]:
    try:
        told = json.loads(answer.body) if answer.is_json else None
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {}


def _host(patient: Patient) -> str:
    return urlsplit(patient.server_url).netloc
