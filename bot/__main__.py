"""``python -m bot`` and the ``studybot`` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from bot.cli.main import app

    app()


if __name__ == "__main__":
    main()
