"""The rules of the study group: pure functions and frozen values, no clock, no dice, no input or output."""
