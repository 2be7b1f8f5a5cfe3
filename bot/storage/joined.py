"""Many short texts as one, for both databases: a row is a step of the driver, and each step costs as much as a read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Joined(FunctionElement[str]):
    """Ids, which hold no commas, joined by commas; NULL for none.

    SQLAlchemy's own makes the comma a parameter filled in at every execution.
    """

    type = sa.Text()
    inherit_cache = True


def parted(joined: str | None) -> Sequence[str]:
    """The texts again."""
    return joined.split(",") if joined else ()


@compiles(Joined, "sqlite")
def _on_sqlite(joined: Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(joined.clauses, **options)}, ',')"


@compiles(Joined, "postgresql")
def _on_postgresql(joined: Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg({compiler.process(joined.clauses, **options)}, ',')"
