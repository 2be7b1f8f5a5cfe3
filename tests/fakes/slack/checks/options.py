"""Checks of the choices in a menu, in buttons or in boxes."""

from __future__ import annotations

from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.checks.texts import check_text
from tests.fakes.slack.wire import JsonObject, objects

OPTIONS_LIMIT = 100


def check_option(findings: Findings, path: str, option: JsonObject, *, plain: bool, url: bool = False) -> None:
    """One option."""
    findings.keys(path, option, {"text", "value", "description", *(["url"] if url else [])}, ("text", "value"))
    check_text(findings, f"{path}.text", option.get("text"), 75, plain=plain)
    findings.length(f"{path}.value", option.get("value"), 150)
    check_text(findings, f"{path}.description", option.get("description"), 75, plain=plain)
    findings.length(f"{path}.url", option.get("url"), 3000)


def check_options(
    findings: Findings, path: str, options: object, most: int, *, plain: bool, url: bool = False, least: int = 1
) -> None:
    """A list of options, if there is one."""
    if options is None:
        return
    findings.count(path, options, most, least=least)
    for at, option in enumerate(objects(options)):
        check_option(findings, f"{path}[{at}]", option, plain=plain, url=url)
    findings.unique(path, (option.get("value") for option in objects(options)), "the value", refused=False)


def check_groups(findings: Findings, path: str, groups: object) -> None:
    """A list of groups of options, if there is one."""
    if groups is None:
        return
    findings.count(path, groups, OPTIONS_LIMIT)
    for at, group in enumerate(objects(groups)):
        findings.keys(f"{path}[{at}]", group, {"label", "options"}, ("label", "options"))
        check_text(findings, f"{path}[{at}].label", group.get("label"), 75, plain=True)
        check_options(findings, f"{path}[{at}].options", group.get("options"), OPTIONS_LIMIT, plain=True)


def check_offered(findings: Findings, answer: JsonObject) -> None:
    """Check an app's answer when a person types into a menu it fills."""
    path = "suggestions"
    findings.keys(path, answer, {"options", "option_groups"})
    if ("options" in answer) == ("option_groups" in answer):
        findings.add(path, "needs options or option_groups, not both")
    check_options(findings, f"{path}.options", answer.get("options"), OPTIONS_LIMIT, plain=True, least=0)
    check_groups(findings, f"{path}.option_groups", answer.get("option_groups"))
