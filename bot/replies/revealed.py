"""The reveal: what stands in a post's place when its round has closed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.grading import AskedQuestion
from bot.domain.identifiers import RoundRef
from bot.domain.question import Option
from bot.domain.round import Votes
from bot.replies.asked import option_text, stem_blocks, stop
from bot.replies.card import Block, Card, Points, paragraph, source_lines
from bot.replies.judged import TAKEAWAY, another, key_line
from bot.replies.markup import counted, markup

VOTES_HIDDEN = (
    "Votes stay hidden when fewer than five people answered, when all or nearly all of them were right or not, or "
    "while the leaderboard counts right answers: they could show what someone chose."
)
"""The same sentence in every case, so that it does not tell either."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The post after its round closed: the key, the votes, the reasons, the takeaway and the source."""

    round: RoundRef
    number: int
    asked: AskedQuestion
    votes: Votes
    source: str
    withdrawn: bool = False
    ranked: bool = False
    """The leaderboard counts right answers, so that no votes are shown."""

    def as_card(self) -> Card:
        """The edit that replaces the question; it notifies nobody."""
        question = self.asked.question
        if self.withdrawn:
            return Card(
                title=f"Question {self.number}, withdrawn",
                blocks=(
                    *stem_blocks(question),
                    paragraph("This question was withdrawn. Streaks that answered it count it; points do not."),
                ),
            )
        key = question.key
        options = tuple(
            (letter, markup(option_text(option, strong=option.id == key.id), self._votes(option)))
            for letter, option in self.asked.shown()
        )
        blocks: list[Block] = [
            *stem_blocks(question),
            Points(options),
            key_line(self.asked),
        ]
        slip = self._common_slip()
        if slip:
            why = f"{stop(slip)} {slip.why}".rstrip()
            blocks.append(paragraph(f"Many chose {self.asked.letter(slip.id)}, ", option_text(slip), why))
        if question.takeaway:
            blocks.append(paragraph(TAKEAWAY, question.takeaway))
        blocks.append(paragraph(self._turnout(), small=True))
        blocks += source_lines(self.source)
        return Card(
            title=f"Question {self.number}, closed",
            blocks=tuple(blocks),
            choices=(another(self.asked.question),),
        )

    @property
    def _votes_shown(self) -> bool:
        return not self.ranked and self.votes.shown(self.asked.question.key.id)

    def _votes(self, option: Option) -> str:
        right = " (right)" if option.id == self.asked.question.key.id else ""
        if not self._votes_shown:
            return right
        number = self.votes.of(option.id)
        share = round(100 * number / self.votes.total)
        return f"{right}: {counted(number, 'vote')}, {share} %"

    def _common_slip(self) -> Option | None:
        if not self._votes_shown:
            return None
        wrong = [option for option in self.asked.question.options if not option.correct]
        slip = max(wrong, key=lambda option: self.votes.of(option.id))
        return slip if self.votes.of(slip.id) >= 2 else None

    def _turnout(self) -> str:
        if self.votes.total == 0:
            return "Nobody answered in time; it can still be practised."
        if not self._votes_shown:
            return VOTES_HIDDEN
        unsure = f", {self.votes.unsure} did not know" if self.votes.unsure else ""
        return f"{counted(self.votes.total, 'answer')}{unsure}."
