"""Dates and stretches of dates as people type them: ``24.12.2026``, ``24 dec - 2 jan``, ``tomorrow``, ``next monday``.

Reading has two steps. What was typed is understood first; which date it means depends on today's date where the
question is posted, so ``TypedDate`` and ``TypedDates`` are resolved against that.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.explained import NotUnderstood
from bot.domain.weekdays import DAYS

WANTED = "a date as YYYY-MM-DD, such as 2026-12-24; 24 dec and tomorrow work too"
WANTED_DATES = "dates such as 2026-12-24, 24 dec - 2 jan or 2026-12-24..2027-01-02"
LONGEST = timedelta(days=366)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    "december",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_FORMS = {
    "iso": r"(?P<iso_y>\d{4})[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})",
    "packed": r"(?P<packed>20\d{6})",
    "dotted": r"(?P<dot_d>\d{1,2})\.\s?(?P<dot_m>\d{1,2})(?:\.\s?(?P<dot_y>\d{4}|\d{2}(?![\d.])))?\.?",
    "slashed": r"(?P<a>\d{1,2})(?P<sep>[-/])(?P<b>\d{1,2})(?:(?P=sep)(?P<slash_y>\d{4}|\d{2}))?",
    "day_month": rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?[-\s]?(?:of\s)?(?P<m1>{_MONTH})(?:[-,]?\s?(?P<y1>\d{{4}}))?",
    "month_day": rf"(?P<m2>{_MONTH})[-\s]?(?:the\s)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s?(?P<y2>\d{{4}}))?",
    "relative": r"(?P<relative>today|tomorrow|the day after tomorrow|day after tomorrow)",
    "ahead": r"in\s(?P<count>an?|one|two|three|\d{1,3})\s(?P<unit>day|week)s?",
    "weekday": rf"(?:on\s)?(?P<which>next\s|this\s|coming\s)?(?P<weekday>{_WEEKDAY})",
}
_WITH_DAY = ("iso", "packed", "dotted", "slashed", "day_month", "month_day")
"""Forms that may have a weekday before them, which must be that date's."""


def _day_before(form: str) -> str:
    return rf"(?:(?P<{form}_day>{_WEEKDAY}),?\s(?:the\s)?)?"


_ONE = re.compile(
    "|".join(
        rf"(?P<{name}_form>{_day_before(name) if name in _WITH_DAY else ''}{form})(?![\w/])"
        for name, form in _FORMS.items()
    )
)
_MONTH_ALONE = re.compile(rf"(?:all\s|all of\s)?(?P<month>{_MONTH})(?:\s(?P<year>\d{{4}}))?(?![\w/])")
# "24-26 dec" and "dec 24-26": two days of one month.
_DASH = r"\s?(?:[-\u2010-\u2015]|\.\.+|to|until|till|through)\s?"
_SAME_MONTH = re.compile(
    rf"(?P<from1>\d{{1,2}})(?:st|nd|rd|th|\.)?{_DASH}(?P<to1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s?(?:of\s)?(?P<month1>{_MONTH})"
    rf"(?:,?\s(?P<year1>\d{{4}}))?(?![\w/])"
    rf"|(?P<month2>{_MONTH})\s?(?P<from2>\d{{1,2}})(?:st|nd|rd|th)?{_DASH}(?P<to2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:,?\s(?P<year2>\d{{4}}))?(?![\w/])"
)
_BETWEEN = re.compile(r"(?:[\s,;&+]|and\b|from\b|on\b)+")
_RANGE = re.compile(r"\s?(?:\.\.+|[-\u2010-\u2015]|(?:to|until|till|through|bis)\b)\s?")


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as it was typed."""

    text: str
    resolve: Callable[[date, date | None], date]
    """The date it means from today's date; a date given second is one it does not come before."""
    has_year: bool = True

    def on(self, today: date) -> date:
        """The date it means; ``NotUnderstood`` if that depends on which week is meant, or does not exist."""
        try:
            return self.resolve(today, None)
        except OverflowError:  # after the last day there is
            raise NotUnderstood(WANTED) from None


@dataclass(frozen=True, slots=True)
class TypedDates:
    """Dates and stretches as they were typed."""

    text: str
    stretches: tuple[tuple[TypedDate, TypedDate], ...]
    clears: bool = False
    """Begins with "none", so what was there before goes."""

    def on(self, today: date) -> frozenset[date]:
        """Every date meant; ``PastDate`` if one is over, ``NotUnderstood`` if a stretch is no stretch."""
        found: set[date] = set()
        for first, last in self.stretches:
            try:
                start, end = _stretch(first, last, today)
            except OverflowError:  # before the first day or after the last there is
                raise NotUnderstood(WANTED_DATES) from None
            if end < today:
                raise PastDate(end)
            found |= {max(start, today) + timedelta(days=i) for i in range((end - max(start, today)).days + 1)}
        return frozenset(found)


class PastDate(ValueError):
    """A date that is over."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


def parse_date(text: str) -> TypedDate:
    """Read one date."""
    folded = _folded(text)
    found = _ONE.fullmatch(folded)
    if not found:
        raise NotUnderstood(WANTED)
    return _typed(found)


def parse_dates(text: str) -> TypedDates:
    """Read dates and stretches, one after the other; "none" before them clears what was there."""
    folded = _folded(text)
    clears = bool(re.match(r"none\b", folded))
    folded = folded.removeprefix("none").strip(" ,;:") if clears else folded
    stretches: list[tuple[TypedDate, TypedDate]] = []
    at = 0
    while at < len(folded):
        if between := _BETWEEN.match(folded, at):
            at = between.end()
            continue
        stretch, at = _next_stretch(folded, at)
        stretches.append(stretch)
    if not stretches and not clears:
        raise NotUnderstood(WANTED_DATES)
    return TypedDates(text, tuple(stretches), clears)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _next_stretch(text: str, at: int) -> tuple[tuple[TypedDate, TypedDate], int]:
    if same := _SAME_MONTH.match(text, at):
        n = "1" if same["month1"] else "2"
        month, year = _month(same[f"month{n}"]), same[f"year{n}"]
        first, last = (_calendar(same[0], year, month, int(same[f"{end}{n}"])) for end in ("from", "to"))
        return (first, last), same.end()
    first_found = _ONE.match(text, at)
    if not first_found:
        whole = _MONTH_ALONE.match(text, at)
        if not whole:
            raise NotUnderstood(WANTED_DATES)
        return _whole_month(whole), whole.end()
    first = _typed(first_found)
    dash = _RANGE.match(text, first_found.end())
    if not dash:
        return (first, first), first_found.end()
    last_found = _ONE.match(text, dash.end())
    if not last_found:
        raise NotUnderstood(WANTED_DATES)
    return (first, _typed(last_found)), last_found.end()


def _stretch(first: TypedDate, last: TypedDate, today: date) -> tuple[date, date]:
    if first is last:
        return first.on(today), first.on(today)
    if last.has_year and not first.has_year:
        end = last.on(today)
        start = first.resolve(end - LONGEST + timedelta(days=1), None)
    else:
        start = first.on(today)
        end = last.resolve(today, start)
    if not timedelta() <= end - start <= LONGEST:
        raise NotUnderstood("a range of at most a year, such as 2026-12-24..2027-01-02, with the earlier date first")
    return start, end


def _typed(found: re.Match[str]) -> TypedDate:
    day = next((found[f"{form}_day"] for form in _WITH_DAY if found[f"{form}_day"]), None)
    typed = _without_day(found)
    return typed if day is None else _on_its_day(typed, day)


def _on_its_day(typed: TypedDate, day: str) -> TypedDate:
    """The date, if it falls on the weekday that was typed with it: 24 December is one thing, a Monday another."""
    wanted = next(i for i, name in enumerate(DAYS) if name.startswith(day[:3]))

    def resolve(today: date, least: date | None) -> date:
        meant = typed.resolve(today, least)
        if meant.weekday() == wanted:
            return meant
        # The nearest such day, three days before or after at most.
        near = meant + timedelta(days=(wanted - meant.weekday() + 3) % 7 - 3)
        raise NotUnderstood(
            WANTED,
            *(each.isoformat() for each in (meant, near) if each >= today),
            question=f"is no {DAYS[wanted].capitalize()} but a {DAYS[meant.weekday()].capitalize()}. "
            "Which one do you mean?",
        )

    return TypedDate(typed.text, resolve, typed.has_year)


def _without_day(found: re.Match[str]) -> TypedDate:
    part, text = found.groupdict(), found[0]
    if part["iso_form"]:
        return _calendar(text, part["iso_y"], int(part["iso_m"]), int(part["iso_d"]))
    if digits := part["packed"]:
        return _calendar(text, digits[:4], int(digits[4:6]), int(digits[6:]))
    if part["dotted_form"]:
        return _calendar(text, part["dot_y"], int(part["dot_m"]), int(part["dot_d"]))
    if part["slashed_form"]:
        return _slashed(text, int(part["a"]), int(part["b"]), part["slash_y"])
    if part["m1"]:
        return _calendar(text, part["y1"], _month(part["m1"]), int(part["d1"]))
    if part["m2"]:
        return _calendar(text, part["y2"], _month(part["m2"]), int(part["d2"]))
    if part["relative"]:
        days = {"today": 0, "tomorrow": 1}.get(part["relative"], 2)
        return TypedDate(text, lambda today, _: today + timedelta(days=days))
    if part["unit"]:
        number = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}.get(part["count"]) or int(part["count"])
        return TypedDate(text, lambda today, _: today + timedelta(days=number * (7 if part["unit"] == "week" else 1)))
    return _weekday(text, part["which"], part["weekday"])


def _calendar(text: str, year: str | None, month: int, day: int) -> TypedDate:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise NotUnderstood(WANTED)
    if year is None:
        if day > calendar.monthrange(2028, month)[1]:
            raise _no_such_day(month, None)
        return TypedDate(text, lambda today, least: _next_time(least or today, month, day), has_year=False)
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        meant = date(number, month, day)
    except ValueError:
        raise (_no_such_day(month, number) if number else NotUnderstood(WANTED)) from None
    return TypedDate(text, lambda today, least: meant)


def _no_such_day(month: int, year: int | None) -> NotUnderstood:
    last = calendar.monthrange(year or 2028, month)[1]
    named = f"{_MONTHS[month - 1].capitalize()}{f' {year}' if year else ''}"
    return NotUnderstood(f"a date that exists: {named} has {last} days")


def _next_time(least: date, month: int, day: int) -> date:
    """The first such day from a date on; 29 February may be years away."""
    year = least.year
    while year <= date.max.year:
        if day <= calendar.monthrange(year, month)[1] and (found := date(year, month, day)) >= least:
            return found
        year += 1
    raise NotUnderstood(WANTED)


def _slashed(text: str, first: int, second: int, year: str | None) -> TypedDate:
    """Read 24/12/2026 and 12/24/2026; 03/04/2027 is a day in March to some and in April to others."""
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    if not first or not second or full == 0:
        raise NotUnderstood(WANTED)
    if first <= 12 and second <= 12 and first != second:
        months = [(second, first), (first, second)]
        if full is None:
            meant = [f"{day} {_MONTHS[month - 1][:3]}" for month, day in months]
        else:
            meant = [f"{full:04d}-{month:02d}-{day:02d}" for month, day in months]
        raise NotUnderstood(WANTED, *meant, question="can be two dates. Which one do you mean?")
    day, month = (first, second) if first > 12 or first == second else (second, first)
    return _calendar(text, year, month, day)


def _weekday(text: str, which: str | None, name: str) -> TypedDate:
    number = next(i for i, day in enumerate(DAYS) if day.startswith(name[:3]))

    def resolve(today: date, least: date | None) -> date:
        start = least or today + timedelta(days=1)
        coming = start + timedelta(days=(number - start.weekday()) % 7)
        if (which or "").strip() != "next":
            return coming
        following = coming + timedelta(days=7)
        if coming.isocalendar()[:2] != today.isocalendar()[:2] or coming == today:
            return coming
        raise NotUnderstood(
            WANTED, coming.isoformat(), following.isoformat(), question="can be two dates. Which one do you mean?"
        )

    return TypedDate(text, resolve)


def _whole_month(found: re.Match[str]) -> tuple[TypedDate, TypedDate]:
    month, year = _month(found["month"]), found["year"]

    def last(today: date, least: date | None) -> date:
        start = least or today
        return date(start.year, month, calendar.monthrange(start.year, month)[1])

    def first(today: date, least: date | None) -> date:
        if year is not None:
            return date(int(year), month, 1)
        this_month = today.year * 12 + today.month
        return date(today.year + (today.year * 12 + month < this_month), month, 1)

    return TypedDate(found[0], first), TypedDate(found[0], last)


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
