"""The full-screen game. Imported only when it is played: nothing else in the game knows Textual."""

from __future__ import annotations

from pathlib import Path

__all__ = ["run"]


def run(scenes: Path | None = None, saves: Path | None = None) -> int:
    """Plays until the player leaves. Returns the exit code: 1 if the story or the saves are at fault."""
    from game.tui.app import IghApp

    app = IghApp(scenes, saves)
    app.run()
    return app.return_code or 0
