"""/role."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import ProfileId, RoleId
from bot.features import looking_up
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog


@command("role", needs="catalog", example="/role ai engineer vs prompt engineer")
def role(
    call: Call,
    catalog: Catalog,
    name: Annotated[ProfileId | None, Opt("Role to look up", example="ai engineer")] = None,
    versus: Annotated[ProfileId | None, Opt("Compare with", example="prompt engineer")] = None,
) -> Outcome:
    """Look up a generative-AI role: what it does, skills, pay, first steps."""
    return looking_up.role_profile(call, catalog, name, versus)


@pressed("titles", needs="catalog")
def titles(call: Call, catalog: Catalog) -> Outcome:
    """Show specialisations and further titles to pick from."""
    return looking_up.all_titles(catalog)


@pressed("share-role", needs="catalog")
def share(call: Call, catalog: Catalog, name: RoleId) -> Outcome:
    """Share a role's card here."""
    return looking_up.share_role(call, catalog, name)
