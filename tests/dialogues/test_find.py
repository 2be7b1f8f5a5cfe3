"""/find, told through the terminal: a short list, and a card behind each entry of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import dialogue, letter


async def test_a_search_lists_what_there_is_and_each_entry_opens(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        found = await talk.say("/find rag or fine-tuning")
        assert 'entries on "rag or fine-tuning", best first.' in found
        shown = await talk.press("Who decides between RAG and…", found)
        assert "Sources disagree: Who decides between RAG and fine-tuning?" in shown
        assert "(Careers in Generative AI (chapter 19), 6. Role 3: AI Product Manager)" in shown
        assert "Our advice: Decide together" in shown
        card = await talk.press("AI Product Manager", shown)
        assert "Translates between executives and engineers." in card


@pytest.mark.parametrize(
    ("typed", "label", "told"),
    [
        ("/find halucination", "Hallucination", "Term: Hallucination"),
        ("/find calculus diffusion", "Employers want to see that…", "Disputed:"),
        ("/find heavy programming", "Every career in generative…", "Why it matters:"),
        ("/find framework only", "Trusting the framework to…", "Why it happens"),
        ("/find coding or creativity", "Which weighs more in…", "The source:"),
        ("/find healthcare", "Healthcare and life sciences", "Health privacy law such as HIPAA"),
        ("/find rag chatbot", "RAG chatbot", "Level, our estimate: intermediate."),
        ("/find no CS degree", "Can I get in without a…", "Yes, with effort."),
        ("/find lora vs full fine-tuning", "LoRA or full fine-tuning:…", "A strong answer"),
        ("/find gold rush", "The gold rush", "Analogy: The gold rush"),
        ("/find auditor", "AI Ethics Auditor", "Nearest full cards: AI Ethicist"),
        ("/find LLM engineer", "Generative AI Engineer", "Pay, as claimed"),
        ("/find get your bearings", "Get your bearings", "Ethics checkpoint:"),
        ("/find eu ai act", "EU AI Act", "Regulatory Compliance and Security"),
    ],
)
async def test_every_kind_of_entry_opens_from_a_search(tmp_path: Path, typed: str, label: str, told: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert told in await talk.press(label, await talk.say(typed))


async def test_practice_is_found_by_topic(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        found = await talk.say("/find Pay and job market")
        assert "Pay and job market (practice): questions to practise on" in found
        asked = await talk.press("Pay and job market", found)
        assert "Pay and job market, " in asked
        assert "Source: " in await talk.say(letter(asked))


async def test_without_a_word_it_says_what_there_is_to_find(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shelves = await talk.say("/find")
        assert "Interview questions" in shelves
        assert "Hallucination" in await talk.press("Find hallucination", shelves)


async def test_what_is_not_there_is_said_with_ways_on(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        nothing = await talk.say("/find xyzzy quux")
        assert 'Nothing here mentions "xyzzy quux".' in nothing
        assert "Roadmap" in await talk.press("Roadmap", nothing)
