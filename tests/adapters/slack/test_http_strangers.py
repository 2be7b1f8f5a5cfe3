"""HTTP mode and strangers: whatever bytes arrive are refused, in time, with a line in the log now and then."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import random
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from bot.adapters.slack.http_mode import OnceAMinute, refusals, server_log
from tests.contract.slack_stage import SlackOverHttp
from tests.fakes.loop_time import LoopTime, turns
from tests.fakes.patience import PATIENCE
from tests.fakes.slack.signature import sign

EVENT = b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_uninstalled"}}'
JSON = b"application/json"
FORM = b"application/x-www-form-urlencoded"

Headers = list[tuple[bytes, bytes]]


def request(headers: Headers, body: bytes = b"", line: bytes = b"POST /slack/events HTTP/1.1") -> bytes:
    """The bytes of a request."""
    return b"\r\n".join([line, b"Host: x", *(name + b": " + value for name, value in headers), b"", body])


def signed(stage: SlackOverHttp, body: bytes, content_type: bytes = JSON, **replaced: bytes | list[bytes]) -> bytes:
    """A request as Slack would send it, with headers replaced, doubled or left out."""
    now = int(time.time())
    headers: dict[str, bytes | list[bytes]] = {
        "content_type": content_type,
        "content_length": str(len(body)).encode(),
        "x_slack_request_timestamp": str(now).encode(),
        "x_slack_signature": sign(stage.slack.signing_secret, now, body).encode(),
        **replaced,
    }
    flat: Headers = []
    for name, values in headers.items():
        for value in values if isinstance(values, list) else [values]:
            flat.append((name.replace("_", "-").encode(), value))
    return request(flat, body)


async def answer(stage: SlackOverHttp, sent: bytes) -> int:
    """The status a request is answered with; 0 if the connection is closed without one."""
    host, _, port = stage.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        with contextlib.suppress(ConnectionError):
            writer.write(sent)
            await writer.drain()
            head = await reader.readline()
            return int(head.split()[1]) if head else 0
        return 0
    finally:
        writer.close()


def odd_values(value: bytes) -> Iterator[bytes | list[bytes]]:
    """Other values a header may carry."""
    yield b""
    yield []
    yield [value, value]
    yield [value, b"x"]
    yield b"\xff\xfe" + value
    yield value + "é".encode()
    yield "v0=ü".encode("latin-1")
    yield value + b"\x00"
    yield value + b" " + value
    yield value + b"," + value
    yield "١٢٣".encode()  # digits, and yet no number Slack sends
    yield b"-" + value
    yield b"+" + value
    yield b"9" * 5000
    yield b"v0=" + b"0" * 7000
    yield b"x" * 20_000
    yield b"1e9"
    yield b"0x10"
    yield b"nan"


@pytest.mark.parametrize("header", ["x_slack_signature", "x_slack_request_timestamp"])
async def test_a_header_slack_would_not_sign_with_is_refused(
    over_http: SlackOverHttp, header: str, caplog: pytest.LogCaptureFixture
) -> None:
    now = str(int(time.time())).encode()
    good = now if header.endswith("timestamp") else sign(over_http.slack.signing_secret, int(now), EVENT).encode()
    for value in odd_values(good):
        replaced: dict[str, Any] = {header: value}
        status = await answer(over_http, signed(over_http, EVENT, **replaced))
        assert status in (400, 401), (status, value)
    assert "Traceback" not in caplog.text
    assert "Question 2" in await over_http.tomorrow(), "nothing was believed"


async def test_other_headers_never_break_anything(over_http: SlackOverHttp) -> None:
    for name, good in (
        ("content_type", JSON),
        ("content_length", str(len(EVENT)).encode()),
        ("content_encoding", b"identity"),
        ("transfer_encoding", b"chunked"),
        ("cookie", b"slack-app-oauth-state=x"),
        ("expect", b"100-continue"),
        ("x_slack_retry_num", b"1"),
    ):
        for value in odd_values(good):
            replaced: dict[str, Any] = {name: value}
            status = await answer(over_http, signed(over_http, b"{}", **replaced))
            assert status < 500, (status, name, value)
    for encoding in (b"gzip", b"deflate", b"br", b"zstd", b"nonsense"):
        for body in (b"{}", gzip.compress(b"{}"), gzip.compress(b" " * 3_000_000), b"\x1f\x8b\x08"):
            status = await answer(over_http, signed(over_http, body, content_encoding=encoding))
            assert 400 <= status < 500 or status == 200, (status, encoding)
    for charset in (b"nonsense", b"utf-16", b'"', b"\xff"):
        for line in (b"GET /slack/install HTTP/1.1", b"GET /slack/oauth_redirect?code=x&state=y HTTP/1.1"):
            headers = [(b"Content-Type", b"text/plain; charset=" + charset), (b"Content-Length", b"2")]
            status = await answer(over_http, request(headers, b"\xff\xfe", line))
            assert status < 500, (status, charset, line)


def random_json(dice: random.Random, depth: int = 3) -> Any:
    keys = [
        "type",
        "event",
        "user",
        "team",
        "view",
        "actions",
        "authorizations",
        "channel",
        "command",
        "id",
        "enterprise",
    ]
    values: list[Any] = [
        None,
        0,
        -1,
        "",
        "x",
        "block_actions",
        "event_callback",
        "view_submission",
        True,
        [],
        {},
        1.5,
        "\ud800",
    ]
    kind = dice.random()
    if depth == 0 or kind < 0.4:
        return dice.choice(values)
    if kind < 0.6:
        return [random_json(dice, depth - 1) for _ in range(dice.randrange(3))]
    return {dice.choice(keys): random_json(dice, depth - 1) for _ in range(dice.randrange(6))}


async def test_bodies_of_any_shape_are_refused_or_acknowledged(over_http: SlackOverHttp) -> None:
    """Signed, but no JSON or JSON of another shape than Slack's: 200, 400 or 415, and never a fault of ours."""
    dice = random.Random(10)
    bodies: list[tuple[bytes, bytes]] = []
    for _ in range(150):
        shaped = json.dumps(random_json(dice)).encode()
        bodies += [(shaped, JSON), (urlencode({"payload": shaped}).encode(), FORM)]
    for _ in range(50):
        cut = dice.randrange(len(EVENT))
        bodies += [(EVENT[:cut], JSON), (bytes(dice.randrange(256) for _ in range(30)), dice.choice([JSON, FORM]))]
    bodies += [
        (b"[" * 100_000, JSON),
        (b'{"a":' * 100_000, JSON),
        (b"payload=" + quote("[" * 100_000).encode(), FORM),
        (b"1" * 5000, JSON),
        (b'{"type": ' + b"9" * 5000 + b"}", JSON),
        (b"payload=%ff%fe", FORM),
        (b"payload=%00", FORM),
        (b"payload={}&payload=[]", FORM),
        (b"&" * 1000, FORM),
        (b"ssl_check=1&payload={}", FORM),
        (EVENT, b"application/json; charset=utf-16"),
        (EVENT, b"application/json;;;"),
        (EVENT, b"APPLICATION/JSON"),
        (EVENT, b"/"),
        (b"NaN", JSON),
        (b'{"type": NaN}', JSON),
    ]
    for body, content_type in bodies:
        status = await answer(over_http, signed(over_http, body, content_type))
        assert status in (200, 400, 401, 415), (status, body[:200], content_type)
    assert "Practice" in (await over_http.say("ana", "/quiz")).text
    over_http.logged.errors.clear()


async def test_bytes_that_are_no_request_are_refused(
    over_http: SlackOverHttp, caplog: pytest.LogCaptureFixture
) -> None:
    dice = random.Random(11)
    whole = signed(over_http, EVENT)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(whole.index(b"\r\n\r\n"))] = dice.randrange(256)
        status = await asyncio.wait_for(answer(over_http, bytes(broken) + b"\r\n\r\n"), PATIENCE)
        assert status < 500, (status, bytes(broken))
    assert "Traceback" not in caplog.text


# --- requests that never come whole ---------------------------------------------------------------------------------


async def closed(reader: asyncio.StreamReader) -> bytes:
    """Read until the connection is closed; fail if it stays open."""
    async with asyncio.timeout_at(asyncio.get_running_loop().time() + 20):
        return await reader.read()


@pytest.mark.parametrize("sent", ["nothing", "half a head", "no body", "half a body", "no chunk", "half a chunk"])
async def test_a_request_that_never_comes_whole_is_given_up_after_five_seconds(
    over_http: SlackOverHttp, hurry: LoopTime, sent: str
) -> None:
    whole = signed(over_http, EVENT)
    head = whole.index(b"\r\n\r\n") + 4
    chunked = signed(over_http, EVENT, transfer_encoding=b"chunked", content_length=[])
    begun = {
        "nothing": b"",
        "half a head": whole[:60],
        "no body": whole[:head],
        "half a body": whole[: head + 20],
        "no chunk": chunked[: chunked.index(b"\r\n\r\n") + 4],
        "half a chunk": chunked[: chunked.index(b"\r\n\r\n") + 4] + b"53\r\n{",
    }[sent]
    host, _, port = over_http.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(begun)
    await writer.drain()
    hurry.stop()
    await turns()
    reading = asyncio.create_task(reader.readline())
    hurry.by(4.9)
    for byte in whole[len(begun) : len(begun) + 3] if sent == "half a head" else b"":
        writer.write(bytes([byte]))  # a byte now and then is no request either
        await writer.drain()
    await turns()
    assert not reading.done(), "it is waited for"
    hurry.by(0.2)
    await hurry.until(reading.done, "the end of waiting for it")
    refused = begun and sent != "half a head"
    assert reading.result()[:12] == (b"HTTP/1.1 408" if refused else b"")
    hurry.by(2.1)
    hurry.go_on()
    await closed(reader)
    writer.close()
    assert "Practice" in (await over_http.say("ana", "/quiz")).text


async def test_a_connection_carries_one_request(over_http: SlackOverHttp) -> None:
    """A proxy that keeps connections could otherwise send a command down one that is just given up."""
    host, _, port = over_http.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(signed(over_http, b"{}"))
    assert (await closed(reader)).startswith(b"HTTP/1.1 200")
    writer.close()


# --- the log --------------------------------------------------------------------------------------------------------


async def test_a_flood_of_refusals_is_one_line_a_minute(
    over_http: SlackOverHttp, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    for logger in (refusals, server_log):
        (limit,) = logger.filters
        assert isinstance(limit, OnceAMinute)
        monkeypatch.setattr(limit, "_seconds", lambda: now)
        monkeypatch.setattr(limit, "_last", None)
        monkeypatch.setattr(limit, "_held", 0)
    forged = signed(over_http, EVENT, x_slack_signature=b"v0=" + b"0" * 64)
    for _ in range(20):
        assert await answer(over_http, forged) == 401
        assert await answer(over_http, request([(b"bad header", b"x")])) == 400
    assert sorted(record.name.rpartition(".")[2] for record in caplog.records) == ["refusals", "server"]
    assert "a request was refused with 401: invalid signature" in caplog.text
    caplog.clear()
    now += 59
    await answer(over_http, forged)
    assert caplog.records == []
    now += 1
    await answer(over_http, forged)
    assert caplog.messages == ["a request was refused with 401: invalid signature (20 more since the last such line)"]
    assert caplog.records[0].levelname == "WARNING"
