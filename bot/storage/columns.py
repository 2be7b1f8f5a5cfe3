"""The kinds of columns that tables have, and how what stands in them is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

# SQLite hands out row ids only for a key spelled INTEGER, and those of deleted rows again: but for tracks and rounds,
# whose ids stand on the buttons of posts that outlive them.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


OLDEST, NEWEST = date(1970, 1, 1), date(2199, 12, 31)
"""Nothing we write lies beyond; so near the ends of the calendar the arithmetic of dates would raise."""
LONG_AGO = datetime(OLDEST.year, 1, 1, tzinfo=UTC)
"""Stands in where a moment cannot be read and an old one does no harm."""
NOT_READABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError)
"""What making a value from a column raises if the column holds something else than we ever write there.

An unknown zone is a ``LookupError``; one that is a folder of the zone data, an ``OSError``.
"""
_NEWEST_SECOND = int(datetime(NEWEST.year + 1, 1, 1, tzinfo=UTC).timestamp())


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment, kept as seconds since 1970 and returned in UTC; a time without a zone is refused.

    A value that is not one is returned as None: an error would lose every other row of the read.
    """

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Seconds since 1970."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return int(value.timestamp())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if not isinstance(value, int) or not 0 <= value < _NEWEST_SECOND:
            return None
        return datetime.fromtimestamp(value, UTC)


class LocalDate(sa.types.TypeDecorator[date]):
    """A calendar date; a value that is not one is returned as None."""

    impl = sa.Date
    cache_ok = True

    # pyrefly: ignore[bad-override] - a value that is no date is read as None, which SQLAlchemy's own types do not say
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None] | None:
        """From the driver's value to the date."""
        plain = super().result_processor(dialect, coltype)

        def processed(value: Any) -> date | None:
            try:
                made = value if plain is None else plain(value)
            except (ValueError, TypeError):
                return None
            return made if made is not None and OLDEST <= made <= NEWEST else None

        return processed


class Number(sa.types.TypeDecorator[float]):
    """A number with a fraction, as the driver has it."""

    impl = sa.Double
    cache_ok = True

    # pyrefly: ignore[bad-override] - both drivers make a float of it themselves
    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """None: SQLAlchemy's own would ask for the number of PostgreSQL's type."""
