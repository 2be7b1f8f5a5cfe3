"""docs/gallery/discord.html: every message of the bot as Discord's client shows it, made from what is really sent.

`make gallery` writes the page and takes the pictures (that needs Chromium); CI asks only whether the page is what the
code makes of it, and whether each picture was taken of the section as it is. Pictures are not compared by their
pixels: fonts differ between machines.
"""
