"""Which files a bank has, and what each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.bank import Bank
from bot.domain.common_fields import Objective, Source, Topic
from bot.domain.content import WordList
from bot.domain.knowledge import (
    Background,
    Disagreement,
    Faq,
    Industry,
    Interview,
    Knowledge,
    Myth,
    Note,
    Pitfall,
    Prediction,
    Project,
    ShortRole,
    Term,
)
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role

ABOUT = "bank.yaml"
"""The file that makes a folder a bank."""
QUESTIONS = "questions"
"""The folder that no bank does without."""
SCHEMA = 1
"""The form of content files this studybot reads; each file begins with ``schema: 1``."""

Item = Bank | WordList | Source | Topic | Objective | PayRow | Step | Role | Question | Knowledge


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A file, or every file of a folder."""

    pattern: str
    """Its path within the bank's folder, with ``*`` for any name."""
    holds: Mapping[str, type[Item]]
    """Its fields, and what kind of item each lists."""
    single: bool = False
    """The field holds one item, not a list."""
    required: bool = False
    """No bank does without it; every other part is a shelf that a bank may have."""

    def paths(self, folder: Path) -> Iterator[Path]:
        """The files there are, in order of name."""
        return (path for path in sorted(folder.glob(self.pattern)) if not is_hidden(path, folder))


def is_hidden(path: Path, folder: Path) -> bool:
    """Return whether it, or a folder it lies in, begins with a dot: editors' lock files, backups, version control."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


LAYOUT = (
    ContentPart(ABOUT, {"bank": Bank}, single=True),
    ContentPart("words.yaml", {"words": WordList}, single=True),
    ContentPart("sources.yaml", {"sources": Source}),
    ContentPart("topics.yaml", {"topics": Topic, "objectives": Objective}),
    ContentPart("pay.yaml", {"pay": PayRow}),
    ContentPart("roadmap.yaml", {"steps": Step}),
    ContentPart("roles/*.yaml", {"role": Role}, single=True),
    ContentPart("short_roles.yaml", {"roles": ShortRole}),
    ContentPart("terms.yaml", {"terms": Term}),
    ContentPart("faq.yaml", {"faq": Faq}),
    ContentPart("myths.yaml", {"myths": Myth, "predictions": Prediction}),
    ContentPart("pitfalls.yaml", {"pitfalls": Pitfall}),
    ContentPart("disagreements.yaml", {"disagreements": Disagreement}),
    ContentPart("industries.yaml", {"industries": Industry}),
    ContentPart("projects.yaml", {"projects": Project}),
    ContentPart("interview.yaml", {"interview": Interview}),
    ContentPart("notes/*.yaml", {"notes": Note}),
    ContentPart("backgrounds.yaml", {"backgrounds": Background}),
    ContentPart(f"{QUESTIONS}/*.yaml", {"questions": Question}, required=True),
)

ITEM_KINDS: tuple[type[Item], ...] = tuple(
    kind for part in LAYOUT for kind in part.holds.values() if kind is not WordList
)
"""Every kind of item that has an id of its own."""
