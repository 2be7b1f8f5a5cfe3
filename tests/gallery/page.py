"""The pages: for each face one HTML file that needs nothing beside it, and one of Markdown with its pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from tests.gallery import on_slack
from tests.gallery.components import dialog, lines
from tests.gallery.markdown import ZONE, moment
from tests.gallery.scenes import chapters
from tests.gallery.sending import KNOWN, POSTED, Chapter, Scene, Shown

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
STAMPS = FOLDER / "pictures.txt"
CONTENTS = FOLDER / "README.md"
LIGHTS = ("light", "dark")
GENERATED = "Generated from what is really sent: python -m tests.docs_drift --write"


@dataclass(frozen=True)
class Gallery:
    """Everything that is said on one face."""

    face: str
    title: str
    zones: str
    """How this face shows times."""
    told: Callable[[str], str]
    """A sentence on who sees a scene, as it is on this face."""
    drawn: Callable[[Shown], Iterator[str]]
    """What stands in the client, as HTML."""
    left_out: frozenset[str]
    """Scenes that are not seen here."""
    usual: str
    """Light or dark, as most people have this client."""
    pictured: tuple[str, ...]
    """The scenes a picture is taken of."""

    @property
    def page(self) -> Path:
        """The HTML file."""
        return FOLDER / f"{self.face}.html"

    @property
    def markdown(self) -> Path:
        """The file of Markdown, for hosts that show no HTML."""
        return FOLDER / f"{self.face}.md"

    @property
    def style(self) -> str:
        """The style sheet, light and dark."""
        return Path(__file__).with_name(f"{self.face}.css").read_text(encoding="utf-8")

    def picture(self, scene: str, light: str) -> Path:
        """Where the picture of a scene lies."""
        name = f"{self.face}-{scene}" if light == self.usual else f"{self.face}-{scene}-{light}"
        return FOLDER / f"{name}.png"

    @cache  # noqa: B019 - there are two, and they stay
    def chapters(self) -> tuple[Chapter, ...]:
        """The scenes that are seen here."""
        kept = (
            Chapter(chapter.title, tuple(scene for scene in chapter.scenes if scene.id not in self.left_out))
            for chapter in chapters()
        )
        return tuple(chapter for chapter in kept if chapter.scenes)

    def scenes(self) -> dict[str, Scene]:
        """The same by their ids."""
        return {scene.id: scene for chapter in self.chapters() for scene in chapter.scenes}

    @cache  # noqa: B019 - there are two, and they stay
    def html(self) -> str:
        """Every message, under a heading and a sentence on who sees it and when."""
        made = [
            "<!doctype html>",
            f"<!-- {GENERATED} -->",
            '<html lang="en">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>What Studybot says on {self.title}</title>",
            f"<style>\n{self.style}</style>",
            "<main>",
            f"<h1>What Studybot says on {self.title}</h1>",
            f"<p>{self._about()}</p>",
            *self._contents(),
        ]
        for chapter in self.chapters():
            made.append(f"<h2>{escape(chapter.title)}</h2>")
            made += [self.section(scene) for scene in chapter.scenes]
        return "\n".join([*made, "</main>", "</html>"]) + "\n"

    def _about(self) -> str:
        return (
            f"Every message as it is sent, drawn close to how {self.title}'s own client shows it. Nothing here can be "
            f"pressed. {self.zones}; this page shows them in that of {_city()}. The people, the group and their "
            "numbers are made up; questions and roles are those of the bank."
        )

    def _contents(self) -> list[str]:
        made = ["<nav>"]
        for chapter in self.chapters():
            made.append(f"<b>{escape(chapter.title)}</b>")
            made += [f'<a href="#{scene.id}">{escape(scene.title, quote=False)}</a>' for scene in chapter.scenes]
        return [*made, "</nav>"]

    def section(self, scene: Scene) -> str:
        """One scene under its heading."""
        made = [
            f'<section id="{scene.id}"{" class=phone" if scene.phone else ""}>',
            f"<h3>{escape(scene.title, quote=False)}</h3>",
            f"<p>{escape(self.told(scene.when), quote=False)}</p>",
        ]
        for shown in scene.shown:
            made += self.drawn(shown)
        return "\n".join([*made, "</section>"])

    def in_markdown(self) -> str:
        """The pictured scenes; each picture follows the reader's own choice of light or dark."""
        scenes = self.scenes()
        made = [
            f"<!-- {GENERATED} -->",
            f"# What Studybot says on {self.title}",
            "",
            f"Drawn from what is really sent. Every message is in [{self.page.name}]({self.page.name}), one "
            "page to open in a browser. The people and their numbers are made up.",
        ]
        for id in self.pictured:
            scene = scenes[id]
            made += ["", f"## {scene.title}", "", self.told(scene.when), "", *self._picture(scene)]
        return "\n".join(made) + "\n"

    def _picture(self, scene: Scene) -> Iterator[str]:
        light, dark = (self.picture(scene.id, light).name for light in LIGHTS)
        yield "<picture>"
        yield f'  <source media="(prefers-color-scheme: dark)" srcset="{dark}">'
        yield f'  <img alt="{escape(scene.title)} on {self.title}" src="{light}" width="600">'
        yield "</picture>"

    def stamps(self) -> Iterator[str]:
        """For each picture what its section is made of; another stamp means the picture is out of date."""
        scenes = self.scenes()
        for id in self.pictured:
            hashed = hashlib.sha256((self.style + self.section(scenes[id])).encode()).hexdigest()
            yield from (f"{hashed}  {self.picture(id, light).name}\n" for light in LIGHTS)


def _city() -> str:
    return ZONE.key.rpartition("/")[2]


def _on_discord(shown: Shown) -> Iterator[str]:
    if shown.form is not None:
        return dialog(shown.form, KNOWN)
    return _message(shown, lines(shown.components, KNOWN, shown.files))


def _on_slack(shown: Shown) -> Iterator[str]:
    return on_slack.lines(shown) if shown.asked is not None else _message(shown, on_slack.lines(shown))


def _message(shown: Shown, body: Iterator[str]) -> Iterator[str]:
    yield '<div class="message">'
    yield '<div class="avatar">S</div>'
    yield "<div>"
    yield f'<div class="by">Studybot <i>APP</i> <small>{moment(int(POSTED.timestamp()), "t")}</small></div>'
    yield '<div class="body">'
    yield from body
    yield "</div>"
    if shown.private:
        yield '<div class="only">Only you can see this</div>'
    elif shown.direct:
        yield '<div class="only">A private message</div>'
    yield "</div>"
    yield "</div>"


PICTURED = ("post", "wrong", "reveal", "set-up", "form-wrong", "settings", "undecided", "progress", "role", "help")
DISCORD = Gallery(
    "discord",
    "Discord",
    "Discord shows times in each reader's own zone",
    str,
    _on_discord,
    frozenset(),
    "dark",
    (*PICTURED, "phone-post"),
)
SLACK = Gallery(
    "slack",
    "Slack",
    "Slack shows times in each reader's own zone",
    on_slack.told,
    _on_slack,
    on_slack.LEFT_OUT,
    "light",
    PICTURED,
)
GALLERIES = (DISCORD, SLACK)


def contents() -> str:
    """The way into both."""
    ways = (
        f"- On {gallery.title}: [pictures]({gallery.markdown.name}), and every message there is in "
        f"[one page]({gallery.page.name}) to open in a browser, light or dark as the browser is."
        for gallery in GALLERIES
    )
    made = [f"<!-- {GENERATED} -->", "# What people see", "", *ways, "", "`make gallery` draws all; it needs Chromium."]
    return "\n".join(made) + "\n"


def stamps() -> str:
    """A line for each picture on what it was taken of."""
    return "".join(line for gallery in GALLERIES for line in gallery.stamps())
