"""Guessers: how well does somebody do who knows nothing of the subject and reads only the signs?"""
