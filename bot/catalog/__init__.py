"""The content room: reads and checks banks, and offers what is asked as an immutable catalog."""

from bot.catalog.catalog import LoadedCatalog
from bot.catalog.load import Loaded, load
from bot.catalog.yaml_file import Problem

__all__ = ["Loaded", "LoadedCatalog", "Problem", "load"]
