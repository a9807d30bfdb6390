"""What AWS knows: whose credentials these are, and how a stack was deployed the last time."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from monitors_bot_cli.problems import AWS, Stopped

NOT_CREATED = {"REVIEW_IN_PROGRESS"}
"""Somebody looked at the changes of a first deploy, and declined them."""

NEVER_WORKED = {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"}


@dataclass(frozen=True)
class DeployedStack:
    """A stack as it is deployed: the values of its parameters, and the environment that its tag names."""

    parameters: Mapping[str, str]
    environment: str | None


def configured_region() -> str | None:
    """Return the region of AWS_REGION or of the profile in use."""
    region: str | None = boto3.session.Session().region_name
    return os.environ.get("AWS_REGION") or region  # the AWS CLI reads both, boto3 only AWS_DEFAULT_REGION


def is_region(name: str) -> bool:
    try:
        boto3.session.Session().get_partition_for_region(name)
    except BotoCoreError:
        return False
    return True


def account(region: str) -> str:
    """Return the account that the credentials in use belong to. Raises Stopped."""
    with in_words():
        identity: str = _client("sts", region).get_caller_identity()["Account"]
        return identity


def deployed(name: str, region: str) -> DeployedStack | None:
    """Return a stack as it is deployed, None if it is not. Raises Stopped, also where it can't be updated."""
    stack = described(name, region)
    if not stack:
        return None
    _check_status(name, region, stack["StackStatus"])
    tags = {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}
    values = {one["ParameterKey"]: one["ParameterValue"] for one in stack.get("Parameters", [])}
    return DeployedStack(values, tags.get("environment"))


def described(name: str, region: str) -> Mapping[str, Any] | None:
    """Return what CloudFormation says about a stack, None if there is none. Raises Stopped."""
    try:
        with in_words():
            [stack] = _client("cloudformation", region).describe_stacks(StackName=name)["Stacks"]
    except _Missing:
        return None
    found: Mapping[str, Any] = stack
    return None if found["StackStatus"] in NOT_CREATED else found


def usual_name(environment: str) -> str:
    """Return the name of an environment's stack where nobody chose another one."""
    return "monitors-bot" if environment == "prod" else f"monitors-bot-{environment}"


def _check_status(name: str, region: str, status: str) -> None:
    if status in NEVER_WORKED:
        raise Stopped(
            f"The first deployment of the stack {name} failed, or its deletion did ({status}). Delete what "
            f"is left, then deploy again: aws cloudformation delete-stack --stack-name {name} "
            f"--region {region}",
            code=AWS,
        )
    if status.endswith("_IN_PROGRESS"):
        raise Stopped(f"The stack {name} is being changed ({status}). Wait until it is done.", code=AWS)


class _Missing(Exception):
    """There is no such stack."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn boto3's errors into sentences: raise Stopped instead of them."""
    try:
        yield
    except ClientError as error:
        told = error.response["Error"]
        if told["Code"] == "ValidationError" and "does not exist" in told["Message"]:
            raise _Missing from error
        raise Stopped(f"AWS refuses: {told['Message']} ({told['Code']})", code=AWS) from error
    except BotoCoreError as error:
        raise Stopped(
            f"AWS can't be asked: {error}. `aws sts get-caller-identity` must work first.", code=AWS
        ) from error


def _client(service: str, region: str) -> Any:
    return boto3.client(service, region_name=region)
