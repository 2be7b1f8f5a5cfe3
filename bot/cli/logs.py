"""Where log lines go and how they look."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

PASSED_ON = ("reference", "effect", "round", "loop", "face")
"""What a log call may carry besides its sentence; ids only, never what anyone typed or chose."""


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
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if target is None else logging.WARNING)
    # One line a ring of every interval job says nothing.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
