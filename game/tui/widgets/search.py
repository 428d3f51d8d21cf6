"""The search line: type and the list follows. `?` is still help there."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

__all__ = ["SearchLine"]


class SearchLine(Input):
    """A line to type on that leaves the keys of the screen alone."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "question_mark":
            event.stop()
            event.prevent_default()
            await self.app.run_action("screen.help", self.screen)
