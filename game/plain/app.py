"""The plain game from its first line to its last.

It is the game for whoever reads with their ears, through a pipe, or in a test: the same story and the same
saves as the full-screen one, in lines that are only ever added.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from game.saves import Store
from game.session import Session
from game.session.watching import EVERY, Watch
from game.story import Story

from .commands import answer
from .console import Console
from .game import Game

__all__ = ["play", "run"]


def run(
    scenes: Path | None,
    saves: Path | None,
    new: bool = False,
    *,
    watch: bool = False,
    preview: str | None = None,
) -> int:
    """Play on this process's own streams. Returns the exit code; raises StoryError and SavesError.

    For the others see `play`.
    """
    watcher = Watch(scenes) if watch else None
    story = Story.load(scenes)
    store = Store.open(saves)
    try:
        session = Session(story, store)
        return play(session, sys.stdin, sys.stdout, new=new, watch=watcher, preview=preview)
    finally:
        store.close()


def play(
    session: Session,
    stdin: TextIO,
    stdout: TextIO,
    *,
    new: bool = False,
    watch: Watch | None = None,
    preview: str | None = None,
) -> int:
    """Play on these streams until the player leaves, the input ends, or nobody reads any more.

    `watch` brings the story up to date. `preview` says where a play on saves that are thrown away begins.
    Returns 0, or 1 if something that was played could not be saved.
    """
    for stream in (stdin, stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # strange bytes in, a narrow encoding out: never a traceback
    game = Game(session, Console(stdin, stdout), watch)
    try:
        _play(game, new, preview)
    except KeyboardInterrupt:
        game.say("")
    except BrokenPipeError:
        _swallow(stdout)
        return 1 if session.trouble else 0
    return _leave(game, preview)


def _play(game: Game, new: bool, preview: str | None) -> None:
    game.apply_settings()
    game.say(game.story.title)
    resumed = None if new else game.session.resume()
    if resumed is None:
        game.say("", "`help` lists the words you can type; a number makes a choice.")
        game.begin()
    else:
        game.say("", f"{preview or 'You are where you left off.'} `help` lists the words you can type.")
        game.tell()
        game.show_here()
    game.tell()
    while not game.over:
        game.look()
        line = game.console.ask(game.look if game.watch is not None else None, EVERY)
        if line is None:
            return
        answer(game, line)


def _leave(game: Game, preview: str | None) -> int:
    trouble = game.session.trouble
    try:
        game.tell()
        if trouble:
            game.say("", f"What you played last could not be saved. {trouble}")
        elif preview is not None:
            game.say("", "Nothing of this is kept, and your own saves are as they were.")
        elif game.session.store.temporary:
            game.say("", f"Your place is kept in a temporary copy only: {game.session.store.folder}")
        else:
            game.say("", "Your place is kept.")
    except (BrokenPipeError, KeyboardInterrupt):
        _swallow(sys.stdout)
    return 1 if trouble else 0


def _swallow(stdout: TextIO) -> None:
    """Point a pipe that nobody reads at nothing, so that closing it at exit is quiet."""
    if stdout is sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
