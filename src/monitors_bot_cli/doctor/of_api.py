"""The deployed API: whether it answers, and what each caller is answered through it, as it is for people.

The requests are signed like theirs and marked, so that nothing counts them, and no chat sees them.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial

import requests

from monitors_bot import __version__
from monitors_bot.domain.answers.conversation import Outcome
from monitors_bot.web import CHECK
from monitors_bot_cli.callers import CALLERS, Caller
from monitors_bot_cli.doctor.findings import Check, Finding, failed, not_checked, ok, warning
from monitors_bot_cli.doctor.patient import CALL_SECONDS, Patient, command, deploy

QUESTION = "list"
"""It makes the function read the secret and ask the server, and says no more than the names of units."""
RUNBOOK = "docs/operations.md#runbook"
ACCEPTED = "accepted"
REMEMBERED_MINUTES = 5


def it_answers(patient: Patient) -> Finding:
    url = f"{patient.installation.outputs['ApiUrl']}/health"
    try:
        answer = requests.get(url, timeout=CALL_SECONDS, allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else {}
    except requests.RequestException as error:
        return failed(
            f"{url} can't be reached: {type(error).__name__}.", "Look at this machine's way to AWS."
        )
    if not isinstance(told, dict) or told.get("status") != "ok":
        return failed(
            f"{url} answers {answer.status_code}.",
            f"Look at ThrottlesAlarm and CrashesAlarm; {deploy(patient)}",
        )
    if told.get("version") != __version__:
        return warning(
            f"Version {told.get('version')} is deployed, and this is {__version__}.",
            f"{deploy(patient)} deploys this.",
        )
    return ok(f"{url}, version {__version__}")


def probes(needs: Sequence[str], unless: Sequence[str]) -> Iterator[Check[Patient]]:
    """Return a check for each caller: it is answered, with its secret, through the API."""
    for caller in CALLERS:
        yield Check(f"asked by {caller.name}", partial(is_answered, caller), needs, unless)


def is_answered(caller: Caller, patient: Patient) -> Finding:
    if not patient.uses(caller.key):
        return not_checked("it is not set up")
    try:
        answer = _asked(caller, patient)
    except requests.RequestException as error:
        return failed(
            f"{caller.path} can't be reached: {type(error).__name__}.", "Look at this machine's way to AWS."
        )
    return _judged(caller, answer, patient)


def functions_get_through(patient: Patient) -> bool:
    """Whether a function reads units from the server, wherever this machine stands."""
    for caller in CALLERS:
        if patient.uses(caller.key):
            try:
                if _asked(caller, patient).headers.get(CHECK) == Outcome.LIST:
                    return True
            except requests.RequestException:
                return False
    return False


def _asked(caller: Caller, patient: Patient) -> requests.Response:
    signed = caller.prove(patient.secret.shared_with(caller.key)[0], caller.asks(QUESTION), patient.now())
    return requests.post(
        patient.installation.outputs["ApiUrl"] + caller.path,
        data=signed.body,
        headers={**signed.headers, CHECK: "1"},
        timeout=CALL_SECONDS,
        allow_redirects=False,
    )


def _judged(caller: Caller, answer: requests.Response, patient: Patient) -> Finding:
    outcome = answer.headers.get(CHECK, "")
    if answer.status_code == 200 and outcome in {ACCEPTED, Outcome.LIST}:
        return ok(f"answered in {answer.elapsed.total_seconds():.1f} s")
    if answer.status_code == 200 and outcome:
        return failed(
            f'The function answers that it can\'t: {outcome}. "{_text(answer)}"',
            "This machine gets through, so the functions have another way to the server: docs/network.md",
        )
    if answer.status_code in {401, 404}:
        return failed(
            f"The function refuses the secret's {caller.key} ({answer.status_code}).",
            f"If the key was changed a moment ago, wait {REMEMBERED_MINUTES} minutes. If not: "
            f"{command(patient, f'secret set {caller.key}')}",
        )
    if answer.status_code == 503:
        return failed("The function can't read the secret.", "See SecretUnusableAlarm in " + RUNBOOK)
    return failed(
        f"The function answers {answer.status_code} without a word about the check.",
        f"If an older version is deployed: {deploy(patient)}. Else see CrashesAlarm in {RUNBOOK}",
    )


def _text(answer: requests.Response) -> str:
    """Return the first line of a reply, in whatever form its platform takes it."""
    try:
        told = answer.json()
    except json.JSONDecodeError:
        return ""
    text = str(told.get("text") or "") if isinstance(told, dict) else ""
    return text.partition("\n")[0][:200]
