"""Makes kept saves, or says what has become of those there are.

    python tests/corpus/make.py LABEL [--lives 8] [--seed 1] [--scenes DIR]
    python tests/corpus/make.py --report [--scenes DIR]

The lives are played blindly through a session on a real store, some of them with choices taken back, and
exported as a player would. A file that is there is never written again: a kept save is only worth something
as it was made.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from game import Story  # noqa: E402  (the checkout, whatever the working directory)
from game.saves import Store  # noqa: E402
from game.session import Session  # noqa: E402
from tests.replay.verdicts import verdict  # noqa: E402


def main() -> int:
    """Make, or report. 1 if a kept save is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("label", nargs="?")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--lives", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=Path)
    args = parser.parse_args()
    if args.report == bool(args.label):
        parser.error("either a label or --report")
    story = Story.load(args.scenes)
    return report(story) if args.report else make(story, args.label, args.lives, args.seed)


def make(story: Story, label: str, lives: int, seed: int) -> int:
    """Write LABEL-1.yaml and so on, each a life of another length."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        for number in range(1, lives + 1):
            path = HERE / f"{label}-{number}.yaml"
            if path.exists():
                print(f"{path.name} is there already, and stays as it is")
                continue
            session = Session(story, store)
            play(session, random.Random(seed * 1000 + number), number / lives)
            mark = session.save(f"{label} {number}")
            path.write_text(store.export(mark), "utf-8")
            print(f"{path.name}: {mark.moves} choices, {mark.episode}, {mark.place}")
        store.close()
    return 0


def play(session: Session, dice: random.Random, part: float) -> None:
    """A life that stops after about `part` of what one takes to its end."""
    session.new()
    most = int(60 * part * max(1, len(session.story.written)))
    while session.view.ending is None and len(session.transcript) <= most:
        if dice.random() < 0.05:
            session.rewind(dice.randrange(1, 4))
        view = session.view
        carried = [(asked, theory) for asked in view.questions for theory in asked.theories if theory.carried]
        if view.board and carried and dice.random() < 0.5:
            asked, theory = dice.choice(carried)
            if asked.standing != theory.id:
                session.pin(asked.id, theory.id, asked.pins)
                continue
        open_ids = [offer.id for offer in view.choices if offer.locked is None]
        if not open_ids:
            return
        session.choose(dice.choice(open_ids))


def report(story: Story) -> int:
    """A line for each kept save."""
    broken = 0
    for path in sorted(HERE.glob("*.yaml")):
        with tempfile.TemporaryDirectory() as folder:
            found = verdict(story, path.read_text("utf-8"), Path(folder) / "saves")
        broken += found.kind == "broken"
        print(f"{path.name}: {found.kind}{f' ({found.why})' if found.why else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
