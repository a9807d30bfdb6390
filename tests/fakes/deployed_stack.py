"""The template as a stack in a local AWS: what moto's CloudFormation lacks is created here by boto3.

CloudFormation itself is a server of its own, which says what the stack consists of.
"""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from botocore.exceptions import ClientError

from tests.fakes.http_api import HttpApi
from tests.fakes.local_aws import ACCOUNT, REGION, LocalAws
from tests.fakes.sam_template import DEFAULTS, FUNCTIONS, NOTHING, RESOURCES, TEMPLATE, URL_SUFFIX, deployed

TAIL = "0A1B2C3D4E5F"
"""What CloudFormation puts at the end of the names that it makes."""
LAMBDA = "AWS::Serverless::Function"
UNREAD = {"AWS::IAM::Role", LAMBDA}
"""What is created here without its properties."""
PER_QUEUE = ("VisibilityTimeout", "MessageRetentionPeriod")
NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/"


@dataclass
class DeployedStack:
    """A stack of this template in a local AWS."""

    aws: LocalAws
    name: str
    api_url: str
    values: Mapping[str, str]
    physical: dict[str, str] = field(default_factory=dict)
    status: str = "UPDATE_COMPLETE"
    folder: Path = Path()
    """Where its settings file is."""
    doors: Any = None
    """What answers below its API, where something does."""

    def begin_anew(self, api_url: str, **values: str) -> None:
        """Make the stack as it is after a first deployment with other settings; its schedules stay."""
        self.api_url, self.values, self.status = api_url, values, "CREATE_COMPLETE"
        self.renew_secret()
        self.empty_queues()
        with suppress(ClientError):
            self.aws.delete_table(self.physical["Table"])
        self.aws.create_table(self.physical["Table"])

    def renew_secret(self) -> None:
        """Make the secret anew, without a value."""
        secrets = self.aws.client("secretsmanager")
        secrets.delete_secret(SecretId=self.physical["Secret"], ForceDeleteWithoutRecovery=True)
        self.physical["Secret"] = secrets.create_secret(Name=f"{self.name}-Secret-{TAIL}")["ARN"]
        self.renew_functions()

    def empty_queues(self) -> None:
        for logical, resource in RESOURCES.items():
            if resource["Type"] == "AWS::SQS::Queue":
                self._empty(self.physical[logical])

    def renew_functions(self) -> None:
        """Give the functions the environment that the values make now."""
        functions = self.aws.client("lambda")
        for name, told in FUNCTIONS.items():
            variables = self.worked_out(told["Environment"]["Variables"])
            functions.update_function_configuration(
                FunctionName=self.physical[name],
                Environment={"Variables": {key: str(value) for key, value in variables.items()}},
            )

    def _empty(self, queue_url: str) -> None:
        """Delete the waiting messages: a queue may be purged only once a minute."""
        while messages := self.aws.sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for message in messages:
                self.aws.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])

    @property
    def outputs(self) -> dict[str, str]:
        return {key: self.worked_out(told["Value"]) for key, told in TEMPLATE["Outputs"].items()}

    def environ(self, function: str) -> dict[str, str]:
        """The environment that Lambda gives to a function."""
        variables = self.worked_out(FUNCTIONS[function]["Environment"]["Variables"])
        return {**{key: str(value) for key, value in variables.items()}, **self.aws.environment}

    def worked_out(self, written: Any) -> Any:
        """Return a part of the template with what it refers to filled in."""
        return self._filled(deployed(written, self.values))

    def exists(self, logical: str) -> bool:
        condition = RESOURCES[logical].get("Condition")
        return not condition or bool(deployed(TEMPLATE["Conditions"][condition], self.values))

    def _filled(self, written: Any) -> Any:
        match written:
            case {"Ref": name}:
                return self._ref(name)
            case {"Fn::GetAtt": path}:
                return self._attribute(*path.split("."))
            case {"Fn::Sub": text}:
                return re.sub(r"\$\{([\w:.]+)\}", lambda found: self._named(found[1]), text)
            case dict():
                return {key: self._filled(value) for key, value in written.items() if value is not NOTHING}
            case list():
                return [self._filled(one) for one in written]
        return written

    def _named(self, name: str) -> str:
        return self._attribute(*name.split(".")) if "." in name else self._ref(name)

    def _ref(self, name: str) -> str:
        own = {"AWS::StackName": self.name, "AWS::URLSuffix": URL_SUFFIX, "AWS::Region": REGION}
        known = {**DEFAULTS, **self.values, **own, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws"}
        return known[name] if name in known else self.physical[name]

    def _attribute(self, logical: str, attribute: str) -> str:
        if logical == "Api":
            return self.api_url
        physical, kind = self.physical[logical], RESOURCES[logical]["Type"]
        if attribute == "QueueName":
            return physical.rsplit("/", 1)[-1]
        service, resource = {
            "AWS::SQS::Queue": ("sqs", physical.rsplit("/", 1)[-1]),
            "AWS::IAM::Role": ("iam", f"role/{physical}"),
            "AWS::DynamoDB::Table": ("dynamodb", f"table/{physical}"),
            "AWS::Logs::LogGroup": ("logs", f"log-group:{physical}"),
            LAMBDA: ("lambda", f"function:{physical}"),
        }[kind]
        return f"arn:aws:{service}:{'' if service == 'iam' else REGION}:{ACCOUNT}:{resource}"

    @property
    def settings_path(self) -> Path:
        return self.folder / "settings" / "dev.toml"

    def write_settings(self) -> None:
        """Write the settings file with which this stack would have been deployed."""
        lines = [
            "[stack]",
            'environment = "dev"',
            f'name = "{self.name}"',
            f'region = "{REGION}"',
            f'account = "{ACCOUNT}"',
            "[parameters]",
            *(f"{name} = {json.dumps(value)}" for name, value in {**DEFAULTS, **self.values}.items()),
        ]
        self.settings_path.parent.mkdir(exist_ok=True)
        self.settings_path.write_text("\n".join(lines), encoding="utf-8")


@contextmanager
def deployed_stack(
    aws: LocalAws, api_url: str, name: str = "monitors-bot-dev", **values: str
) -> Iterator[DeployedStack]:
    stack = DeployedStack(aws, name, api_url, values)
    wanted = {logical: one for logical, one in RESOURCES.items() if stack.exists(logical)}
    for logical, resource in wanted.items():
        stack.physical[logical] = _physical(stack, logical, resource["Type"])
    creator = _Creator(stack)
    for kind, create in creator.kinds.items():
        for logical, resource in wanted.items():
            if resource["Type"] == kind:
                create(logical, stack.worked_out({} if kind in UNREAD else resource.get("Properties", {})))
    try:
        yield stack
    finally:
        creator.delete()


def _physical(stack: DeployedStack, logical: str, kind: str) -> str:
    made = f"{stack.name}-{logical}-{TAIL}"
    return {
        "AWS::SQS::Queue": stack.aws.queue_url(made),
        "AWS::SNS::Topic": f"arn:aws:sns:{REGION}:{ACCOUNT}:{made}",
        "AWS::Logs::LogGroup": f"/aws/lambda/{made}",
    }.get(kind, made)


class _Creator:
    """Creates the resources, those first that others need, and deletes them."""

    def __init__(self, stack: DeployedStack) -> None:
        self.stack = stack
        self.kinds = {
            "AWS::IAM::Role": self._role,
            "AWS::SecretsManager::Secret": self._secret,
            "AWS::SQS::Queue": self._queue,
            "AWS::DynamoDB::Table": self._table,
            "AWS::SNS::Topic": self._topic,
            "AWS::SNS::Subscription": self._subscription,
            "AWS::Logs::LogGroup": self._log_group,
            LAMBDA: self._function,
            "AWS::Scheduler::ScheduleGroup": self._schedule_group,
            "AWS::Scheduler::Schedule": self._schedule,
            "AWS::CloudWatch::Alarm": self._alarm,
        }
        self._deletions: list[Any] = []

    def client(self, service: str) -> Any:
        return self.stack.aws.client(service)

    def delete(self) -> None:
        for deletion in reversed(self._deletions):
            deletion()

    def _role(self, logical: str, properties: Any) -> None:
        iam, name = self.client("iam"), self.stack.physical[logical]
        iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}")
        self._deletions.append(lambda: iam.delete_role(RoleName=name))

    def _secret(self, logical: str, properties: Any) -> None:
        client, physical = self.client("secretsmanager"), self.stack.physical
        physical[logical] = client.create_secret(Name=physical[logical])["ARN"]
        self._deletions.append(
            lambda: client.delete_secret(SecretId=physical[logical], ForceDeleteWithoutRecovery=True)
        )

    def _queue(self, logical: str, properties: Any) -> None:
        sqs, url = self.stack.aws.sqs, self.stack.physical[logical]
        attributes = {key: str(properties[key]) for key in PER_QUEUE if key in properties}
        if policy := properties.get("RedrivePolicy"):
            attributes["RedrivePolicy"] = json.dumps(policy)
            sqs.create_queue(QueueName=policy["deadLetterTargetArn"].rsplit(":", 1)[-1])
        sqs.create_queue(QueueName=url.rsplit("/", 1)[-1])
        if attributes:
            sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
        self._deletions.append(lambda: sqs.delete_queue(QueueUrl=url))

    def _table(self, logical: str, properties: Any) -> None:
        name = self.stack.physical[logical]
        self.stack.aws.create_table(name)
        self._deletions.append(lambda: self.stack.aws.delete_table(name))

    def _topic(self, logical: str, properties: Any) -> None:
        sns, arn = self.client("sns"), self.stack.physical[logical]
        sns.create_topic(Name=arn.rsplit(":", 1)[-1])
        self._deletions.append(lambda: sns.delete_topic(TopicArn=arn))

    def _subscription(self, logical: str, properties: Any) -> None:
        sns = self.client("sns")
        arn = sns.subscribe(**properties)["SubscriptionArn"]
        self.stack.physical[logical] = arn
        self._deletions.append(lambda: sns.unsubscribe(SubscriptionArn=arn))

    def _log_group(self, logical: str, properties: Any) -> None:
        logs, name = self.client("logs"), self.stack.physical[logical]
        logs.create_log_group(logGroupName=name)
        self._deletions.append(lambda: logs.delete_log_group(logGroupName=name))

    def _function(self, logical: str, properties: Any) -> None:
        client, told = self.client("lambda"), FUNCTIONS[logical]
        variables = self.stack.worked_out(told["Environment"]["Variables"])
        name = self.stack.physical[logical]
        client.create_function(
            FunctionName=name,
            Runtime=told["Runtime"],
            Handler=told["Handler"],
            Role=self.stack.worked_out(told["Role"]),
            Code={"ZipFile": b"made by sam build"},
            Environment={"Variables": {key: str(value) for key, value in variables.items()}},
        )
        for event in told.get("Events", {}).values():
            if event["Type"] == "SQS":
                source = self.stack.worked_out(event["Properties"]["Queue"])
                client.create_event_source_mapping(FunctionName=name, EventSourceArn=source, Enabled=True)
        self._deletions.append(lambda: client.delete_function(FunctionName=name))

    def _schedule_group(self, logical: str, properties: Any) -> None:
        scheduler, name = self.client("scheduler"), self.stack.physical[logical]
        scheduler.create_schedule_group(Name=name)
        self._deletions.append(lambda: scheduler.delete_schedule_group(Name=name))

    def _schedule(self, logical: str, properties: Any) -> None:
        scheduler, name = self.client("scheduler"), self.stack.physical[logical]
        scheduler.create_schedule(Name=name, **properties)
        group = properties["GroupName"]
        self._deletions.append(lambda: scheduler.delete_schedule(Name=name, GroupName=group))

    def _alarm(self, logical: str, properties: Any) -> None:
        cloudwatch, name = self.client("cloudwatch"), self.stack.physical[logical]
        cloudwatch.put_metric_alarm(
            AlarmName=name, **properties | {"EvaluationPeriods": int(properties["EvaluationPeriods"])}
        )
        self._deletions.append(lambda: cloudwatch.delete_alarms(AlarmNames=[name]))


class CloudFormation:
    """CloudFormation's answers about stacks, in the form in which AWS gives them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stacks: dict[str, DeployedStack] = {}
        self.refuses = ""
        """The error with which every call is refused, such as ExpiredToken; empty for none."""

    @property
    def environment(self) -> dict[str, str]:
        return {"AWS_ENDPOINT_URL_CLOUDFORMATION": self.url}

    def answer(self, form: Mapping[str, str]) -> tuple[int, str]:
        if self.refuses:
            return 403, _error(self.refuses, "The security token included in the request is expired")
        stack = self.stacks.get(form.get("StackName", ""))
        if not stack:
            return 400, _error("ValidationError", f"Stack with id {form.get('StackName')} does not exist")
        result = {"DescribeStacks": _described, "ListStackResources": _listed}[form["Action"]](stack)
        action = form["Action"]
        inner = f"<{action}Result>{result}</{action}Result>"
        return 200, f'<{action}Response xmlns="{NAMESPACE}">{inner}</{action}Response>'


@contextmanager
def cloudformation() -> Iterator[CloudFormation]:
    with HttpApi(_handler()) as server:
        told = CloudFormation(server.url)
        server.cloudformation = told  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield told
        finally:
            server.shutdown()


def _described(stack: DeployedStack) -> str:
    outputs = "".join(
        f"<member><OutputKey>{key}</OutputKey><OutputValue>{escape(value)}</OutputValue></member>"
        for key, value in stack.outputs.items()
    )
    parameters = "".join(
        f"<member><ParameterKey>{key}</ParameterKey><ParameterValue>{escape(value)}</ParameterValue></member>"
        for key, value in {**DEFAULTS, **stack.values}.items()
    )
    return (
        f"<Stacks><member><StackName>{stack.name}</StackName><StackStatus>{stack.status}</StackStatus>"
        f"<CreationTime>{_now()}</CreationTime><Tags><member><Key>environment</Key><Value>dev</Value></member></Tags>"
        f"<Outputs>{outputs}</Outputs><Parameters>{parameters}</Parameters></member></Stacks>"
    )


def _listed(stack: DeployedStack) -> str:
    members = "".join(
        f"<member><LogicalResourceId>{logical}</LogicalResourceId>"
        f"<PhysicalResourceId>{escape(physical)}</PhysicalResourceId>"
        f"<ResourceType>{RESOURCES[logical]['Type'].replace('Serverless', 'Lambda')}</ResourceType>"
        f"<ResourceStatus>CREATE_COMPLETE</ResourceStatus>"
        f"<LastUpdatedTimestamp>{_now()}</LastUpdatedTimestamp></member>"
        for logical, physical in stack.physical.items()
    )
    return f"<StackResourceSummaries>{members}</StackResourceSummaries>"


def _error(code: str, message: str) -> str:
    return (
        f'<ErrorResponse xmlns="{NAMESPACE}"><Error><Type>Sender</Type><Code>{code}</Code>'
        f"<Message>{message}</Message></Error></ErrorResponse>"
    )


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            status, text = self.server.cloudformation.answer(form)  # type: ignore[attr-defined]
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
