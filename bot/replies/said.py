"""Short things said everywhere: done, refused, sorry, please choose, please fill in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.explained import Explained, NotUnderstood, Reader
from bot.domain.plain_text import shortened
from bot.replies.card import Block, Card, Choice, Form, Points, Tone, paragraph
from bot.replies.markup import Markup, Span, as_text, listed, markup


@dataclass(frozen=True, slots=True)
class Said:
    """A short answer, with ways on."""

    text: Markup
    choices: tuple[Choice, ...] = ()
    title: str = ""
    tone: Tone = Tone.PLAIN

    def as_card(self) -> Card:
        """One paragraph and its choices."""
        return Card(title=self.title, blocks=(paragraph(self.text),), choices=self.choices, tone=self.tone)


def said(*parts: str | Span | Markup, choices: tuple[Choice, ...] = (), title: str = "") -> Said:
    """A short answer from literal strings and markup."""
    return Said(markup(*parts), choices, title)


def which(question: str, choices: tuple[Choice, ...]) -> Said:
    """A question, and what to pick from."""
    return Said(markup(question), choices, tone=Tone.NOTICE)


class Refusal(Explained):
    """Something people can cause: what happened, what is kept, what to do next."""

    reader = Reader.PERSON

    def __init__(self, sentence: str | Markup, choices: tuple[Choice, ...] = (), *, field: str = "") -> None:
        self.text = markup(sentence)
        super().__init__(as_text(self.text))
        self.choices = choices
        self.field = field
        """The field of a form at fault: the form comes back with what was typed, and the sentence there."""

    def reply(self) -> Said:
        """The refusal as a reply."""
        return Said(self.text, self.choices, tone=Tone.NOTICE)


def not_understood(text: str, error: NotUnderstood) -> str:
    """The sentence for typed text that is not what is wanted, or more than one thing."""
    quoted = repr(shortened(text, 60))
    if error.question:
        return f"{quoted} {error.question.partition('.')[0]}: {listed(error.meant, 'or')}. Please say which."
    did_you_mean = f" Did you mean {listed(error.meant, 'or')}?" if error.meant else ""
    return f"{quoted} is not {error.wanted}.{did_you_mean}"


@dataclass(frozen=True, slots=True)
class Apology:
    """Something went wrong on our side; the reference finds it in the log."""

    reference: str
    support_url: str | None = None

    def as_card(self) -> Card:
        """A short apology with the reference code."""
        help_text = f" If it keeps happening, tell {self.support_url} this code." if self.support_url else ""
        return Card(
            blocks=(
                paragraph(
                    "Sorry, that did not work, and it is our fault. What you had before is kept; please try again."
                    f" Reference {self.reference}.{help_text}"
                ),
            ),
            tone=Tone.BAD,
        )


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form to fill in."""

    form: Form
    text: str = ""

    def as_card(self) -> Card:
        """The form under its title."""
        blocks = (paragraph(self.text),) if self.text else ()
        return Card(title=self.form.title, blocks=blocks, form=self.form)


@dataclass(frozen=True, slots=True)
class Listed:
    """A titled list with ways on."""

    title: str
    text: Markup
    items: tuple[tuple[str, Markup], ...]
    choices: tuple[Choice, ...] = ()

    def as_card(self) -> Card:
        """Text, then the list."""
        blocks: list[Block] = [paragraph(self.text)] if self.text else []
        if self.items:
            blocks.append(Points(self.items))
        return Card(title=self.title, blocks=tuple(blocks), choices=self.choices)
