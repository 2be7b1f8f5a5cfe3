"""Done once in the process that lives are forked from: what a first reading of the content makes and keeps."""

from bot.app.core import load_catalog
from bot.config import Settings, packaged

Settings()
load_catalog(packaged("content"))
