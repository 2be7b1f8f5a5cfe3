"""Measurements of what Studybot costs, beside the least it could cost on the same machine in the same run."""
