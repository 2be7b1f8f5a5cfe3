"""Where log lines go and how they look."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from bot.ports.storage import StorageFault

PASSED_ON = ("reference", "effect", "round", "loop", "face")
"""Keys that a log call may carry besides its sentence; ids only, never what anyone typed or chose."""


class SaidOnce(logging.Filter):
    """Keeps out what else is logged of an outage: a traceback from every ring and press says nothing new."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write the line."""
        return not (record.exc_info and isinstance(record.exc_info[1], StorageFault))


def log_to(target: Path | None, form: str) -> None:
    """Send log lines to a file, or to standard error; ``plain`` for people or ``json`` for programs."""
    import structlog

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(allow=PASSED_ON),
    ]
    # By default both show the values of every variable on the way: tokens, addresses, and what somebody chose.
    without_values = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    colours = target is None and sys.stderr.isatty()
    last: list[structlog.typing.Processor] = (
        [structlog.processors.ExceptionRenderer(without_values), structlog.processors.JSONRenderer()]
        if form == "json"
        else [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )
    handler: logging.Handler = (
        logging.StreamHandler(sys.stderr)
        if target is None
        else logging.FileHandler(target, encoding="utf-8", delay=True)
    )
    handler.setFormatter(formatter)
    handler.addFilter(SaidOnce())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if target is None else logging.WARNING)
    # One line a ring of every interval job says nothing.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    # What the bot says of itself tells the same in words.
    for name in ("alembic", "discord.client", "discord.gateway"):
        logging.getLogger(name).setLevel(logging.WARNING)
