"""One grammar for every text face: lines and what they mean, and nothing but a refusal for all others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from itertools import combinations, cycle, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.commands.declare import Handler
from bot.commands.option_words import LINE_LIMIT, parse_options
from bot.commands.parser import parse_line
from bot.commands.resolve import arguments
from bot.domain.lookup import Exact, NameIndex, find
from bot.domain.plain_text import tidy
from bot.domain.question import Difficulty
from bot.domain.zone_places import zone_places
from bot.features.config.saving import LevelWanted
from bot.features.privacy import PrivacyAction
from bot.replies.said import Refusal
from tests.commands.samples import read, registry, understood
from tests.domain.samples import content

EASY, MEDIUM, HARD = Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD


AI_OR_PROMPT = {"name": "ai engineer", "versus": "prompt engineer"}


@pytest.mark.parametrize(
    ("line", "name", "given"),
    [
        # The name of the command.
        ("/daily", "daily", {}),
        ("daily", "daily", {}),
        ("  /Daily  ", "daily", {}),
        ("/ daily", "daily", {}),
        ("/DAILY", "daily", {}),
        ("/daily\n", "daily", {}),
        ("\u200b/daily", "daily", {}),
        # Words of buttons, and what is searched for.
        ("practice", "quiz", {}),
        ("Practise another", "quiz", {}),
        ("settings", "config", {}),
        ("skip next", "config", {}),
        ("more", "daily", {}),
        ("what is rag?", "find", {"text": "what is rag?"}),
        ("zebra", "find", {"text": "zebra"}),
        ("HELP!!!", "help", {}),
        ("help me", "help", {}),
        ("hello", "help", {}),
        ("Please show me my streak!", "progress", {}),
        ("/stats", "progress", {}),
        ("next question", "daily", {}),
        ("roadmap for ai engineer", "roadmap", {"role": "ai engineer"}),
        ("quiz about prompting", "quiz", {"topic": "prompting"}),
        ("practice prompting", "quiz", {"topic": "prompting"}),
        ("quiz help", "help", {"command": "quiz"}),
        ("which is better, ai engineer or prompt engineer?", "role", AI_OR_PROMPT),
        ("early stopping", "find", {"text": "early stopping"}),
        ("rag vs fine-tuning", "find", {"text": "rag vs fine-tuning"}),
        ("how do i become an ai engineer", "find", {"text": "how do i become an ai engineer"}),
        # Two names to compare, whatever stands between them.
        *(
            (line, "role", {"name": "ai engineer", "versus": "prompt engineer"})
            for between in (" vs ", " vs. ", " v ", " versus ", "/", " / ", ", ", " | ", " & ", " and ", "vs ", " - ")
            for line in (
                f"/role ai engineer{between}prompt engineer",
                f"ai engineer{between}prompt engineer",
                f"compare ai engineer{between}prompt engineer",
                f"What's the difference between ai engineer{between}prompt engineer?",
            )
        ),
        ("/role ai engineer compared to prompt engineer", "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        ("/role ai enginer and promt engineer", "role", {"name": "ai enginer", "versus": "promt engineer"}),
        ("/role UX/UI", "role", {"name": "UX/UI"}),
        # Bare words fill the first option they are meant for.
        ("/quiz", "quiz", {}),
        ("/quiz rag", "quiz", {"topic": "rag"}),
        ("/quiz hard", "quiz", {"level": "hard"}),
        ("/quiz 5", "quiz", {"count": "5"}),
        ("/quiz rag hard 3", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz fine tuning 5", "quiz", {"topic": "fine tuning", "count": "5"}),
        ("/quiz fine-tuning 5", "quiz", {"topic": "fine-tuning", "count": "5"}),
        ("/quiz llm as a judge hard", "quiz", {"topic": "llm as a judge", "level": "hard"}),
        ("/quiz ethics, society and law 2", "quiz", {"topic": "ethics, society and law", "count": "2"}),
        ("/quiz a/b tests", "quiz", {"topic": "a/b tests"}),
        # In any order.
        ("/quiz hard rag 3", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz 3 rag hard", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz 3 hard rag", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz medium fine tuning", "quiz", {"topic": "fine tuning", "level": "medium"}),
        ("/config berlin 09:00 mon-fri", "config", {"zone": "berlin", "time": "09:00", "weekdays": "mon-fri"}),
        ("/config mon-fri 9:30 sao paulo", "config", {"zone": "sao paulo", "time": "9:30", "weekdays": "mon-fri"}),
        ("/roadmap rag ai engineer", "roadmap", {"role": "ai engineer", "step": "rag"}),
        # key:value anywhere.
        ("/quiz level:hard rag 3", "quiz", {"level": "hard", "topic": "rag", "count": "3"}),
        ("/quiz rag level:hard 3", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz count:3 level:hard topic:rag", "quiz", {"topic": "rag", "level": "hard", "count": "3"}),
        ("/quiz TOPIC:rag Level:hard", "quiz", {"topic": "rag", "level": "hard"}),
        ("/quiz topic:fine tuning 5", "quiz", {"topic": "fine tuning", "count": "5"}),
        ("/quiz topic: rag", "quiz", {"topic": "rag"}),
        ("/quiz topic: level:hard", "quiz", {"topic": "", "level": "hard"}),
        ("/quiz level:", "quiz", {"level": ""}),
        ("/quiz level:easy level:hard", "quiz", {"level": "hard"}),
        ("/config zone:new york", "config", {"zone": "new york"}),
        ("/config zone:new york 09:00", "config", {"zone": "new york", "time": "09:00"}),
        ("/config 09:00 zone:new york mon-fri", "config", {"time": "09:00", "zone": "new york", "weekdays": "mon-fri"}),
        ("/config weekdays:mon wed fri time:18.30", "config", {"weekdays": "mon wed fri", "time": "18.30"}),
        ("/config place:#general time:09:00", "config", {"place": "#general", "time": "09:00"}),
        ("/config place:a:b", "config", {"place": "a:b"}),
        ("/config ping:Study time crew", "config", {"ping": "Study time crew"}),
        ("/config ping:Study crew zone:UTC", "config", {"ping": "Study crew", "zone": "UTC"}),
        ("/role name:ai engineer versus:prompt engineer", "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        # Versus.
        ("/role ai engineer vs prompt engineer", "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        ("/role ai engineer VS. prompt engineer", "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        ("/role ai engineer versus ux", "role", {"name": "ai engineer", "versus": "ux"}),
        ("/role pm or ds", "role", {"name": "pm", "versus": "ds"}),
        ("/role pm versus:ds", "role", {"name": "pm", "versus": "ds"}),
        ("/role name:ai engineer vs prompt engineer", "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        ("/role name:pm versus ds", "role", {"name": "pm", "versus": "ds"}),
        ("/role vs", "role", {"name": "vs"}),
        ("/role ux vs", "role", {"versus": "ux"}),
        ("/role name:ai enginer", "role", {"name": "ai enginer"}),
        ("/role AI/ML engineer", "role", {"name": "AI/ML engineer"}),
        ("/role vs ds", "role", {"versus": "ds"}),
        ("/role", "role", {}),
        # Weekdays and times in words.
        ("/config 09:00 berlin mon to fri", "config", {"time": "09:00", "zone": "berlin", "weekdays": "mon to fri"}),
        ("/config tues & thurs", "config", {"weekdays": "tues & thurs"}),
        (
            "/config mon and tue and wed and thu and fri and sat and sun",
            "config",
            {"weekdays": "mon and tue and wed and thu and fri and sat and sun"},
        ),
        (
            "/config 09:00 berlin every day #general",
            "config",
            {"time": "09:00", "zone": "berlin", "weekdays": "every day", "place": "#general"},
        ),
        # As chat programs write it.
        ("/config tues &amp; thurs", "config", {"weekdays": "tues & thurs"}),
        ("/role \u201cai engineer\u201d", "role", {"name": "ai engineer"}),
        ('/role "ai engineer" vs "prompt engineer"', "role", {"name": "ai engineer", "versus": "prompt engineer"}),
        ('/config time:"09:00" zone:"new york"', "config", {"time": "09:00", "zone": "new york"}),
        ("/config time:\u201c9 pm\u201d zone:\u2018berlin\u2019", "config", {"time": "9 pm", "zone": "berlin"}),
        ("/config zone: 'new york' weekdays:`mon-fri`", "config", {"zone": "new york", "weekdays": "mon-fri"}),
        ("/config \u00ab9 pm\u00bb \u201enew york\u201c", "config", {"time": "9 pm", "zone": "new york"}),
        ("/config 9 o'clock berlin", "config", {"time": "9 o'clock", "zone": "berlin"}),
        ("/config time:9 pm zone:berlin", "config", {"time": "9 pm", "zone": "berlin"}),
        ("/config time:9:30 PM", "config", {"time": "9:30 PM"}),
        ("/config time:9 o'clock zone:berlin", "config", {"time": "9 o'clock", "zone": "berlin"}),
        ("/config time:half past nine mon-fri", "config", {"time": "half past nine", "weekdays": "mon-fri"}),
        ("/config weekdays:mon, wed and fri zone:utc", "config", {"weekdays": "mon, wed and fri", "zone": "utc"}),
        (
            "/config 9 pm berlin mon, wed, fri",
            "config",
            {"time": "9 pm", "zone": "berlin", "weekdays": "mon, wed, fri"},
        ),
        ("/role ai\u00a0engineer", "role", {"name": "ai engineer"}),
        ("/leaderboard <#C024BE91L>", "leaderboard", {"track": "<#C024BE91L>"}),
        ("/leaderboard &lt;#C024BE91L&gt;", "leaderboard", {"track": "<#C024BE91L>"}),
        ("/leaderboard <@123>", "leaderboard", {"track": "<@123>"}),
        ("/config ping:@everyone", "config", {"ping": "@everyone"}),
        ("/help /role", "help", {"command": "/role"}),
        ("/privacy export", "privacy", {"action": "export"}),
        # Hidden and odd characters.
        ("/quiz\trag\n\nhard", "quiz", {"topic": "rag", "level": "hard"}),
        ("/quiz r\u00adag \u202ehard", "quiz", {"topic": "rag", "level": "hard"}),
        ("/quiz \x00rag\x1b", "quiz", {"topic": "rag"}),
        # What nobody can place goes to the first option that is open, which says what it wants.
        ("/quiz raag", "quiz", {"topic": "raag"}),
        ("/quiz raag hard", "quiz", {"topic": "raag", "level": "hard"}),
        ("/quiz rag hardd", "quiz", {"topic": "rag", "level": "hardd"}),
        ("/quiz hard raag", "quiz", {"level": "hard", "topic": "raag"}),
        ("/config 9am berlin", "config", {"time": "9am", "zone": "berlin"}),
        ("/config #general", "config", {"time": "#general"}),
        ("/quiz \u202e\u05e9\u05dc\u05d5\u05dd", "quiz", {"topic": "\u05e9\u05dc\u05d5\u05dd"}),
        ("/role \U0001f600", "role", {"name": "\U0001f600"}),
    ],
)
def test_lines(line: str, name: str, given: dict[str, str]) -> None:
    assert read(line) == (name, given)


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("/quiz hard", "quiz", {"level": HARD}),
        ("/quiz h", "quiz", {"level": HARD}),
        ("/quiz fine tuning 5", "quiz", {"topic": "fine-tuning", "count": 5}),
        ("/quiz prompt enginering", "quiz", {"topic": "prompting"}),
        ("/quiz 3 hard ml", "quiz", {"topic": "ml-dl", "level": HARD, "count": 3}),
        ("/role ai enginer", "role", {"name": "ai-engineer"}),
        ("/role UX/UI vs PM", "role", {"name": "ux-designer", "versus": "ai-product-manager"}),
        ("/role \u201cai engineer\u201d", "role", {"name": "ai-engineer"}),
        ("/role name:ai engineer vs prompt engineer", "role", {"name": "ai-engineer", "versus": "prompt-engineer"}),
        ("/roadmap ai engineer rag", "roadmap", {"role": "ai-engineer", "step": "rag"}),
        ("/roadmap rag", "roadmap", {"step": "rag"}),
        ("/roadmap step:llms", "roadmap", {"step": "llms"}),
        ("/privacy del", "privacy", {"action": PrivacyAction.DELETE}),
        ("/config zone:new york", "config", {"zone": "America/New_York"}),
        (
            "/config 09:00 berlin tues &amp; thurs",
            "config",
            {"time": time(9), "zone": "Europe/Berlin", "weekdays": frozenset({1, 3})},
        ),
        ("/config zone: weekdays:fri-mon", "config", {"weekdays": frozenset({4, 5, 6, 0})}),
    ],
)
def test_what_lines_mean(line: str, name: str, values: dict[str, object]) -> None:
    assert understood(line) == (name, values)


@pytest.mark.parametrize(
    ("line", "sentence", "labels"),
    [
        ("", "A command is missing after the slash. /help lists them all.", ["/help"]),
        ("/", "A command is missing after the slash. /help lists them all.", ["/help"]),
        ("/dayli", "There is no command /dayli. Nearest:", ["/daily", "/help"]),
        ("/hepl", "There is no command /hepl. Nearest:", ["/help"]),
        *(
            (line, "Did you mean one of these? Nothing was changed.", [*labels, "Search for it"])
            for line, labels in (
                ("when is the next question?", ["Today's question", "How this works", "Practise"]),
                ("stop reminding me", ["Away", "How this works", "Settings, for managers"]),
                ("change time to 9pm", ["Settings, for managers", "How this works"]),
                ("pause until january", ["Away", "Settings, for managers"]),
                ("erase everything about me", ["Delete my data", "Privacy"]),
                ("give me a question", ["Practise", "Today's question"]),
                ("why did I lose my streak", ["My progress", "How this works", "Leaderboard"]),
            )
        ),
        ("thanks!", "You are welcome. There is this to go on with:", ["Today's question", "Practise", "All commands"]),
        ("/pause", "There is no command /pause. Did you mean one of these?", ["Away", "Settings, for managers"]),
        ("/config 9pm utc mon-fri indeed", "I did not understand 'indeed' at the end.", None),
        ("/random", "There is no command /random. /help lists them all.", ["Search for it", "/help"]),
        ("/xyzzy 1", "There is no command /xyzzy. /help lists them all.", ["/help"]),
        ("/quiz rag hard 3 today", "I did not understand 'today' at the end.", ["/quiz", "How to use /quiz"]),
        ("/role pm vs ds versus:ux", "'pm vs ds' is not a role.", None),
        ("/daily now", "I did not understand 'now' at the end.", ["/daily", "How to use /daily"]),
        ("/quiz level:hrd", "'hrd' is not one of easy, medium, hard. Nearest:", ["easy", "medium", "hard"]),
        ("/quiz 21", "'21' is not a whole number from 1 to 20. Nearest:", ["20"]),
        ("/quiz rag 0", "'0' is not a whole number from 1 to 20. Nearest:", ["1"]),
        ("/quiz -3", "'-3' is not a whole number from 1 to 20.", ["/quiz", "How to use /quiz"]),
        ("/quiz count:21", "'21' is not a whole number from 1 to 20. Nearest:", ["20"]),
        ("/role ux vs ux vs", None, None),
        ("/config time:9", "'9' can be more than one time of day. Which one do you mean?", ["09:00", "21:00"]),
        ("/config 9 berlin", None, ["09:00", "21:00"]),
        ("/config time:24:00", None, ["00:00"]),
        ("/config time:25:00", None, ["/config", "How to use /config"]),
        ("/config weekdays:funday", None, ["mon-fri"]),
        ("/config zone:berln", None, None),
        ("/role engineer", "'engineer' can mean more than one. Which one do you mean?", None),
        ("/help " + "x" * 300, f"'{'x' * 59}\u2026' is not a text of at most 100 characters.", None),
        ("/leaderboard " + "x" * 300, f"'{'x' * 59}\u2026' is not a text of at most 100 characters.", None),
    ],
)
def test_lines_that_are_refused(line: str, sentence: str | None, labels: list[str] | None) -> None:
    with pytest.raises(Refusal) as refused:
        understood(line)
    if sentence is not None:
        assert refused.value.sentence == sentence
    if labels is not None:
        assert [choice.label for choice in refused.value.choices] == labels


# --- Nothing but a refusal, whatever is typed ---

names = st.sampled_from(sorted(registry().commands))
keys = sorted({option.name for handler in registry().commands.values() for option in handler.options})
MEANT = "rag hard 3 ai engineer vs or berlin new york 09:00 9am 24:00 mon-fri mon and none all yes step topic"
ODD = ": :: = &amp; &lt;@1&gt; <@123> @everyone \u201c %3A % / - . ' \" \u05e9\u05dc\u05d5\u05dd \u0661"
HIDDEN = ["\u202e", "\U0001f469\u200d\U0001f4bb", "\x00", "\ud800"]
pieces = st.one_of(
    st.sampled_from([*MEANT.split(), *ODD.split(), *HIDDEN, "x" * 120]),
    st.sampled_from(keys).map("{}:".format),
    st.text(max_size=8),
)
lines = st.builds(
    lambda slash, name, parts, between: f"{slash}{name} {between.join(parts)}",
    st.sampled_from(["/", ""]),
    names,
    st.lists(pieces, max_size=10),
    st.sampled_from([" ", " ", "", "  "]),
)


@settings(max_examples=500)
@given(st.one_of(lines, lines, st.text(st.characters(), max_size=80)))
@example("/config time:9am place:a:b")
@example("/daily action: \u201c \u201c rag")
def test_any_line_is_understood_or_refused(line: str) -> None:
    try:
        understood(line)
    except Refusal as refused:
        check(refused)


def check(refused: Refusal) -> None:
    """A refusal says something short, and what it offers leads somewhere."""
    assert 0 < len(refused.sentence) <= 400
    assert tidy(refused.sentence) == refused.sentence
    for choice in refused.choices:
        if choice.route.what in registry().presses:
            continue
        assert choice.route.what == "run"
        assert choice.route.args[0] in registry().commands


@settings(max_examples=200)
@given(names, st.one_of(st.lists(pieces, max_size=10).map(" ".join), st.text(st.characters(), max_size=80)))
def test_options_alone_are_read_as_in_a_line(name: str, text: str) -> None:
    handler = registry().commands[name]
    try:
        wanted: object = parse_line(registry(), content(), f"/{name} {text}").given
    except Refusal as refused:
        wanted = refused.sentence
    try:
        found: object = parse_options(handler, content(), text)
    except Refusal as refused:
        found = refused.sentence
    assert found == wanted


@pytest.mark.parametrize("filler", ["x", "rag ", "a ", "mon ", "topic:rag ", "\u202e", "&amp;", "\x00", "zone:a b "])
@pytest.mark.parametrize("name", ["quiz", "config", "role", "roadmap"])
def test_of_ten_thousand_characters_only_the_beginning_is_read(name: str, filler: str) -> None:
    line = (f"/{name} " + filler * 10_000)[:10_000]

    def outcome(text: str) -> object:
        try:
            return understood(text)
        except Refusal as refused:
            check(refused)
            return refused.sentence

    assert outcome(line) == outcome(line[:LINE_LIMIT])


def test_what_stands_far_out_is_not_read() -> None:
    assert read("/daily" + " " * LINE_LIMIT + "extra") == ("daily", {})
    assert parse_options(registry().commands["daily"], content(), " " * LINE_LIMIT + "extra") == {}


# --- What is written out in full is read back as it was ---

TEXTS = {
    "search": ["rag or fine-tuning"],
    "time": ["00:00", "09:00", "23:59"],
    "zone": ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "America/New_York"],
    "weekdays": ["mon-fri", "every day", "mon wed fri", "sat, sun"],
    "place": ["#general", "C024BE91L", "study group"],
    "text": ["none", "Study crew", "@here"],
    "ping": ["none", "Study crew", "@here"],
    "command": ["role", "config"],
    "number": ["1", "7", "20"],
}


def canonical(handler: Handler) -> list[list[str | None]]:
    """For each option every value there is of its kind, or some, and none at all."""
    names: dict[str, NameIndex[str]] = {
        "role": content().role_names,  # type: ignore[dict-item]
        "topic": content().topic_names,  # type: ignore[dict-item]
        "step": content().step_names,  # type: ignore[dict-item]
    }
    rows: list[list[str | None]] = []
    for option in handler.options:
        kind = option.kind
        values = list(kind.choices) or list(names.get(kind.name, [])) or TEXTS[kind.name]
        rows.append([*values] if option.required else [None, *values])
    return rows


def mixed_values(rows: list[list[str | None]]) -> Iterator[tuple[str | None, ...]]:
    """Each pair of values of two options together, with the values of the others in turn."""
    turns = [cycle(row) for row in rows]
    yield tuple(row[0] for row in rows)
    for one, other in combinations(range(len(rows)), 2):
        for value, partner in product(rows[one], rows[other]):
            mixed = [next(turn) for turn in turns]
            mixed[one], mixed[other] = value, partner
            yield tuple(mixed)


@pytest.mark.parametrize("name", sorted(registry().commands))
def test_every_pair_of_options_is_read_back(name: str) -> None:
    handler = registry().commands[name]
    rows = canonical(handler)
    for values in product(*rows) if len(rows) < 3 else mixed_values(rows):
        given = {option.name: value for option, value in zip(handler.options, values, strict=True) if value is not None}
        wanted = arguments(handler, given, content())
        assert len(wanted) == len(given)
        written = [f"{key}:{value}" for key, value in given.items()]
        for parts in (written, written[::-1]):
            assert read(f"/{name} {' '.join(parts)}") == (name, given)
        assert understood(f"/{name} {' '.join(written)}") == (name, wanted)


def test_every_zone_is_read_back() -> None:
    for zone in [one.name for one in zone_places().zones]:
        assert understood(f"/config zone:{zone} 09:00") == ("config", {"zone": zone, "time": time(9)})
        assert understood(f"/config 09:00 {zone.replace('_', ' ')} mon") == (
            "config",
            {"zone": zone, "time": time(9), "weekdays": frozenset({0})},
        )


def called(index: NameIndex[str], names: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, str]]:
    """Each name and alias that means one thing, with what it means."""
    return [(text, id) for id, spoken in names for text in spoken if find(index, text) == Exact(id)]


ROLES = called(content().role_names, [(role.id, (role.name, *role.aliases)) for role in content().roles])  # type: ignore[arg-type]
TOPICS = called(content().topic_names, [(one.id, (one.title, *one.aliases)) for one in content().topics_asked])  # type: ignore[arg-type]


def test_every_name_and_alias_is_understood_as_bare_words() -> None:
    assert len(ROLES) > 60
    assert len(TOPICS) > 100
    for text, role in ROLES:
        assert understood(f"/role {text}") == ("role", {"name": role})
        assert understood(f"/roadmap {text}")[1] == {"role": role}
    for text, topic in TOPICS:
        assert understood(f"/quiz {text}") == ("quiz", {"topic": topic})
        assert understood(f"/quiz hard {text} 3") == ("quiz", {"topic": topic, "level": HARD, "count": 3})


def test_any_two_roles_are_compared() -> None:
    for (one, left), (other, right) in product(ROLES[::3], ROLES[::5]):
        assert understood(f"/role {one} vs {other}") == ("role", {"name": left, "versus": right})


def test_levels_of_a_track_are_those_of_questions() -> None:
    assert [level.value for level in LevelWanted] == ["all", *(level.value for level in Difficulty)]
    assert list(Difficulty) == [EASY, MEDIUM, HARD]
