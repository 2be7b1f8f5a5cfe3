"""Scenes of the gallery, in the order people meet them."""

from __future__ import annotations

from tests.gallery.managers import going_wrong, managing
from tests.gallery.members import after_a_press, in_the_channel, on_a_phone, on_the_side, standing
from tests.gallery.sending import Chapter


def chapters() -> tuple[Chapter, ...]:
    """Everything, in the order people meet it."""
    return (
        Chapter("What the channel sees", tuple(in_the_channel())),
        Chapter("After a press", tuple(after_a_press())),
        Chapter("Practice, roles and the roadmap", tuple(on_the_side())),
        Chapter("Where you stand", tuple(standing())),
        Chapter("For managers", tuple(managing())),
        Chapter("When something goes wrong", tuple(going_wrong())),
        Chapter("On a phone", tuple(on_a_phone())),
    )


def kinds_shown() -> set[type]:
    """The classes of replies that are somewhere on the page."""
    shown = (shown for chapter in chapters() for scene in chapter.scenes for shown in scene.shown)
    return {type(one.reply) for one in shown if one.reply is not None}
