"""A PostgreSQL server's refusal for good is told from what may pass: a supervisor must not try for ever."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.ports.storage import StorageFault
from bot.storage.faults import CannotOpen, NotLetIn, fault_of
from bot.storage.storage import Storage
from tests.cli.running import studybot
from tests.storage.conftest import MIGRATIONS, NOW, ON_POSTGRES, on_server

PERSON = 3
TO = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: '


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "bot"', "does not accept the user or the password"),
        ('FATAL:  Peer authentication failed for user "bot"', "does not accept the user or the password"),
        ("fe_sendauth: no password supplied", "does not accept the user or the password"),
        ('FATAL:  database "nosuch" does not exist', "has no such database"),
        ('FATAL:  role "bot" does not exist', "does not let this user in"),
        ('FATAL:  role "bot" is not permitted to log in', "does not let this user in"),
        ('FATAL:  permission denied for database "study"', "does not let this user in"),
        (
            'FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "bot", database "study", no encryption',
            "lets nobody in from here",
        ),
        ("server does not support SSL, but SSL was required", "do not agree on TLS"),
        ('root certificate file "/nosuch.pem" does not exist', "do not agree on TLS"),
        ("SSL error: certificate verify failed", "do not agree on TLS"),
        ('FATAL:  unrecognized configuration parameter "nosuch"', "An option"),
    ],
)
def test_what_is_refused_for_good(said: str, told: str) -> None:
    fault = fault_of(psycopg.OperationalError(f"{TO}{said}"), "postgresql://bot@127.0.0.1/study")
    assert isinstance(fault, NotLetIn)
    assert fault.needs_person
    assert told in fault.sentence


@pytest.mark.parametrize(
    "said",
    [
        f"{TO}Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
        f"{TO}timeout expired",
        f"{TO}server closed the connection unexpectedly",
        "failed to resolve host 'db': [Errno -3] Temporary failure in name resolution",
        "failed to resolve host 'db': [Errno -2] Name or service not known",
        "consuming input failed: SSL connection has been closed unexpectedly",
        "consuming input failed: SSL SYSCALL error: EOF detected",
    ],
)
def test_what_may_pass(said: str) -> None:
    fault = fault_of(psycopg.OperationalError(said), "postgresql://bot@127.0.0.1/study")
    assert isinstance(fault, CannotOpen)
    assert not fault.needs_person
    assert "could not be reached" in fault.sentence


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        ("FATAL", "the database system is starting up"),
        ("FATAL", "the database system is shutting down"),
        ("FATAL", "sorry, too many clients already"),
        ("FATAL", "remaining connection slots are reserved"),
        ("FATAL", "Passwort-Authentifizierung für Benutzer »bot« fehlgeschlagen"),
        ("FATAL", "Datenbank »study« existiert nicht"),
        ("FATAL", "no existe la base de datos «study»"),
        ("FATAL", "le rôle « bot » n'existe pas"),
        ("FATALE", 'autenticazione con password fallita per l\'utente "bot"'),
        ("FATALT", 'databasen "study" existerar inte'),
        ("ВАЖНО", 'пользователь "bot" не прошёл проверку подлинности (по паролю)'),
        ("致命错误", '数据库 "study" 不存在'),
        ("치명적오류", '"study" 데이터베이스 없음'),
    ],
)
def test_a_server_that_answers_in_words_we_do_not_know_is_quoted(severity: str, words: str) -> None:
    """It was reached, and whether it lets us in next time nobody can tell: such an answer has no code."""
    fault = fault_of(psycopg.OperationalError(f"{TO}{severity}:  {words}"), "postgresql://bot@127.0.0.1/study")
    assert isinstance(fault, CannotOpen)
    assert not fault.needs_person
    assert "could not be reached" not in fault.sentence
    assert f"It says: {words}. If that is about" in fault.sentence


def options(url: str, given: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{given}"


def as_user(url: str, name: str) -> str:
    return sa.make_url(url).set(username=name).render_as_string(hide_password=False)


@ON_POSTGRES
def test_a_real_server_is_understood_and_run_ends_with_3(postgres_server: str, tmp_path: Path) -> None:
    refused = {
        on_server(postgres_server, "no_such_database"): "has no such database",
        as_user(postgres_server, "no_such_role"): "does not let this user in",
        options(postgres_server, "sslmode=sometimes"): "An option",
        options(postgres_server, "sslmod=require"): "An option",
        options(postgres_server, "connect_timeout=soon"): "An option",
    }
    for url, told in refused.items():
        with pytest.raises(StorageFault) as met:
            Storage(url, MIGRATIONS).open(NOW)
        assert told in met.value.sentence
        assert met.value.needs_person
    given = {"DISCORD_TOKEN": "MQ.any.token", "DISCORD_API_URL": "http://127.0.0.1:1/api"}
    ended = studybot(tmp_path, "run", STUDYBOT_DATABASE_URL=next(iter(refused)), **given)
    assert ended.returncode == PERSON, ended.stderr
    assert "has no such database" in ended.stderr
    assert "Traceback" not in ended.stderr
