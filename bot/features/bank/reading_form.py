"""From the fields of a form to a question of a community's own, or the sentence for the field at fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.common_fields import Status
from bot.domain.content_faults import At, Faulty
from bot.domain.identifiers import QuestionId
from bot.domain.own_question import GENERAL, OwnOption, OwnQuestion, option_id, own_question, topic_id
from bot.domain.plain_text import tidy
from bot.domain.question import Difficulty
from bot.replies.said import Refusal

KEY = "*"
LETTERS = "abcdefgh"


def read_form(
    asked: str, options: str, why: str, topic: str, level: Difficulty, before: OwnQuestion | None = None
) -> OwnQuestion:
    """The question as a draft. What the form has no field for stays as it was ``before``."""
    read = tuple(_options(options))
    if sum(correct for _, correct in read) != 1:
        raise Refusal(f"Put {KEY} before the one option that is right.", field="options")
    if not 3 <= len(read) <= 4:
        raise Refusal(f"A question has three or four options, one a line; these are {len(read)}.", field="options")
    kept = {option.text: option for option in before.options} if before else {}
    try:
        made = tuple(
            OwnOption(
                option_id(at),
                text,
                why if correct else kept[text].why if text in kept and not kept[text].correct else "",
                correct,
                text in kept and kept[text].code,
            )
            for at, (text, correct) in enumerate(read)
        )
        question = own_question(asked, made, topic_id(topic) if topic else GENERAL, level)
        if before is None:
            return replace(question, status=Status.DRAFT)
        return replace(
            question,
            status=Status.DRAFT,
            version=before.version + 1,
            replaces=before.id,
            takeaway=before.takeaway,
            refs=before.refs,
            block=before.block,
        )
    except Faulty as error:
        fault = error.faults[0]
        raise Refusal(f"{fault.text[:1].upper()}{fault.text[1:]}.", field=_field(fault.at)) from None


def refuse_unsafe(question: OwnQuestion, there: Iterable[OwnQuestion], today: date) -> None:
    """Refuse a text that does more than be read, and a question that is there already."""
    # The check is for authors; what writes no questions need not load it.
    from bot.authoring.own_check import as_asked, unsafe

    for one in unsafe(question, today):
        raise Refusal(f"{one.text[:1].upper()}{one.text[1:]}.", field=_field(one.at))
    asked = as_asked(question)
    for other in there:
        if other.status in (Status.LIVE, Status.RETIRED) and other.id != question.replaces and as_asked(other) == asked:
            state = "retired; bring it back instead" if other.status is Status.RETIRED else "asked here"
            raise Refusal(f"There is a question with these words already; it is {state}.", field="question")


def already_there(drafts: Sequence[OwnQuestion], there: Iterable[OwnQuestion]) -> frozenset[QuestionId]:
    """The drafts that ask what another question of the bank asks by now."""
    from bot.authoring.own_check import as_asked

    asked = {as_asked(one): one.id for one in there if one.status in (Status.LIVE, Status.RETIRED)}
    return frozenset(one.id for one in drafts if asked.get(as_asked(one), one.replaces) != one.replaces)


def remarks(question: OwnQuestion, today: date) -> tuple[str, ...]:
    """Remarks on what could be better about it, for whoever wants to know."""
    from bot.authoring.own_check import advice

    return tuple(row.removeprefix("1 of 1 ") for row in advice([question], today))


def form_values(question: OwnQuestion) -> dict[str, str]:
    """The question as its form holds it."""
    return {
        "question": question.stem,
        "options": "\n".join(f"{KEY if one.correct else ''}{one.text}" for one in question.options),
        "why": question.key.why,
        "topic": question.topic,
        "level": question.difficulty.value,
    }


def _options(text: str) -> Iterator[tuple[str, bool]]:
    """One a line; on a single line, such as a terminal's, parted by bars."""
    lines = text.splitlines() if len(text.strip().splitlines()) > 1 else text.split("|")
    for line in lines:
        tidied = tidy(line)
        if tidied:
            yield tidied.removeprefix(KEY).strip(), tidied.startswith(KEY)


def _field(at: At) -> str:
    if not at or at[0] == "stem":
        return "question"
    if at[0] == "options":
        return "why" if at[-1] == "why" else "options"
    return "why" if at[0] == "why" else "options" if at[0] == "text" else "question"
