"""Drafts tried on a copy of the content first: what would break it is left out, and the bank never breaks."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.authoring.exchange.found import LeftOut, Refused
from bot.authoring.exchange.importing import Incoming
from bot.authoring.writing import NotWritten, append
from bot.catalog.load import load


def tried(folder: Path, incoming: Incoming) -> Incoming:
    """The same without what names a role, step or section that is not here; ``Refused`` if the rest does not fit."""
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / folder.absolute().name
        shutil.copytree(folder, copy)
        try:
            append(copy, incoming.by_topic())
        except NotWritten as error:
            raise Refused(str(error).replace(str(copy), str(folder))) from None
        problems = load(copy).problems
    broken = {problem.item_id: problem.text for problem in problems}
    if not broken:
        return incoming
    kept = tuple(one for one in incoming.taken if one.question.id not in broken)
    if len(kept) == len(incoming.taken):
        raise Refused(f"{folder} would have problems with these questions in it: {problems[0]}.")
    out = [LeftOut(one.line, broken[one.question.id]) for one in incoming.taken if one.question.id in broken]
    return tried(folder, replace(incoming, taken=kept, left_out=(*incoming.left_out, *out)))
