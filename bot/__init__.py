"""Studybot: one question a day about careers in generative AI, for a study group."""
