"""A draft to begin from: it can stand as it is, and says at every open place what is to be written there."""

from __future__ import annotations

from collections import Counter

from bot.authoring.lint.basics import TO_WRITE
from bot.authoring.lint.cues import key_position
from bot.domain.common_fields import Reference, Status, Topic
from bot.domain.content import ContentFiles
from bot.domain.identifiers import ObjectiveId, OptionId, QuestionId, RoleId, StepId, TopicId
from bot.domain.question import Bloom, Difficulty, Option, Question
from bot.domain.roadmap import Need

STEM = f"{TO_WRITE}: a small situation, then one full question with a question mark"
RIGHT = f"{TO_WRITE}: the right answer, no longer than the others"
MISTAKE = f"{TO_WRITE}: a mistake people really make"
WHY_RIGHT = f"{TO_WRITE}: why this is right here, in a sentence that teaches something."
WHY_WRONG = f"{TO_WRITE}: why somebody would choose this, and what is wrong with it here."
TAKEAWAY = f"{TO_WRITE}: one line worth remembering a month from now"
SOURCE = Reference(general=f"{TO_WRITE}: the source", citation=f"{TO_WRITE}: section, or authors and year")
GUESSED = f"{TO_WRITE}: level, bloom, step, roles and objectives are guesses; choose them and delete this note."


def draft(
    files: ContentFiles,
    topic: Topic,
    id: QuestionId,
    level: Difficulty = Difficulty.MEDIUM,
    bloom: Bloom = Bloom.APPLY,
    options: int = 4,
) -> Question:
    """An empty question of a topic; its key stands where the topic has fewest."""
    key = _rarest_place(files, topic.id, options)
    step, roles, objectives = around(files, topic)
    return Question(
        id=id,
        version=1,
        status=Status.DRAFT,
        topic=topic.id,
        difficulty=level,
        bloom=bloom,
        roadmap=step,
        roles=roles,
        objectives=objectives,
        stem=STEM,
        options=tuple(
            Option(
                OptionId(letter),
                RIGHT if place == key else f"{MISTAKE} ({letter})",
                WHY_RIGHT if place == key else WHY_WRONG,
                place == key,
            )
            for place, letter in enumerate("abcd"[:options])
        ),
        takeaway=TAKEAWAY,
        refs=(SOURCE,),
        note=GUESSED,
    )


def around(files: ContentFiles, topic: Topic) -> tuple[StepId | None, tuple[RoleId, ...], tuple[ObjectiveId, ...]]:
    """The step, roles and objectives a question of the topic most likely belongs to, where there are such."""
    step = next((one for one in files.steps if topic.id in one.topics), files.steps[0] if files.steps else None)
    known = {role.id for role in files.roles}
    needed = step.roles.items() if step else ()
    roles = tuple(id for id, need in needed if need in (Need.STATED, Need.NEEDED) and id in known)
    used = Counter(one for question in files.questions if question.topic == topic.id for one in question.objectives)
    usual = [id for id, _ in used.most_common(1)] or [one.id for one in files.objectives[:1]]
    return step.id if step else None, roles, tuple(usual)


def _rarest_place(files: ContentFiles, topic: TopicId, options: int) -> int:
    keys = Counter(key_position(question) for question in files.questions if question.topic == topic)
    return min(range(options), key=lambda place: keys[place])
