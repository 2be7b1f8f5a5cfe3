"""The bar for questions as pure rules: what is checked of one question, and of the bank as a whole."""

from bot.domain.lint.bank import lint_bank
from bot.domain.lint.finding import Finding
from bot.domain.lint.known import Known
from bot.domain.lint.one_question import lint_question
from bot.domain.lint.rules import RULES, Level, Rule

__all__ = ["RULES", "Finding", "Known", "Level", "Rule", "lint_bank", "lint_question"]
