"""The full-screen game. Imported only when it is played: nothing else in the game knows Textual."""

from __future__ import annotations

from pathlib import Path

__all__ = ["run"]


def run(
    scenes: Path | None = None, saves: Path | None = None, *, watch: bool = False, go_on: bool = False
) -> int:
    """Plays until the player leaves. Returns the exit code: 1 if the story or the saves are at fault.

    `watch`: scenes are taken in as they are edited. `go_on`: Continue is chosen at once.
    """
    from game.tui.app import IghApp

    app = IghApp(scenes, saves, go_on=go_on)
    if watch:
        from game.session.watching import Watch
        from game.tui.watching import Watcher

        app.watcher = Watcher(app, Watch(scenes))
    app.run()
    return app.return_code or 0
