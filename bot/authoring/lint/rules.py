"""Every rule of the content check, declared once: its id, its level, what it asks, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from bot.domain.content_faults import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the bar."""

    id: str
    level: Level
    sentence: str
    """What the rule asks, for an author."""
    row: str = ""
    """What questions that break it do, after "7 of 60 "; empty where the finding itself is about the whole bank."""
    community: bool = False
    """Also an error in content that is not ours: structure, key, limits, duplicates and safety."""


class Example(NamedTuple):
    """An example of how it should not be, and how it should."""

    bad: str
    good: str


E, W, INFO = Level.ERROR, Level.WARNING, Level.INFO

_DECLARED = (
    Rule("L01", E, "The file is YAML that says what it seems to say, in UTF-8, of at most 4 MiB.",
         community=True),
    Rule("L02", E, "Every field is known, present where it is needed, and holds what fits.", community=True),
    Rule("L03", E, "An id is lower-case words joined by hyphens, names one thing, and is never used again.",
         community=True),
    Rule("L04", E, "Everything named exists: topic, step, role, objective, source.", community=True),
    Rule("L05", E, "A cited section is one the source has.", community=True),
    Rule("L06", E, "Three or four options, a to d, exactly one of them right.", community=True),
    Rule("L07", E, "No two options say the same.", community=True),
    Rule("L08", E, "Every option has a reason of its own, of 40 to 220 characters.", community=True),
    Rule("L09", E, "A live question was read by a second person, blind and with the key.", community=True),
    Rule("L10", E, "A changed stem, option or key is a new version.", community=True),
    Rule("L11", E, "Option at most 75 characters, stem 220, takeaway 160, the whole reveal 1,900.", community=True),
    Rule("L12", INFO, "A stem of at most 120 characters also fits Kahoot.", "have a stem too long for Kahoot"),
    Rule("L13", W, "Of four options no two wrong ones say nearly the same.", "have two wrong options alike"),
    Rule("L14", INFO, "The right option is about as long as the wrong ones: 0.65 to 1.40 of their median.",
         "give the key away: its length stands out"),
    Rule("L15", INFO, "The longest option is at most twice as long as the shortest.", "have options of uneven length"),
    Rule("L16", W, "Options are alike in end punctuation, capital letters and first word.",
         "have options that are not alike in form"),
    Rule("L17", INFO, "The right option is not the only one with a number, comma, parenthesis or qualifier.",
         "give the key away: only it is specific"),
    Rule("L18", INFO, "The right option is not the only one that shares a word with the stem.",
         "give the key away: only it echoes the stem"),
    Rule("L19", INFO, "No absolute words in wrong options only, no hedges in the right one only.",
         "give the key away: absolute words or hedges"),
    Rule("L20", E, "The question is put positively: no NOT, EXCEPT or LEAST, no double negative.",
         "ask for what is not so"),
    Rule("L21", E, "No option stands for others: no all, none or both of the above, no \"I don't know\".",
         "have an option that stands for others"),
    Rule("L22", INFO, "Stem and options read at grade 12 or below; over the bank at most 10 % do not.",
         "are hard to read"),
    Rule("L23", W, "Acronyms are known ones; no slang, idiom or gendered person.", "use words not everyone reads"),
    Rule("L24", E, "A right option with money or per cent is volatile and has a date of review.",
         "have a key that ages and no date of review"),
    Rule("L25", E, "No run of seven words is shared with a source article.", "share seven words with a source",
         community=True),
    Rule("L26", E, "A live question's date of review is not past.", "are past their date of review"),
    Rule("L27", W, "What is \"best\" or \"most important\" is asked with a situation, a criterion or a source.",
         "ask for an opinion"),
    Rule("L28", E, "No plain http link, mention, HTML, chat control sequence or code fence in a text.",
         community=True),
    Rule("L29", E, "Nothing is left to be written.", "are not finished", community=True),
    Rule("L30", E, "Over the bank, the longest option is right as often as by chance, neither more nor less."),
    Rule("L31", E, "Over the bank, the shortest option is right as often as by chance, neither more nor less."),
    Rule("L32", E, "Over the bank, each place holds the right option about equally often, never five in a row."),
    Rule("L33", E, "Over the bank, an option that alone repeats the stem is right as often as by chance."),
    Rule("L34", W, "Over the bank, recall at most 25 %, apply or higher at least 45 %; levels in balance."),
    Rule("L35", W, "Every topic and level, role, step and objective has its least number of live questions."),
    Rule("L36", E, "No two questions ask the same.", "ask what another asks", community=True),
    Rule("L37", W, "No stem holds the answer of another question.", "give away another's answer"),
    Rule("L38", W, "The same answer is right for at most three questions.", "share an answer with three others"),
    Rule("L39", E, "Nothing is orphaned: each step and myth has a question, each role asked about has a live card."),
    Rule("L40", W, "Over the bank, a word of 12 options or more is right as often as by chance."),
    Rule("L41", E, "A live question has a concept, and a term of the glossary by name in a text that members read.",
         "name no concept, or no term of the glossary"),
)  # fmt: skip

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _DECLARED})

EXAMPLES: Mapping[str, Example] = MappingProxyType({
    "L01": Example('stem: What now: wait?', 'stem: "What now: wait?"'),
    "L02": Example("dificulty: easy", "difficulty: easy"),
    "L03": Example("id: LAW_7", "id: law-007"),
    "L04": Example("roles: [paralegl]", "roles: [paralegal]"),
    "L05": Example('section: "Chapter four"', 'section: "4. Role 1: AI / Software Engineer"'),
    "L06": Example("two options marked correct: true", "exactly one"),
    "L07": Example('"Add examples" and "add  examples"', '"Add examples" and "Add a glossary"'),
    "L08": Example('why: "Incorrect."', 'why: "Temperature varies the wording; it adds no missing fact."'),
    "L09": Example("status: live, with a blind reading only", "status: review, until it was read with the key too"),
    "L10": Example("a new key under version: 1", "a new key under version: 2"),
    "L11": Example("an option that explains itself over two lines", "the option in 75 characters, the rest in its why"),
    "L12": Example("three sentences of history before the question", "the one sentence the answer depends on"),
    "L13": Example('wrong: "Add more data" and "Add even more data"', 'wrong: "Add more data" and "Train for longer"'),
    "L14": Example("key of 70 characters among wrong ones of 30", "all of them between 40 and 55"),
    "L15": Example('"Cost" beside "Time until the first token comes"', '"Cost per call" beside "Time to first token"'),
    "L16": Example('"Retry the call", "the log.", "By asking"', '"Retry the call", "Read the log", "Ask the team"'),
    "L17": Example('only the key says "20 to 50 examples"', "every option gives a number, or none does"),
    "L18": Example('stem: "a poisoned document"; only the key: "the document"', 'a wrong one: "the document" too'),
    "L19": Example('wrong: "Never log prompts"; key: "Log prompts"', 'wrong: "Log the answers"; key: "Log prompts"'),
    "L20": Example("Which of these is NOT a duty of the team?", "Which of these is a duty of the vendor?"),
    "L21": Example('d: "All of the above"', "d: another mistake people make, or no d at all"),
    "L22": Example("What constitutes an optimal operationalisation?", "Which change should the team make first?"),
    "L23": Example("The CTO wants a silver bullet.", "The head of technology wants one cure for everything."),
    "L24": Example('key: "About $90k", without a date', "the same with volatile: true and review_by"),
    "L25": Example("a sentence of the article with one word changed", "the fact, told as you would tell a colleague"),
    "L26": Example("status: live, review_by: 2025-01-01", "facts looked at again, review_by in the future"),
    "L27": Example("What is the best vector database?", "According to the guide, what decides between databases?"),
    "L28": Example("See http://example.org, @everyone", "See https://example.org"),
    "L29": Example("TO WRITE: why this is wrong", "This reason, written"),
    "L30": Example("40 of 100 keys are the longest option, or 9", "some keys are the longest, some the shortest"),
    "L31": Example("40 of 100 keys are the shortest option, or 9", "some keys are the shortest, most lie between"),
    "L32": Example("the key is b in five questions running", "keys at a, c, b, d, b"),
    "L33": Example("no option that alone repeats the stem is ever right", "it is right in a quarter of such questions"),
    "L34": Example("40 of 100 ask what a word means", "most ask what to do in a situation"),
    "L35": Example("no hard question on data", "four of them"),
    "L36": Example("the same question with another company in it", "the same fact in a situation that asks more of it"),
    "L37": Example('stem: "Since a stale index was found ..."; elsewhere the key', "the stem reworded"),
    "L38": Example('"Retrieval" is right in four questions', "the fourth asks how, not which"),
    "L39": Example("a myth no question corrects", "the question that does says myth: degree-required"),
    "L40": Example('"temperature" is in 17 options and never right', "a lower temperature is right in four of them"),
    "L41": Example('terms: [stale-index], and only "last week\'s rules"', 'takeaway: "A stale index keeps old rules."'),
})  # fmt: skip
