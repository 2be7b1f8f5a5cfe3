"""Installing over OAuth: from the app's page to Slack's page of consent and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp

from tests.fakes.slack.team import Team
from tests.fakes.slack.world import Code, World


@dataclass(frozen=True, slots=True)
class Page:
    """The page the browser shows."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The app's request on Slack's page of consent."""

    state: str
    scopes: frozenset[str]
    redirect_uri: str | None
    cookie: str


@dataclass(frozen=True, slots=True, eq=False)
class Browser:
    """A person's browser, on the way from the app's install page to the one that says it is done."""

    world: World
    team: Team
    user_id: str
    app_url: str

    async def install(self, path: str = "/slack/install", redirect_path: str = "/slack/oauth_redirect") -> Page:
        """Install the app: click through all of it."""
        asked = await self.ask(path)
        return await self.come_back(asked, self.agree(asked), redirect_path)

    async def ask(self, path: str = "/slack/install") -> Asked:
        """Open the app's install page and follow it to Slack."""
        async with _session() as session, session.get(f"{self.app_url}{path}", allow_redirects=False) as response:
            target = response.headers.get("Location") or _link(await response.text())
            cookie = response.headers.get("Set-Cookie", "").partition(";")[0]
        asked = {key: values[0] for key, values in parse_qs(urlsplit(target).query).items()}
        assert asked.get("client_id") == self.world.client_id, f"the page leads to {target}"
        scopes = frozenset(asked.get("scope", "").split(",")) - {""}
        return Asked(asked.get("state", ""), scopes, asked.get("redirect_uri"), cookie)

    def agree(self, asked: Asked) -> str:
        """Allow it on Slack's page: a code for the app, good once."""
        code = f"code-{self.world.ids.number('code')}"
        if asked.scopes:
            self.team.scopes.clear()
            self.team.scopes.update(asked.scopes)
        self.world.codes[code] = Code(self.team, self.user_id, asked.redirect_uri)
        return code

    async def come_back(
        self,
        asked: Asked,
        code: str | None,
        path: str = "/slack/oauth_redirect",
        *,
        state: str | None = None,
        with_cookie: bool = True,
        error: str | None = None,
    ) -> Page:
        """Return to the app with a code, or with an error such as ``access_denied``; the rest may be forged."""
        query = {"state": asked.state if state is None else state}
        if code is not None:
            query["code"] = code
        if error is not None:
            query["error"] = error
        headers = {"Cookie": asked.cookie} if with_cookie and asked.cookie else {}
        url = f"{self.app_url}{path}?{urlencode(query)}"
        async with _session() as session, session.get(url, headers=headers, allow_redirects=False) as response:
            return Page(response.status, await response.text())


def _link(page: str) -> str:
    found = re.search(r'href="([^"]*oauth[^"]*)"', page)
    assert found is not None, "the install page has no link to Slack"
    return unescape(found[1])


def _session() -> aiohttp.ClientSession:
    """Without a jar: the app marks its cookie for https, and a jar would keep it back here."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
