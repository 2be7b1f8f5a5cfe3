"""HTTP mode: who is let in, what is refused, and installing over OAuth."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet, InvalidToken

from bot.adapters.slack.installed import InstalledWorkspaces, Seal
from bot.adapters.slack.web import Web
from bot.app.core import Broken, FixedDice
from bot.app.run import bot
from bot.config import Settings
from bot.domain.community import Platform
from bot.ports.storage import StorageFault
from tests.adapters.slack.reading import text
from tests.contract.slack_stage import SlackOverHttp
from tests.contract.test_contract import letter
from tests.dialogues.telling import MONDAY
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Acked, Fail, FakeSlack
from tests.fakes.slack.http_mode import FORM, HttpLine

BODY = b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_uninstalled"}}'
JSON = "application/json"


def line(stage: SlackOverHttp) -> HttpLine:
    http = stage.slack.lines.http
    assert http is not None
    return http


async def test_what_slack_did_not_sign_is_refused(over_http: SlackOverHttp) -> None:
    stage = over_http
    now = int(time.time())
    forged = [
        await line(stage).send(BODY, JSON, signed=False),
        await line(stage).send(BODY, JSON, signature="v0=" + "0" * 64),
        await line(stage).send(BODY, JSON, signature=""),
        await line(stage).send(BODY, JSON, timestamp=now - 301),
        await line(stage).send(BODY, JSON, timestamp=now + 600),
        await line(stage).send(BODY, JSON, headers={"X-Slack-Request-Timestamp": "soon"}),
    ]
    assert [reply.status for reply in forged] == [401] * len(forged)
    assert all(reply.headers["X-Slack-No-Retry"] == "1" for reply in forged)
    assert "Question 2" in await stage.tomorrow(), "nothing was believed"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x" * (1024 * 1024 + 1), JSON, 413),
        (BODY, "text/plain", 415),
        (BODY, "multipart/form-data", 415),
        (b"not json", JSON, 400),
        (b"[]", JSON, 400),
        (b"payload=not-json", FORM, 400),
        (b"payload=%5B%5D", FORM, 400),
        (b"\xff\xfe", JSON, 401),
        (b"", JSON, 400),
        (b"&".join(b"a=1" for _ in range(200)), FORM, 400),
        (b"ssl_check=1&token=x", FORM, 200),
    ],
)
async def test_bodies_that_are_not_slacks_are_refused(
    over_http: SlackOverHttp, body: bytes, content_type: str, status: int
) -> None:
    assert (await line(over_http).send(body, content_type)).status == status


async def test_slack_is_told_that_the_address_is_ours(over_http: SlackOverHttp) -> None:
    asked = b'{"type": "url_verification", "challenge": "3eZbrw1aB"}'
    reply = await line(over_http).send(asked, JSON)
    assert (reply.status, reply.text) == (200, '{"challenge": "3eZbrw1aB"}')
    assert (await line(over_http).send(asked, JSON, signed=False)).status == 401


async def test_a_retry_is_acknowledged_and_done_once(over_http: SlackOverHttp) -> None:
    stage = over_http
    await stage.workspace.archive(stage.channel("general"))
    (event,) = [one for one in stage.slack.events.sent if one.body["event"]["type"] == "channel_archive"]
    await stage.workspace.unarchive(stage.channel("general"))
    assert isinstance(await stage.slack.events.retry(event), Acked)
    assert "Question 2" in await stage.tomorrow()


async def test_tokens_are_kept_encrypted(over_http: SlackOverHttp, tmp_path: Path) -> None:
    token = over_http.workspace.team.token
    kept = await over_http.bot.core.storage.read(lambda uow: uow.installations.find(over_http.workspace.id))
    assert kept is not None
    assert token not in kept.sealed_token
    await over_http.end()
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())  # noqa: ASYNC240
    assert token.encode() not in everything
    await over_http.begin()
    assert "1st to answer" in (await over_http.answer("ana", letter(await over_http.post()))).text


async def test_an_installation_that_is_not_allowed_or_forged_installs_nothing(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = stage.slack.workspace("elsewhere", installed=False)
    browser = stage.slack.browser(other.user("chief"), stage.url)
    asked = await browser.ask()
    assert asked.scopes == {"commands", "chat:write", "chat:write.public", "users:read", "channels:read"}
    refused = await browser.come_back(asked, None, error="access_denied")
    assert "it was not allowed on Slack&#x27;s page" in refused.text
    forged = await browser.come_back(asked, browser.agree(asked), state="made-up")
    assert forged.status == 400
    without = await browser.come_back(asked, browser.agree(asked), with_cookie=False)
    assert (without.status, "browser" in without.text) == (400, True)
    wrong_code = await browser.come_back(asked, "no-code")
    assert wrong_code.status == 401
    used = await browser.come_back(asked, browser.agree(asked))
    assert "begun more than ten minutes ago, or used already" in used.text
    late = await browser.ask()
    stage.clock.advance(timedelta(minutes=11))
    assert (await browser.come_back(late, browser.agree(late))).status == 401
    assert not other.team.installed
    assert "Studybot is installed in elsewhere" in (await browser.install()).text


@pytest.mark.parametrize("page", ["/slack/install", "/slack/oauth_redirect?state=x&code=y"])
async def test_a_flood_of_strangers_does_not_take_the_database(over_http: SlackOverHttp, page: str) -> None:
    """Anyone may open these pages, and each time something is written."""
    headers = {"Cookie": "slack-app-oauth-state=x"}
    async with aiohttp.ClientSession() as session:
        statuses = []
        for _ in range(80):
            async with session.get(f"{over_http.url}{page}", headers=headers, allow_redirects=False) as response:
                statuses.append(response.status)
    assert statuses.count(429) >= 10
    over_http.clock.advance(timedelta(minutes=2))
    other = over_http.slack.workspace("elsewhere", installed=False)
    assert "Studybot is installed in elsewhere" in (await over_http.install(other, other.user("chief"))).text


async def test_what_strangers_put_into_an_address_makes_no_line_of_the_log(
    over_http: SlackOverHttp, caplog: pytest.LogCaptureFixture
) -> None:
    asked = f"{over_http.url}/slack/oauth_redirect?error=a%0A2026-01-01%20all%20is%20well"
    with caplog.at_level("WARNING"):
        async with aiohttp.ClientSession() as session, session.get(asked) as response:
            assert "Nothing was installed" in await response.text()
    assert "an installation on Slack did not come about" in caplog.text
    assert "all is well" not in caplog.text


async def test_installed_again_after_it_was_removed_everything_goes_on(over_http: SlackOverHttp) -> None:
    stage = over_http
    await stage.answer("ana", letter(await stage.post()))
    await stage.workspace.uninstall()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    seen = await stage.person("ana").slash(stage.channel("general"), "/study", "quiz")
    assert seen.notice is not None
    await stage.install(stage.workspace, stage.person("boss"))
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    await stage.tomorrow()
    assert "2 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_who_reaches_us_from_a_workspace_we_are_not_in_is_told(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = stage.slack.workspace("elsewhere")
    ana = other.user("ana")
    seen = await ana.slash(other.channel("lobby"), "/study", "quiz")
    assert "not installed in this workspace any more" in seen.text


async def test_a_database_away_while_the_workspace_is_looked_up_ends_in_an_apology(
    over_http: SlackOverHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = over_http
    config = await stage.say("boss", "/config")
    form = await stage.press("boss", "Another daily question", config)

    async def away(*_: object) -> None:
        raise StorageFault("the database does not answer")

    monkeypatch.setattr(InstalledWorkspaces, "find", away)
    told = [
        await stage.say("ana", "/quiz"),
        await stage.answer("ana", "A"),
        await stage.fill("boss", form, "", {"place": "#tea"}),
    ]
    assert ["Reference " in one.text for one in told] == [True, True, True]


async def test_an_installation_in_a_whole_organisation_serves_its_workspaces(over_http: SlackOverHttp) -> None:
    stage = over_http
    team = stage.slack.workspace("department", enterprise_id="E0000000001")
    workspaces = stage.door._asking._workspaces
    assert isinstance(workspaces, InstalledWorkspaces)
    await workspaces.keep("E0000000001", team.token, team.bot_user_id, "U0")
    ana = team.user("ana")
    seen = await ana.slash(team.channel("lobby"), "/study", "quiz")
    assert "Practice" in text((await seen.message()).blocks)


async def test_whoever_installed_it_is_exported_and_forgotten_like_anyone(over_http: SlackOverHttp) -> None:
    stage = over_http

    async def installer() -> str | None:
        kept = await stage.bot.core.storage.read(lambda uow: uow.installations.find(stage.workspace.id))
        return kept.installer if kept else None

    boss = stage.person("boss").id
    assert await installer() == boss
    await stage.answer("boss", "A")
    assert '"installed"' in (await stage.say("boss", "/privacy export")).text
    await stage.press("boss", "Delete everything", await stage.say("boss", "/privacy delete"))
    assert await installer() == ""


async def test_whoever_installed_it_and_had_that_forgotten_manages_no_more(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = stage.slack.workspace("elsewhere", installed=False)
    chief, lobby = other.user("chief"), other.channel("lobby")
    await stage.install(other, chief)
    saved = await chief.slash(lobby, "/study", "config time:00:00 zone:utc weekdays:every day")
    assert "Only managers" not in saved.text
    asked = await chief.slash(lobby, "/study", "privacy delete")
    deleted = await stage.shown(chief, await chief.press(await asked.message(), "Delete everything"))
    assert deleted.text.startswith("Deleted.")
    stage.clock.advance(timedelta(minutes=10))
    refused = await chief.slash(lobby, "/study", "config time:00:00 zone:utc weekdays:every day")
    assert "Only managers can do that" in refused.text


async def test_a_limit_in_one_workspace_does_not_hold_up_another(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = stage.slack.workspace("elsewhere", installed=False)
    chief, lobby = other.user("chief"), other.channel("lobby")
    await stage.install(other, chief)
    await chief.slash(lobby, "/study", "config time:00:00 zone:utc weekdays:every day")
    stage.slack.on("chat.postMessage", Fail("ratelimited", retry_after=300), channel=stage.channel("general"))
    await stage.tomorrow()
    assert any("Question 1" in text(message.blocks) for message in stage.slack.messages(lobby))


def test_a_key_can_be_changed() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Seal([old]).close("xoxb-1")
    assert Seal([new, old]).open(sealed) == "xoxb-1"
    with pytest.raises(InvalidToken):
        Seal([new]).open(sealed)


async def test_a_token_no_key_fits_is_as_good_as_none(over_http: SlackOverHttp) -> None:
    stage = over_http
    other = InstalledWorkspaces(Web(), stage.bot.core.storage, stage.clock, Seal([Fernet.generate_key().decode()]))
    assert await other.find(stage.workspace.id) is None
    assert any("STUDYBOT_SECRET_KEY lacks the key" in error for error in stage.logged.errors)
    stage.logged.errors.clear()


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("secret_key", "`studybot secret-key` makes one."),
        ("slack_client_id", "SLACK_CLIENT_ID"),
        ("slack_client_secret", "SLACK_CLIENT_SECRET"),
        ("slack_signing_secret", "SLACK_SIGNING_SECRET"),
    ],
)
async def test_without_all_it_takes_it_refuses_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str, named: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # a computer of its own
    given = {
        "database_url": f"sqlite:///{tmp_path}/x.db",
        "slack_signing_secret": "s",
        "slack_client_id": "1.2",
        "slack_client_secret": "c",
        "secret_key": Fernet.generate_key().decode(),
    }
    del given[left_out]
    with pytest.raises(Broken, match="lacks") as broken:
        async with bot(Settings.model_validate(given), print, FakeClock(MONDAY), FixedDice(1)):
            pass
    assert named in broken.value.sentence


async def test_an_address_that_is_taken_ends_the_face_with_a_sentence(
    over_http: SlackOverHttp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # a computer of its own
    settings = over_http.settings().model_copy(
        update={"http_bind": over_http.url.removeprefix("http://"), "database_url": f"sqlite:///{tmp_path}/other.db"}
    )
    said: list[str] = []
    async with bot(settings, said.append, FakeClock(MONDAY), FixedDice(1)) as second:
        await second.running[0]
    assert "Stop what listens there, or set STUDYBOT_HTTP_BIND" in said[-1]
    over_http.logged.errors.clear()


async def test_one_workspace_can_be_served_over_http_too(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        home = slack.workspace()
        settings = Settings(
            database_url=f"sqlite:///{tmp_path}/one.db",
            slack_bot_token=slack.bot_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
            http_bind="127.0.0.1:0",
        )
        said: list[str] = []
        async with bot(settings, said.append, FakeClock(MONDAY), FixedDice(1)) as at_work:
            await at_work.faces[0].loops.begun.wait()
            address = said[0].removeprefix("Slack: listening on ").rstrip(".")
            await slack.deliver_to(f"http://{address}/slack/events")
            seen = await home.user("ana").slash(home.channel("general"), "/study", "quiz")
            assert "Practice" in text((await seen.message()).blocks)
            found = await at_work.core.storage.read(lambda uow: uow.communities.find(Platform.SLACK, home.id))
            assert found is None or not found.boards.shown
