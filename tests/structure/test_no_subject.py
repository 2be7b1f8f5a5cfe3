"""The code names no bank's subject: what is asked about is content, and another group's is another."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOM = Path(__file__).parents[2] / "bot"
SUBJECT = re.compile(
    r"\b(generative|gen ?ai|careers?|(?:20|twenty) steps|(?:14|fourteen) roles|(?:ai|prompt)[- ]engineers?"
    r"|rag|llms?|hallucinations?|fine-tuning|prompting|chatgpt|gpt)\b",
    re.IGNORECASE,
)
LEFT = {
    # Examples that people read: the bank is to give them.
    "adapters/slack/manifest.py": 2,
    "adapters/terminal/face.py": 1,
    "cli/content.py": 5,
    "commands/small_talk.py": 2,
    "features/config/saving.py": 2,
    "features/find.py": 4,
    "features/practice/ask.py": 2,
    "features/roadmap.py": 3,
    "features/roles.py": 6,
    "replies/finding.py": 4,
    # Words of people who ask for a role, or whether a machine answers them.
    "commands/prose.py": 5,
    "commands/typed_words.py": 2,
    # Names of a shelf's parts, which its schema lists.
    "domain/knowledge.py": 4,
}
"""The times each file still names it. A number may fall, and goes when it is none; nothing is added."""


def test_nothing_names_what_a_bank_is_about() -> None:
    found = {
        path.relative_to(ROOM).as_posix(): len(SUBJECT.findall(path.read_text(encoding="utf-8")))
        for path in ROOM.rglob("*.py")
    }
    more = Counter(found) - Counter(LEFT)
    assert not more, "the subject is named here; say it with the bank's words (Catalog.subject)"
    fewer = Counter(LEFT) - Counter(found)
    assert not fewer, "the subject is named less often than LEFT says; let the numbers there follow"
