"""Write the pages and take the pictures; needs Chromium."""

from __future__ import annotations

import asyncio
import sys

from tests.gallery.page import CONTENTS, FOLDER, GALLERIES, LIGHTS, STAMPS, contents, stamps
from tests.gallery.pictures import NoBrowser, take


def main() -> int:
    """The pages, their pictures, and what each was taken of."""
    FOLDER.mkdir(exist_ok=True)
    CONTENTS.write_text(contents(), encoding="utf-8")
    taken = 0
    for gallery in GALLERIES:
        gallery.page.write_text(gallery.html(), encoding="utf-8")
        gallery.markdown.write_text(gallery.in_markdown(), encoding="utf-8")
        for light in LIGHTS:
            pictures = {id: gallery.picture(id, light) for id in gallery.pictured}
            try:
                asyncio.run(take(gallery.page.resolve().as_uri(), pictures, light))
            except NoBrowser as error:
                print(error, file=sys.stderr)
                return 1
            taken += len(pictures)
    STAMPS.write_text(stamps(), encoding="utf-8")
    print(f"wrote {len(GALLERIES)} pages and {taken} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
