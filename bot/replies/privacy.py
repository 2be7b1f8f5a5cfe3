"""A member's stored data, as a list and as a document to keep."""

from __future__ import annotations

from dataclasses import dataclass

from bot.replies.card import Card, Choice, Document, Facts, paragraph
from bot.replies.common_buttons import hiding
from bot.replies.markup import markup
from bot.replies.routes import route

MARKED = (
    "You answered a question that is still open and have deleted your data since. A mark of that answer stays "
    "until the question closes; it does not say who you are or what you chose."
)


@dataclass(frozen=True, slots=True)
class PrivacyShown:
    """All that is stored about the caller, and what never is."""

    rows: tuple[tuple[str, str], ...]
    hidden: bool
    marked: bool = False
    """They answered an open question and had their data deleted since."""

    def as_card(self) -> Card:
        """The list with export, delete and hide."""
        return Card(
            title="What is stored about you",
            blocks=(
                Facts(tuple((what, markup(words)) for what, words in self.rows)),
                *((paragraph(MARKED),) if self.marked else ()),
                paragraph(
                    "Never stored: your name, your messages, at what time you answered; a review and a "
                    "practice question missed keep the day. Nobody can look up here what you "
                    "chose, managers included; group votes appear from five answers on, and never where they would "
                    "tell what each one chose. Whoever runs the database can read it."
                ),
                paragraph(
                    "If you delete your data while a question you answered is open, a mark that you answered it stays, "
                    "so that nobody is counted twice. The mark is scrambled with a key that is destroyed when the "
                    "question closes. Backups made earlier keep what they hold until they are deleted.",
                    small=True,
                ),
            ),
            choices=(Choice("Export", route("export")), Choice("Delete my data", route("forget")), hiding(self.hidden)),
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """Everything stored about the caller, as a document."""

    document: str

    def as_card(self) -> Card:
        """The document under a sentence."""
        return Card(
            title="Your data",
            blocks=(
                paragraph("This is everything stored about you here."),
                Document("studybot-my-data.json", self.document),
            ),
            choices=(Choice("Delete my data", route("forget")),),
        )
