"""A mail server that takes its time, so that somebody is always in the middle of sending."""

import asyncio
from typing import Any

from tests.sink import Sink


class SlowSink(Sink):
    """``pause``: seconds a mail takes after it has arrived and before the sender is told so."""

    def __init__(self, pause: float = 0.0) -> None:
        super().__init__()
        self.pause = pause

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> Any:  # noqa: N802 - aiosmtpd's name
        answer = await super().handle_DATA(server, session, envelope)  # type: ignore[no-untyped-call]  # aiosmtpd has no types
        await asyncio.sleep(self.pause)
        return answer
