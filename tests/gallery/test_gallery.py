"""The gallery shows everything, reads Discord's Markdown as Discord does, and its pictures are of this page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.replies.said import FormAsked
from tests.gallery import blocks, mrkdwn
from tests.gallery.components import dialog, lines
from tests.gallery.markdown import Known, html
from tests.gallery.page import CONTENTS, FOLDER, GALLERIES, LIGHTS, STAMPS, Gallery, stamps
from tests.gallery.scenes import chapters, kinds_shown
from tests.replies.everything import kinds

ROOT = Path(__file__).parents[2]
KNOWN = Known({"3": "Ana"}, {"2": "learners"}, {"1": "general"})


def test_every_kind_of_reply_is_shown() -> None:
    # A form asked for is shown as the form itself.
    assert kinds() - kinds_shown() == {FormAsked}


def test_no_two_scenes_share_an_address() -> None:
    ids = [scene.id for chapter in chapters() for scene in chapter.scenes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("gallery", GALLERIES, ids=lambda gallery: gallery.face)
def test_a_page_needs_nothing_beside_it_and_is_light_or_dark(gallery: Gallery) -> None:
    assert not re.search(r"<script|<link|<img|url\(|@import", gallery.html())
    assert "@media (prefers-color-scheme: " in gallery.style


@pytest.mark.parametrize("gallery", GALLERIES, ids=lambda gallery: gallery.face)
def test_every_scene_stands_on_the_page(gallery: Gallery) -> None:
    drawn = set(re.findall(r'<section id="([\w-]+)"', gallery.html()))
    assert drawn == {scene.id for chapter in chapters() for scene in chapter.scenes} - gallery.left_out


def test_every_picture_is_of_the_page_as_it_is() -> None:
    """A picture that fails here was taken of an older page: run `make gallery`, which needs Chromium."""
    assert STAMPS.read_text(encoding="utf-8") == stamps()
    pictures = [gallery.picture(id, light) for gallery in GALLERIES for id in gallery.pictured for light in LIGHTS]
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert picture.stat().st_size < 150_000, picture.name
    assert sorted(FOLDER.glob("*.png")) == sorted(pictures)


def test_pictures_that_documents_show_exist() -> None:
    documents = [ROOT / "README.md", CONTENTS, *(ROOT / "docs").glob("*.md"), *FOLDER.glob("*.md")]
    named = {
        name
        for one in documents
        for name in re.findall(r"(?:discord|slack)-[a-z-]+\.png", one.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= {picture.name for picture in FOLDER.glob("*.png")}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("### Title\ntext", "<h3>Title</h3><div>text</div>"),
        ("-# small", "<small>small</small>"),
        ("- one\n- **two**", "<ul><li>one</li><li><strong>two</strong></li></ul>"),
        ("a\nb", "<div>a\nb</div>"),
        (r"a \* b\_c \<@3> <b>", "<div>a * b_c &lt;@3&gt; &lt;b&gt;</div>"),
        (r"\# not a heading", "<div># not a heading</div>"),
        (r"1\. nor a list", "<div>1. nor a list</div>"),
        (r"**a\*b**`x*y`", "<div><strong>a*b</strong><code>x*y</code></div>"),
        (
            "<@3> <@&2> <#1> </quiz:4>",
            "<div>"
            + " ".join(f'<span class="pill">{name}</span>' for name in ("@Ana", "@learners", "#general", "/quiz"))
            + "</div>",
        ),
        ("<t:0:f>", '<div><span class="moment">1 January 1970 at 01:00</span></div>'),
        ("[site](<https://a.example>)", '<div><a href="https://a.example">site</a></div>'),
        ("see https://a.example/x_y.", '<div>see <a href="https://a.example/x_y">https://a.example/x_y</a>.</div>'),
        ("a ** stray", "<div>a ** stray</div>"),
    ],
)
def test_markdown_reads_as_in_the_client(sent: str, shown: str) -> None:
    assert html(sent, KNOWN) == shown


def test_what_has_no_look_is_not_left_out() -> None:
    with pytest.raises(ValueError, match="type 99"):
        list(lines([{"type": 99}], KNOWN, {}))
    with pytest.raises(ValueError, match="type 10 in a form"):
        list(dialog({"title": "x", "components": [{"type": 10, "content": "x"}]}, KNOWN))
    with pytest.raises(KeyError):
        html("<#404>", KNOWN)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("*bold* _set apart_ `code`", "<strong>bold</strong> <em>set apart</em> <code>code</code>"),
        ("a \u200b*\u200b b &lt;i&gt; &amp;", "a * b &lt;i&gt; &amp;"),
        (
            "<@U3> <!subteam^S2> <#C1>",
            " ".join(f'<span class="pill">{name}</span>' for name in ("@Ana", "@learners", "#general")),
        ),
        ("<!date^0^{date_short_pretty}, {time}|long ago>", "1 January 1970, 01:00"),
        ("<https://a.example|site>", '<a href="https://a.example">site</a>'),
        ("<https://a.example/x_y>", '<a href="https://a.example/x_y">https://a.example/x_y</a>'),
    ],
)
def test_mrkdwn_reads_as_in_the_client(sent: str, shown: str) -> None:
    assert mrkdwn.html(sent, Known({"U3": "Ana"}, {"S2": "learners"}, {"C1": "general"})) == shown


def test_what_has_no_look_on_slack_is_not_left_out() -> None:
    with pytest.raises(ValueError, match="a block of type video"):
        list(blocks.lines([{"type": "video"}], KNOWN))
    with pytest.raises(ValueError, match="no look for <!here>"):
        mrkdwn.html("<!here>", KNOWN)
    with pytest.raises(KeyError):
        mrkdwn.html("<#C404>", KNOWN)
