"""A second opinion: the model classes of slack_sdk, which refuse what they know Slack refuses."""

from __future__ import annotations

import copy
import logging

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.wire import JsonObject

logging.getLogger("slack_sdk.models").setLevel(logging.ERROR)  # it warns of unknown keys; our own rules say which


_REFUSALS = (SlackObjectFormationError, TypeError, AttributeError, KeyError)


def check_view_with_model(findings: Findings, view: JsonObject) -> None:
    """Read a view into its model and write it again."""
    try:
        View(**copy.deepcopy(view)).to_dict()
    except _REFUSALS as error:
        findings.add("view", f"slack_sdk refuses it: {error}")


def check_with_models(findings: Findings, path: str, block: JsonObject) -> None:
    """Read a block into its model and write it again. The models change what they are given, so they get a copy."""
    try:
        parsed = Block.parse(copy.deepcopy(block))
        if parsed is None:
            findings.add(path, "is no block slack_sdk knows")
        else:
            parsed.to_dict()
    except _REFUSALS as error:
        findings.add(path, f"slack_sdk refuses it: {error}")
