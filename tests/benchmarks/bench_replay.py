"""Rewind, load and the map with thirty seasons in the saves, and how they grow.

    python -m tests.benchmarks.bench_replay [--lives 1 10 30] [--rounds 7] [--scenes DIR]

A season of thirteen episodes is written into a temporary folder (or the one in DIR is taken) and played
blindly to its end, life after life, through a session on a real store: memory holds the file while it is
filled, because thousands of flushes would take minutes; then it is copied to a disk, and everything is
measured there. Half of the lives begin anew, the others fork from a place of one before them. Figures are
medians of the rounds, in milliseconds of one process that has the story loaded and its passages compiled.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from game import Story
from game.saves import Store
from game.session import Session
from game.session.atlas import atlas_of
from game.session.compare import compare
from game.session.rows import map_rows
from game.session.share import code_of, read_code
from game.session.skip import skip
from tests.replay.seasons import long_season

LIMIT = 100.0


def main() -> int:
    """Fill, measure, print. 1 if anything with the most lives took more than the limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lives", type=int, nargs="+", default=[1, 10, 30])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scenes", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        story = Story.load(args.scenes or long_season(Path(folder) / "season"))
        tables = {}
        for lives in args.lives:
            saves = Path(folder) / f"saves{lives}"
            nodes = fill(story, saves, lives)
            tables[f"{lives} ({nodes:,})"] = measure(story, saves, args.rounds)
    print(f"{'lives (nodes)':<34}" + "".join(f"{name:>16}" for name in tables))
    names = list(next(iter(tables.values())))
    for name in names:
        print(f"{name:<34}" + "".join(f"{table[name]:>13.1f} ms" for table in tables.values()))
    last = list(tables.values())[-1]
    over = [name for name in names if last[name] > LIMIT]
    print(f"over {LIMIT:.0f} ms: {', '.join(over) or 'nothing'}")
    return 1 if over else 0


def fill(story: Story, saves: Path, lives: int) -> int:
    """Play so many lives into `saves`; returns how many nodes there are."""
    dice = random.Random(lives)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as quick:
        store = Store.open(Path(quick) / "saves")
        session = Session(story, store)
        for life in range(lives):
            if life % 2 == 0:
                session.new()
            else:
                session.rewind(dice.randrange(len(session.transcript)))
            while session.view.ending is None and len(session.transcript) < 1_000:
                play_on(session, dice)
            session.save(f"life {life}")
        count = len(store.tree(story.title))
        store.close()
        shutil.copytree(Path(quick) / "saves", saves)
    return count


def play_on(session: Session, dice: random.Random) -> None:
    """One move by chance; the way out of the hub only when there is nothing else."""
    view = session.view
    if view.board and dice.random() < 0.2:
        for asked in view.questions:
            for theory in asked.theories if asked.standing is None else ():
                needed = session.story.questions[asked.id].theories[theory.id].carried_by
                known = [clues for clues in needed if clues.issubset(asked.pins)]
                if known:
                    session.pin(asked.id, theory.id, dice.choice(known))
                    return
    open_ids = [offer.id for offer in view.choices if offer.locked is None]
    session.choose(dice.choice([name for name in open_ids if name != "sleep"] or open_ids))


def measure(story: Story, saves: Path, rounds: int) -> dict[str, float]:
    """Each figure by name."""
    store = Store.open(saves)
    session = Session(story, store)
    found: dict[str, float] = {}

    def figure(name: str, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> None:
        times = []
        for _ in range(rounds):
            before()
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1000)
        found[name] = statistics.median(times)

    marks = sorted((mark for mark in session.bookmarks() if not mark.auto), key=lambda mark: mark.moves)
    last = marks[-1]
    session.load(last.id)
    moves = session.play.moves

    def load() -> None:
        session.load(last.id)

    figure("load the longest life", load)
    figure("rewind one choice, at its end", lambda: session.rewind(1), load)
    figure("rewind to the beginning", lambda: session.rewind(len(moves)), load)
    load()
    figure("map: read and build", lambda: atlas_of(session))
    atlas = atlas_of(session)
    figure("map: lines, folded", lambda: map_rows(atlas))
    everything = frozenset(atlas.spots)
    figure("map: lines, everything unfolded", lambda: map_rows(atlas, everything, "labels"))
    figure("map: opening it (the first two)", lambda: map_rows(atlas_of(session)))
    figure("map: one episode", lambda: map_rows(atlas, (), "another", story.written[len(story.written) // 2]))
    figure("map: search", lambda: list(atlas.find("take four")))
    nodes = session.nodes
    figure("go to a place in the middle", lambda: session.go(nodes[len(nodes) // 2] or 0), load)
    figure("skip to what is new", lambda: skip(session), session.new)
    other = marks[0].node
    figure("compare two lives", lambda: compare(story, store, last.node, other))
    code = code_of(story, moves)
    figure("make a code", lambda: code_of(story, moves))
    figure("read a code", lambda: read_code(story, code))
    store.close()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
