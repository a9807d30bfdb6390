"""The stack: what is deployed, whether it is whole, and whether anybody hears its alarms."""

from monitors_bot_cli import stack
from monitors_bot_cli.doctor.findings import Finding, failed, ok, warning
from monitors_bot_cli.doctor.patient import Patient, deploy
from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.settings_file import SettingsFile, path_of
from monitors_bot_cli.template import text_of

QUEUES = {"LateAnswers": "late answers", "Background": "runs and notices"}
DEAD = {
    "LateAnswersDead": "late answers",
    "BackgroundDead": "runs and notices",
    "SchedulesDead": "ticks of schedules",
}
FUNCTIONS = (
    "ChatFunction",
    "LateAnswersFunction",
    "ScheduleFunction",
    "WebhookFunction",
    "BackgroundFunction",
)
OF_QUEUES = ("LateAnswersFunction", "BackgroundFunction")
MANY_WAITING = 1000
"""As many messages as a burst may leave for the next minutes."""
GONE = "CloudFormation does not bring back what was deleted by hand: docs/upgrade-and-uninstall.md#repair-it"
RUNBOOK = "docs/operations.md#runbook"


def is_settled(patient: Patient) -> Finding:
    """The stack's own state."""
    installation = patient.installation
    here = f"{installation.name} in {installation.region} is {installation.status}"
    if installation.status in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        return ok(here)
    if installation.status.endswith("_IN_PROGRESS"):
        return failed(f"{here}: it is being changed.", "Wait until that is done, then run the doctor again.")
    return failed(
        f"{here}: the last deployment did not succeed.",
        f"aws cloudformation describe-stack-events --stack-name {installation.name} says why. "
        f"Mend that, then {deploy(patient)}",
    )


def is_as_the_file_says(patient: Patient) -> Finding:
    """Whether the settings file and what is deployed agree."""
    path = path_of(patient.installation.environment)
    file = SettingsFile.read(path)
    if file.is_new:
        return warning(f"{path} does not exist.", f"{deploy(patient)} writes it from what is deployed.")
    if problems := list(file.problems(patient.template)):
        return failed(problems[0], f"Correct the file, then {deploy(patient)}")
    differing = [
        name
        for name, value in file.parameters.items()
        if patient.installation.parameters.get(name, text_of(value)) != text_of(value)
    ]
    if differing:
        return warning(
            f"{path} says something else than what is deployed, about {', '.join(differing)}.",
            f"{deploy(patient)} deploys what the file says.",
        )
    return ok(f"{path} is what is deployed")


def functions_run(patient: Patient) -> Finding:
    """Whether Lambda runs each function, and hands it what is on its queue."""
    client = patient.installation.client("lambda")
    for logical in FUNCTIONS:
        name = patient.installation.resources[logical]
        with stack.in_words():
            told = client.get_function_configuration(FunctionName=name)
        if told.get("State") == "Failed" or told.get("LastUpdateStatus") == "Failed":
            why = told.get("StateReason") or told.get("LastUpdateStatusReason") or "Lambda does not say why"
            return failed(f"{logical} can't run: {why}.", f"Mend that, then {deploy(patient)}")
        with stack.in_words():
            limit = client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
        if limit == 0:
            return failed(
                f"{logical} is throttled: somebody set its reserved concurrency to 0.",
                f"aws lambda delete-function-concurrency --function-name {name}",
            )
    return _triggers_are_on(patient)


def _triggers_are_on(patient: Patient) -> Finding:
    client = patient.installation.client("lambda")
    for logical in OF_QUEUES:
        with stack.in_words():
            name = patient.installation.resources[logical]
            sources = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        for source in sources:
            if source["State"] in {"Disabled", "Disabling"}:
                return failed(
                    f"{logical} gets nothing of its queue: the trigger is switched off.",
                    f"aws lambda update-event-source-mapping --uuid {source['UUID']} --enabled",
                )
    return ok(f"{len(FUNCTIONS)} functions")


def queues_flow(patient: Patient) -> Finding:
    """Whether what was accepted is worked on."""
    waiting = {what: _messages(patient, logical) for logical, what in QUEUES.items()}
    crowded = [f"{count} {what}" for what, count in waiting.items() if count > MANY_WAITING]
    if crowded:
        return warning(f"{' and '.join(crowded)} wait.", f"See MessagesAgeAlarm in {RUNBOOK}")
    return ok(", ".join(f"{count} {what}" for what, count in waiting.items()) + " wait")


def nothing_is_dead(patient: Patient) -> Finding:
    """Whether anything that was accepted ended in a dead-letter queue."""
    dead = {what: _messages(patient, logical) for logical, what in DEAD.items()}
    found = [f"{count} {what}" for what, count in dead.items() if count]
    if found:
        return failed(f"There are dead letters: {', '.join(found)}.", f"See DeadLettersAlarm in {RUNBOOK}")
    return ok("none")


def table_is_there(patient: Patient) -> Finding:
    """Whether the table of records can be used."""
    name, client = patient.installation.resources["Table"], patient.installation.client("dynamodb")
    with stack.in_words():
        try:
            told = client.describe_table(TableName=name)["Table"]
        except client.exceptions.ResourceNotFoundException:
            return failed(f"The table {name} was deleted.", GONE)
    if told["TableStatus"] not in {"ACTIVE", "UPDATING"}:
        return failed(f"The table {name} is {told['TableStatus']}.", deploy(patient))
    return ok(f"{told.get('ItemCount', 0)} items, as counted in the last hours")


def alarms_are_quiet(patient: Patient) -> Finding:
    """Whether an alarm is on."""
    wanted = {name for logical, name in patient.installation.resources.items() if logical.endswith("Alarm")}
    with stack.in_words():
        pages = patient.installation.client("cloudwatch").get_paginator("describe_alarms")
        prefix = f"{patient.installation.name}-"
        alarms = [one for page in pages.paginate(AlarmNamePrefix=prefix) for one in page["MetricAlarms"]]
    ours = {one["AlarmName"]: one for one in alarms if one["AlarmName"] in wanted}
    if missing := wanted - ours.keys():
        return failed(f"{_logical(patient, missing)} was deleted.", GONE)
    ringing = {name for name, one in ours.items() if one["StateValue"] == "ALARM"}
    if ringing:
        return failed(f"{_logical(patient, ringing)} is on.", f"See it in {RUNBOOK}")
    mute = {name for name, one in ours.items() if not one.get("ActionsEnabled", True)}
    if mute:
        names = " ".join(sorted(mute))
        return failed(
            f"{_logical(patient, mute)} is switched off.",
            f"aws cloudwatch enable-alarm-actions --alarm-names {names}",
        )
    return ok(f"{len(ours)} alarms, none is on")


def alarms_are_heard(patient: Patient) -> Finding:
    """Whether anybody gets the alarms: an address that was never confirmed gets none."""
    topic = patient.installation.resources["Alarms"]
    with stack.in_words():
        pages = patient.installation.client("sns").get_paginator("list_subscriptions_by_topic")
        found = [one for page in pages.paginate(TopicArn=topic) for one in page["Subscriptions"]]
    confirmed = [one for one in found if one["SubscriptionArn"].startswith("arn:")]
    pending = [one["Endpoint"] for one in found if one["SubscriptionArn"] == "PendingConfirmation"]
    if confirmed:
        return ok(", ".join(f"{one['Protocol']} to {_shortened(one['Endpoint'])}" for one in confirmed))
    if pending:
        return failed(
            f"Nobody hears the alarms: {', '.join(pending)} has not confirmed.",
            "Confirm in the mail from AWS Notifications; perhaps it is in the spam. Its link dies after "
            "three days: then set AlarmEmail to nothing, deploy, set it again, and deploy.",
        )
    return failed(
        "Nobody hears the alarms.",
        f"Set AlarmEmail in {path_of(patient.installation.environment)}, then {deploy(patient)}",
    )


def _messages(patient: Patient, logical: str) -> int:
    client, url = patient.installation.client("sqs"), patient.installation.resources[logical]
    with stack.in_words():
        try:
            told = client.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        except client.exceptions.QueueDoesNotExist as error:
            raise Stopped(f"The queue {logical} was deleted.") from error
    return int(told["Attributes"]["ApproximateNumberOfMessages"])


def _logical(patient: Patient, names: set[str]) -> str:
    return ", ".join(sorted(k for k, physical in patient.installation.resources.items() if physical in names))


def _shortened(endpoint: str) -> str:
    """Leave out what a URL may carry besides its host: some are tokens."""
    return endpoint.split("/", 3)[2] if "://" in endpoint else endpoint
