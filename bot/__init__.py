"""Studybot: one question a day for a study group."""
