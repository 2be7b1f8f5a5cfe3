"""The page: one HTML file that needs nothing beside it."""

from __future__ import annotations

import hashlib
from functools import cache
from html import escape
from pathlib import Path

from tests.gallery.components import dialog, lines
from tests.gallery.markdown import ZONE, moment
from tests.gallery.scenes import chapters
from tests.gallery.sending import KNOWN, POSTED, Scene, Shown

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
PAGE = FOLDER / "discord.html"
STYLE = Path(__file__).with_name("page.css")
STAMPS = FOLDER / "pictures.txt"
PICTURED = ("post", "wrong", "reveal", "set-up", "help", "role", "phone-post")
"""The sections a picture is taken of."""


def picture(scene: str) -> Path:
    """Where the picture of a section lies."""
    return FOLDER / f"discord-{scene}.png"


@cache
def page() -> str:
    """Every message, under a heading and a sentence on who sees it and when."""
    made = [
        "<!doctype html>",
        "<!-- Generated from what is really sent: python -m tests.docs_drift --write -->",
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        "<title>What Studybot says on Discord</title>",
        f"<style>\n{_style()}</style>",
        "<main>",
        "<h1>What Studybot says on Discord</h1>",
        "<p>Every message as it is sent, drawn close to how Discord's own client shows it. Nothing here can be pressed."
        f" Discord shows times in each reader's own zone; this page shows them in that of {_city()}."
        " The people, the group and their numbers are made up; questions and roles are those of the bank.</p>",
        *_contents(),
    ]
    for chapter in chapters():
        made.append(f"<h2>{escape(chapter.title)}</h2>")
        made += [section(scene) for scene in chapter.scenes]
    return "\n".join([*made, "</main>", "</html>"]) + "\n"


def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _city() -> str:
    return ZONE.key.rpartition("/")[2]


def _contents() -> list[str]:
    made = ["<nav>"]
    for chapter in chapters():
        made.append(f"<b>{escape(chapter.title)}</b>")
        made += [f'<a href="#{scene.id}">{escape(scene.title, quote=False)}</a>' for scene in chapter.scenes]
    return [*made, "</nav>"]


def section(scene: Scene) -> str:
    """One scene under its heading."""
    made = [
        f'<section id="{scene.id}"{" class=phone" if scene.phone else ""}>',
        f"<h3>{escape(scene.title, quote=False)}</h3>",
        f"<p>{escape(scene.when, quote=False)}</p>",
    ]
    for shown in scene.shown:
        made += _shown(shown)
    return "\n".join([*made, "</section>"])


def _shown(shown: Shown) -> list[str]:
    if shown.form is not None:
        return list(dialog(shown.form, KNOWN))
    made = [
        '<div class="message">',
        '<div class="avatar">S</div>',
        "<div>",
        f'<div class="by">Studybot <i>APP</i> <small>{moment(int(POSTED.timestamp()), "t")}</small></div>',
        '<div class="body">',
        *lines(shown.components, KNOWN, shown.files),
        "</div>",
    ]
    if shown.private:
        made.append('<div class="only">Only you can see this</div>')
    elif shown.direct:
        made.append('<div class="only">A private message</div>')
    return [*made, "</div>", "</div>"]


def stamps() -> str:
    """For each picture what its section is made of, a line each; another stamp means the picture is out of date."""
    scenes = {scene.id: scene for chapter in chapters() for scene in chapter.scenes}
    made = {picture(id).name: hashlib.sha256((_style() + section(scenes[id])).encode()) for id in PICTURED}
    return "".join(f"{hashed.hexdigest()}  {name}\n" for name, hashed in made.items())
