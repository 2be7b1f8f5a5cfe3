"""First answers, without asking for the message back.

The library asks Discord for every message it answers with and makes objects of all its components, a quarter of the
work of an answer; nothing here looks at them.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import aiohttp
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context


class NothingBack(AsyncWebhookAdapter):
    """Sends as the library does, but for what it wants to hear after a first answer."""

    def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> Coroutine[Any, Any, Any]:
        """Answer, and hear only that it was taken."""
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction_id,
            webhook_token=token,
        )

        async def answered() -> dict[str, Any]:
            await self.request(
                route,
                session=session,
                proxy=proxy,
                proxy_auth=proxy_auth,
                payload=params.payload,
                multipart=params.multipart,
                files=params.files,
            )
            return {"interaction": {"id": interaction_id}}

        return answered()


_NOTHING_BACK = NothingBack()  # type: ignore[no-untyped-call]


def nothing_back() -> None:
    """From here on, in this task, first answers bring nothing back."""
    async_context.set(_NOTHING_BACK)
