"""Lint the template as CloudFormation will see it, in which cfn-lint finds more than in the SAM template.

It runs with the libraries of aws-sam-cli and cfn-lint, not with the project's.
"""

import json
import os
import sys
from pathlib import Path

from cfnlint.api import lint
from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """Stands in for the managed policies of an AWS account: our roles use none."""

    def load(self):
        return {}


def translate(template):
    fragment = yaml_parse(template)
    for resource in fragment["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"  # as if uploaded: it refuses a local folder
    fragment.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    return transform(fragment, {}, NoManagedPolicies())


os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")  # the translation needs a region, but calls nothing
translated = translate(Path("template.yaml").read_text(encoding="utf-8"))
sys.exit("\n".join(map(str, lint(json.dumps(translated, indent=1)))) or None)
