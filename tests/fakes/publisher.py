"""A platform of the tests' own: it records what reaches it, and behaves in each place as a test says."""

from __future__ import annotations

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundId, RoundRef
from bot.ports.publisher import Address, Later, Posted, PostResult, Refused, Seen, Uncertain
from bot.replies.card import Reply
from tests.fakes.clock import FakeClock
from tests.fakes.patience import PATIENCE

K = TypeVar("K")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Take:
    """The message is taken, and that is said."""


@dataclass(frozen=True, slots=True)
class Lose:
    """The line breaks before the answer comes; the message was taken or not."""

    taken: bool


@dataclass(frozen=True, slots=True)
class Fail:
    """Something raises that never should; the message was taken or not."""

    taken: bool = False


class Hang:
    """No answer until released, and then as told. Time-outs cut it off; the message was taken before or not."""

    def __init__(self, then: Behaviour | Seen | None = None, *, taken: bool = False) -> None:
        self.then = then if then is not None else Take()
        self.taken = taken
        self.reached = asyncio.Event()
        self.released = asyncio.Event()

    def release(self) -> None:
        """Let it answer."""
        self.released.set()


Behaviour = Take | Refused | Later | Lose | Fail | Hang


@dataclass(frozen=True, slots=True)
class Post:
    """A message the platform took."""

    place: PlaceRef
    ref: RoundRef | None
    message: MessageRef
    reply: Reply | None
    """None if a process before this one posted it."""

    @property
    def round(self) -> RoundId | None:
        """The number of the round."""
        return self.ref.id if self.ref else None


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit the platform took."""

    place: PlaceRef
    message: MessageRef
    reply: Reply


@dataclass(slots=True)
class _Kept:
    post: Post
    at: timedelta


@dataclass(slots=True)
class Recorded:
    """A record of what reached the platform, and what it took."""

    posts: list[Post] = field(default_factory=list)
    tried: list[RoundId | None] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    edits_tried: list[MessageRef] = field(default_factory=list)
    looked_for: list[RoundId] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    """(community, user, text)"""
    replies_told: list[Reply] = field(default_factory=list)


class RecordingPublisher:
    """Fulfils ``Publisher``.

    ``remembers`` is how long the platform recognises a round posted again, and so how long it is safe to do that.
    ``sees`` says whether our own messages can be looked up.
    """

    def __init__(
        self,
        clock: FakeClock,
        platform: Platform = Platform.DISCORD,
        remembers: timedelta | None = None,
        *,
        sees: bool = False,
    ) -> None:
        self._clock = clock
        self._platform = platform
        self.remembers = remembers
        self.sees = sees
        self.recorded = Recorded()
        self.unreachable: set[str] = set()
        """People who cannot be told anything."""
        self.offline = False
        """Nobody can be told anything just now."""
        self.looks = True
        self._kept: list[_Kept] = []
        self._on_post: dict[PlaceRef, list[Behaviour]] = defaultdict(list)
        self._on_edit: dict[PlaceRef, list[Behaviour]] = defaultdict(list)
        self._on_look: dict[PlaceRef, list[Behaviour | Seen]] = defaultdict(list)
        self._on_tell: dict[str, list[Behaviour]] = defaultdict(list)
        self._something_happened = asyncio.Condition()

    # --- what a test says ---------------------------------------------------------------------------------------

    def on_post(self, place: str, *behaviours: Behaviour) -> None:
        """The next posts in a place go like this; then all are taken again."""
        self._on_post[PlaceRef(place)].extend(behaviours)

    def on_edit(self, place: str, *behaviours: Behaviour) -> None:
        """The next edits in a place go like this; then all are taken again."""
        self._on_edit[PlaceRef(place)].extend(behaviours)

    def forgive_edits(self) -> None:
        """All edits are taken from now on."""
        self._on_edit.clear()

    def on_look_back(self, place: str, *answers: Fail | Hang | Seen) -> None:
        """The next look backs in a place go like this; then they tell what is there, if ``sees``."""
        self._on_look[PlaceRef(place)].extend(answers)

    def on_tell(self, user: str, *behaviours: Fail | Hang) -> None:
        """The next private messages to a person go like this; then they arrive."""
        self._on_tell[user].extend(behaviours)

    # --- what a test asks ---------------------------------------------------------------------------------------

    def posts_in(self, place: str) -> list[Post]:
        """The posts taken in a place."""
        return [post for post in self.recorded.posts if post.place == place]

    def posts_of(self, round: RoundId) -> list[Post]:
        """The posts of a round: never more than one."""
        return [post for post in self.recorded.posts if post.round == round]

    def edits_of(self, message: MessageRef | None) -> list[Edit]:
        return [edit for edit in self.recorded.edits if edit.message == message]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; looked at whenever anything reached the platform."""
        async with asyncio.timeout(PATIENCE), self._something_happened:
            await self._something_happened.wait_for(holds)

    # --- the port -----------------------------------------------------------------------------------------------

    @property
    def platform(self) -> Platform:
        """Which platform this plays."""
        return self._platform

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        """Return whether the platform still recognises the round, by our clock, which is all a real one has."""
        return self.remembers is not None and now - first_attempt < self.remembers

    @property
    def can_look_back(self) -> bool:
        """Return whether looking back can ever tell."""
        return self.looks

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        """The message of a round if it can be seen."""
        self.recorded.looked_for.append(round.id)
        await self._noted()
        answer = _next(self._on_look, address.place)
        if isinstance(answer, Hang):
            answer = await _hung(answer)
        if isinstance(answer, Fail):
            raise RuntimeError("looking back failed")
        if isinstance(answer, Seen):
            return answer
        if not self.sees:
            return Seen.CANNOT_TELL
        found = [post.message for post in self.posts_in(address.place) if post.ref == round]
        return found[0] if found else Seen.ABSENT

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        """Take a post, or not."""
        self.recorded.tried.append(round.id if round else None)
        behaviour: Behaviour | Seen = _next(self._on_post, address.place) or Take()
        message: MessageRef | None = None
        if isinstance(behaviour, Hang):
            if behaviour.taken:
                message = self._take(address.place, reply, round)
            await self._noted()
            behaviour = await _hung(behaviour)
        if message is None and _taken(behaviour):
            message = self._take(address.place, reply, round)
        await self._noted()
        return _answer(behaviour, message or MessageRef("none"))

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> PostResult:
        """Take an edit, or not."""
        self.recorded.edits_tried.append(message)
        behaviour: Behaviour | Seen = _next(self._on_edit, address.place) or Take()
        if isinstance(behaviour, Hang):
            await self._noted()
            behaviour = await _hung(behaviour)
        if _taken(behaviour):
            self.recorded.edits.append(Edit(address.place, message, reply))
        await self._noted()
        return _answer(behaviour, message)

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Tell one person, who may not be reached."""
        behaviour: Behaviour | Seen | None = _next(self._on_tell, user)
        if isinstance(behaviour, Hang):
            await self._noted()
            behaviour = await _hung(behaviour)
        if isinstance(behaviour, Fail):
            raise RuntimeError("telling failed")
        if user in self.unreachable:
            return Refused("They take no private messages.")
        if self.offline:
            return Later(30)
        self.recorded.told.append((address.community, user, text_of(reply)))
        self.recorded.replies_told.append(reply)
        await self._noted()
        return Posted(MessageRef(f"d{len(self.recorded.told)}"))

    # --- the platform's own side --------------------------------------------------------------------------------

    def _take(self, place: PlaceRef, reply: Reply | None, round: RoundRef | None) -> MessageRef:
        if round is not None and self.remembers is not None:
            for kept in self._kept:
                if kept.post.ref == round and self._clock.elapsed - kept.at < self.remembers:
                    return kept.post.message
        post = Post(place, round, MessageRef(f"m{len(self.recorded.posts) + 1}"), reply)
        self._accept(post)
        return post.message

    def _accept(self, post: Post) -> None:
        """The message is in the channel from here on."""
        self.recorded.posts.append(post)
        self._kept.append(_Kept(post, self._clock.elapsed))

    async def _noted(self) -> None:
        async with self._something_happened:
            self._something_happened.notify_all()


class DurablePublisher(RecordingPublisher):
    """Keeps what it took in a file, as a platform does: it is there whatever becomes of the process.

    A platform that remembers at all remembers across our restarts: ``went_by`` is how much time has passed since
    the messages found in the file were taken.
    """

    def __init__(
        self,
        file: Path,
        clock: FakeClock,
        platform: Platform = Platform.DISCORD,
        remembers: timedelta | None = None,
        *,
        sees: bool = False,
        went_by: timedelta = timedelta(),
    ) -> None:
        super().__init__(clock, platform, remembers, sees=sees)
        self._file = file
        for post in read_posts(file):
            self.recorded.posts.append(post)
            self._kept.append(_Kept(post, clock.elapsed - went_by))

    def _accept(self, post: Post) -> None:
        tag = post.ref.tag if post.ref else None
        line = json.dumps({"place": post.place, "round": post.round, "tag": tag, "message": post.message})
        append(self._file, line)
        super()._accept(post)


def append(file: Path, line: str) -> None:
    """Add a line to a file and wait until it is on the disk."""
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n")
        opened.flush()
        os.fsync(opened.fileno())


def read_posts(file: Path) -> list[Post]:
    """Read the posts a durable platform took."""
    if not file.exists():
        return []
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Post(PlaceRef(row["place"]), _ref(row), MessageRef(row["message"]), None) for row in rows]


def _ref(row: dict[str, Any]) -> RoundRef | None:
    return None if row["round"] is None else RoundRef(RoundId(row["round"]), row["tag"])


def text_of(reply: Reply) -> str:
    """Everything a reply says, for looking into it."""
    return str(reply.as_card())


def _next(script: dict[K, list[B]], key: K) -> B | None:
    waiting = script.get(key)
    return waiting.pop(0) if waiting else None


async def _hung(hang: Hang) -> Behaviour | Seen:
    """Wait for the release; return what comes then."""
    hang.reached.set()
    await hang.released.wait()
    return hang.then


def _taken(behaviour: Behaviour | Seen) -> bool:
    return behaviour.taken if isinstance(behaviour, (Lose, Fail)) else isinstance(behaviour, Take)


def _answer(behaviour: Behaviour | Seen, message: MessageRef) -> PostResult:
    match behaviour:
        case Take():
            return Posted(message)
        case Lose():
            return Uncertain()
        case Refused() | Later():
            return behaviour
        case Fail():
            raise RuntimeError("the publisher is broken")
        case Hang() | Seen():
            raise AssertionError(f"no post and no edit goes like this: {behaviour}")
