"""A deployed bot, as the commands reach it: its stack, its functions' settings, and the operator's rights.

A local one is no different: `AWS_ENDPOINT_URL` then points at a local AWS that has such a stack.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3

from monitors_bot_cli import stack
from monitors_bot_cli.problems import AWS, Stopped
from monitors_bot_cli.settings_file import SettingsFile, path_of

LOCAL_AWS = ("AWS_ENDPOINT_URL", "AWS_URL_SUFFIX")
"""What decides where AWS is, in the operator's environment; also for single services."""


@dataclass(frozen=True)
class Installation:
    """A stack that is deployed: what CloudFormation says about it."""

    environment: str
    name: str
    region: str
    status: str
    outputs: Mapping[str, str]
    parameters: Mapping[str, str]
    _clients: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def secret_id(self) -> str:
        return self.outputs["SecretId"]

    def client(self, service: str) -> Any:
        """Return the boto3 client for a service in this region; its errors are for `stack.in_words`."""
        if service not in self._clients:
            self._clients[service] = boto3.client(service, region_name=self.region)
        return self._clients[service]

    @cached_property
    def resources(self) -> Mapping[str, str]:
        """The physical id of each logical one. Raises Stopped."""
        with stack.in_words():
            pages = self.client("cloudformation").get_paginator("list_stack_resources")
            return {
                one["LogicalResourceId"]: one["PhysicalResourceId"]
                for page in pages.paginate(StackName=self.name)
                for one in page["StackResourceSummaries"]
                if one.get("PhysicalResourceId")
            }

    def environ(self, function: str) -> dict[str, str]:
        """Return a function's environment as deployed, with the operator's credentials. Raises Stopped."""
        with stack.in_words():
            told = self.client("lambda").get_function_configuration(FunctionName=self.resources[function])
            credentials = boto3.session.Session().get_credentials()
            if not credentials:
                raise Stopped("There are no AWS credentials: log in to AWS first.", code=AWS)
            frozen = credentials.get_frozen_credentials()
        session = {"AWS_SESSION_TOKEN": frozen.token} if frozen.token else {}
        local = {name: value for name, value in os.environ.items() if name.startswith(LOCAL_AWS)}
        return {
            **told["Environment"]["Variables"],
            **local,
            **session,
            "AWS_ACCESS_KEY_ID": frozen.access_key,
            "AWS_SECRET_ACCESS_KEY": frozen.secret_key,
            "AWS_REGION": self.region,
        }


def find_installation(environment: str) -> Installation:
    """Find the stack that the settings file of an environment names. Raises Stopped."""
    file = SettingsFile.read(path_of(environment))
    name, region = stack_of(file, environment)
    found = stack.described(name, region)
    if not found:
        raise Stopped(
            f"There is no stack {name} in {region}. Deploy it first: make deploy"
            f"{'' if environment == 'dev' else f' SAM_ENV={environment}'}",
            code=AWS,
        )
    return Installation(
        environment,
        name,
        region,
        found["StackStatus"],
        {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])},
        {one["ParameterKey"]: one["ParameterValue"] for one in found.get("Parameters", [])},
    )


def stack_of(file: SettingsFile, environment: str) -> tuple[str, str]:
    """Return the stack's name and region, as the file says or as `make deploy` would choose them."""
    name = file.stack.get("name") or stack.usual_name(environment)
    region = file.stack.get("region") or stack.configured_region()
    if not region:
        raise Stopped(
            f"In which region is the stack? Say so in {file.path} (region in [stack]), or in AWS_REGION."
        )
    return str(name), str(region)
