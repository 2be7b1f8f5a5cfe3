"""YAML's complaints in an author's words, with what to do."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError

_QUOTE = "put the whole text in double quotes"
# What libyaml and the pure parser say (they differ), in what context, and what an author can do about it.
_TOLD: tuple[tuple[str, str, str], ...] = (
    ("end of stream", "quoted", "the quote opened here is never closed: add the closing quote"),
    ("(mapping) values are not allowed", "", f"a colon within unquoted text: {_QUOTE}"),
    ("sequence entries are not allowed", "", "a list begins on its own line: move the '- ' to the next line"),
    ("cannot start any token", "", f"text cannot begin with this character: {_QUOTE}"),
    ("escape character", "", "a backslash within double quotes: write it twice, or use single quotes"),
    ("", "alias|anchor", f"text cannot begin with * or &: {_QUOTE}"),
    ("tag handle", "", f"text cannot begin with an exclamation mark: {_QUOTE}"),
    ("", "block scalar", f"after > or | the text begins on the next line: move it there, or {_QUOTE}"),
    ("", "directive", f"a line cannot begin with a percent sign: {_QUOTE}"),
    ("expected ':'", "", "a line without a colon: write 'name: value', or quote the text it goes on with"),
    (r"expected ',' or '\]'", "", f"the list is not closed by ] before this: close it, or {_QUOTE}"),
    (r"expected ',' or '\}'", "", f"the mapping is not closed by }} before this: close it, or {_QUOTE}"),
    ("document start", "", "one document a file: delete the '...' line"),
    ("expected '-' indicator", "", "this does not fit the list above: line it up with its entries"),
    ("expected key|expected <block end>", "", "the indentation does not fit, or a quote before this ends its "
     "text early or is not closed: line it up with the lines above, write \\\" for a quote within quotes"),
)  # fmt: skip


def place(error: YAMLError) -> tuple[int, int]:
    """The line and column an author should look at, counted from one."""
    if not isinstance(error, MarkedYAMLError):
        return 1, 1
    # A quote left open is noticed at the end of the file, far from the mistake.
    begins = re.search("end of stream|alphabetic or numeric", error.problem or "")
    mark = (error.context_mark if begins else None) or error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def yaml_mistake(error: YAMLError) -> str:
    """Say what went wrong and what to do."""
    problem = (error.problem or "") if isinstance(error, MarkedYAMLError) else str(error)
    context = (error.context or "") if isinstance(error, MarkedYAMLError) else ""
    for said, where, sentence in _TOLD:
        if re.search(said, problem) and re.search(where, context):
            return sentence
    return f"this is not YAML ({problem}): {_QUOTE}, or check the indentation"
