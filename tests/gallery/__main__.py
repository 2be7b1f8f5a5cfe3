"""Write the page and take the pictures anew; needs Chromium."""

from __future__ import annotations

import asyncio
import sys

from tests.gallery.page import FOLDER, PAGE, PICTURED, STAMPS, page, picture, stamps
from tests.gallery.pictures import NoBrowser, take


def main() -> int:
    """The page, its pictures, and what each was taken of."""
    FOLDER.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    try:
        asyncio.run(take(PAGE.resolve().as_uri(), {id: picture(id) for id in PICTURED}))
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    STAMPS.write_text(stamps(), encoding="utf-8")
    print(f"wrote {PAGE.name} and {len(PICTURED)} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
