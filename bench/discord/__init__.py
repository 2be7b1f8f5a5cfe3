"""The Discord face beside bare discord.py: presses, posts with their reveals, a start, memory.

Nothing is imported here: the bare bot comes through this door, and must carry no weight of ours.
"""
