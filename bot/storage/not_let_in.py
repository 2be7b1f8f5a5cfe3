"""Why a PostgreSQL server does not let us in, as it says itself: such a refusal comes without a code.

Only what is certain to be refused next time too is recognised. Other words, and those of a server that speaks another
language, count as trouble that may pass.
"""

from __future__ import annotations

import re

_FOR_GOOD = (
    (
        r"no password supplied|authentication failed for user",
        "The server does not accept the user or the password. Correct them in STUDYBOT_DATABASE_URL; what has other "
        "signs than letters and digits in it is written in percent form, such as %40 for @.",
    ),
    (
        r'database ".*" does not exist',
        "The server has no such database. Make it, as with `createdb`, or correct the name in STUDYBOT_DATABASE_URL.",
    ),
    (
        r'role ".*" does not exist|is not permitted to log in|permission denied for database',
        "The server does not let this user in. Make the role and let it log in, or correct the user in "
        "STUDYBOT_DATABASE_URL.",
    ),
    (
        r"no pg_hba\.conf entry|pg_hba\.conf rejects",
        "The server lets nobody in from here to this database as this user. Allow it in its pg_hba.conf; where it says "
        "`no encryption`, add ?sslmode=require to STUDYBOT_DATABASE_URL.",
    ),
    (
        r"does not support SSL|certificate|requires SSL",
        "The server and sslmode in STUDYBOT_DATABASE_URL do not agree on TLS. Correct sslmode, sslrootcert or the "
        "server's certificate.",
    ),
    (
        r"connection is bad: invalid |invalid connection option|bad value for|unrecognized configuration parameter"
        r"|invalid value for parameter|invalid \w+ value",
        "An option in STUDYBOT_DATABASE_URL is wrong, after the question mark. Correct it.",
    ),
)


def refusal(said: str) -> str | None:
    """What to do about a connection that is refused for good; None if it may be let in next time."""
    return next((told for pattern, told in _FOR_GOOD if re.search(pattern, said)), None)
