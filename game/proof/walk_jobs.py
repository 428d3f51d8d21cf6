"""Blocks of plays on several cores, in the order in which they were asked for."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator

from game.story import Story

from .walk_player import Walker
from .walking import Block, walk_block

__all__ = ["blocks_of"]

Task = tuple[int, int, int, bool]

_walker: Walker | None = None


def blocks_of(story: Story, tasks: list[Task], jobs: int) -> Iterator[Block]:
    """Each task's block. One process if there is one job, or one task, or the story stands in no folder."""
    if jobs < 2 or len(tasks) < 2 or not story.folder.is_dir():
        walker = Walker(story)
        for task in tasks:
            yield walk_block(walker, *task)
        return
    # A fork shares the loaded season and starts at once; it is only safe where nothing else is running in
    # this process. Elsewhere each worker is a fresh interpreter and loads the season again.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    if forks:
        global _walker
        _walker = Walker(story)
    with context.Pool(min(jobs, len(tasks)), _begin, (None if forks else str(story.folder),)) as pool:
        yield from pool.imap(_block, tasks)
    _walker = None


def _begin(folder: str | None) -> None:
    global _walker
    if folder is not None:
        _walker = Walker(Story.load(folder))


def _block(task: Task) -> Block:
    assert _walker is not None
    return walk_block(_walker, *task)
