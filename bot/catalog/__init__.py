"""The content room: reads and checks content/, and offers it as an immutable catalog."""

from bot.catalog.catalog import LoadedCatalog
from bot.catalog.load import Loaded, load
from bot.catalog.yaml_file import Problem

__all__ = ["Loaded", "LoadedCatalog", "Problem", "load"]
