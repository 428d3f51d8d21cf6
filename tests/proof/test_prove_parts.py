"""The parts of the proof against each other, and against the engine."""

from __future__ import annotations

import itertools
import random
import time
from pathlib import Path

import pytest

from game.engine import Play, ReplayError
from game.proof.prove import prove
from game.proof.prove_build import build_graph
from game.proof.prove_live import Liveness
from game.proof.prove_regions import with_regions
from game.proof.symbolic_diagrams import Diagrams, make_diagrams
from game.proof.symbolic_limits import Limits, TooMuch
from game.proof.symbolic_may import May
from game.proof.symbolic_space import Space
from game.proof.witness import UnknownTarget, witness, witness_to
from game.proof.witness_code import Machine
from game.proof.witness_cover import Tracer
from game.proof.witness_files import moves_to, read_witnesses, write_witnesses
from game.proof.witness_moves import moves_of
from game.proof.witness_walk import Walker
from game.story import Story

HERE = Path(__file__).parent
STORED = HERE.parent / "witnesses"


def limits() -> Limits:
    return Limits(1_000_000, time.monotonic() + 60)


class TestDiagrams:
    """The three backends are the same to whoever uses them."""

    def random(self, dd: Diagrams, seed: int) -> list[bool]:
        """A sequence of operations, and what each result is on all 64 states."""
        chance = random.Random(seed)
        known = [dd.bit(n) for n in range(6)]
        table = []
        for _ in range(60):
            one, other, third = (chance.choice(known) for _ in range(3))
            kind = chance.randrange(6)
            bit, up = chance.randrange(6), chance.random() < 0.5
            known.append(
                [
                    lambda a, b, c, n, v: dd.both(a, b),
                    lambda a, b, c, n, v: dd.either(a, b),
                    lambda a, b, c, n, v: dd.negate(a),
                    lambda a, b, c, n, v: dd.pick(a, b, c),
                    lambda a, b, c, n, v: dd.fix(a, {n: v}),
                    lambda a, b, c, n, v: dd.forget(a, [n]),
                ][kind](one, other, third, bit, up)
            )
            for values in itertools.product((False, True), repeat=6):
                table.append(bool(dd.fix(known[-1], dict(enumerate(values))) == dd.true))
        return table

    @pytest.mark.parametrize("seed", range(4))
    def test_agree(self, seed: int) -> None:
        plain = self.random(make_diagrams(6, limits(), "plain"), seed)
        for backend in ("cudd", "autoref"):
            pytest.importorskip(f"dd.{backend}")
            assert self.random(make_diagrams(6, limits(), backend), seed) == plain

    def test_some_is_in_the_set(self) -> None:
        dd = make_diagrams(4, limits(), "plain")
        states = dd.both(dd.bit(1), dd.negate(dd.bit(3)))
        assert dd.fix(states, dd.some(states)) == dd.true

    def test_plain_ones_may_be_as_deep_as_a_season(self) -> None:
        """A chain through three thousand bits is no deeper than Python lets calls go."""
        dd, many = make_diagrams(3_000, limits(), "plain"), dict.fromkeys(range(3_000), True)
        chain = dd.true
        for bit in reversed(many):
            chain = dd.both(dd.bit(bit), chain)
        assert dd.fix(dd.negate(dd.negate(chain)), many) == dd.true

    def test_limits(self) -> None:
        with pytest.raises(TooMuch, match="nodes"):
            Limits(10, time.monotonic() + 60).check(11)
        with pytest.raises(TooMuch, match="time"):
            Limits(10, time.monotonic() - 1).check(1)


class TestAgainstTheEngine:
    """The graph means what the engine does."""

    def plays(self, story: Story) -> list[tuple[str, ...]]:
        walker = Walker(build_graph(story), 7)
        walker.walk(1)
        return [tuple(moves_of(found.path)) for found in walker.found.values()]

    def test_every_walk_replays_and_stands_where_it_thinks(self, small: Story) -> None:
        graph = build_graph(small)
        walker = Walker(graph, 3)
        walker.walk(0.5)
        for nodes in walker.kept.values():
            for node in nodes:
                play = Play.replay(small, moves_of(node.path))
                assert play.view.passage == graph.spots[node.spot].passage
                assert list(play.state.values) == node.state
                assert [o.id for o in play.view.choices if o.locked is None] == [
                    graph.spots[node.spot].moves[n].id for n in node.moves
                ]

    def test_may_has_every_state_of_every_walk(self, season: Story) -> None:
        """On the season itself: the promise the whole proof stands on."""
        graph = build_graph(season)
        space = Space(with_regions(graph), limits())
        may = May(space, Liveness(space.graph), [], graph.alarms())
        space.limits.deadline = time.monotonic() + 200
        may.run()
        walker = Walker(graph, 5)
        walker.walk(2)
        machine = Machine(graph)
        for spot, nodes in walker.kept.items():
            for node in nodes:
                assert space.contains(may.at(spot), machine.reader(spot, node.state)), graph.spots[
                    spot
                ].passage


class TestMoves:
    """Moves as they are written down: refused where the engine refuses them."""

    @pytest.mark.parametrize(
        "moves",
        [
            ["start/lift"],
            ["nothing"],
            ["board/who=two:bill"],
            ["board/nobody=two:bill"],
            ["go", "board/who=two:bill"],
            ["bar", "board/who=two:print"],
            ["bar", "board/who=one:bill"],
            ["bar", "board/who="],
            ["bar", "board/who=two:bill", "board/who=two:bill"],
        ],
    )
    def test_what_is_not_open(self, moves: list[str]) -> None:
        story = Story.load(HERE / "sound" / "fair_leads")
        with pytest.raises(ReplayError):
            Play.replay(story, moves)
        with pytest.raises(ValueError, match=r"open|pinned|already"):
            Tracer(build_graph(story)).met(moves)

    def test_what_is_open(self) -> None:
        story = Story.load(HERE / "sound" / "fair_leads")
        moves = ["bar", "board/who=two:bill", "board/who="]
        Play.replay(story, moves)
        met = [key for keys in Tracer(build_graph(story)).met(moves) for key in keys]
        assert "theory:who=two" in met
        assert "learn:e01.room.bar=bill" in met


class TestWitness:
    """`witness` and `witness_to`."""

    def test_ends_where_the_passage_was_read(self, small: Story) -> None:
        moves = witness_to(small, "e01.office.rita")
        assert Play.replay(small, moves).view.passage == "e01.office.rita"

    def test_the_first_page_takes_no_moves(self, small: Story) -> None:
        assert witness_to(small, "e01.door.start") == []

    def test_nothing_leads_there(self, small: Story) -> None:
        assert witness(small, "choice:e01.door.start/lift", seconds=4) is None

    def test_no_such_passage(self, small: Story) -> None:
        with pytest.raises(UnknownTarget, match=r"e01\.office\.rita"):
            witness_to(small, "e01.office.ritta")


class TestFiles:
    """Witnesses on disk."""

    def test_what_is_written_shows_what_it_says(self, tmp_path: Path) -> None:
        story = Story.load(HERE / "sound" / "two_episodes")
        proof = prove(story, seconds=10)
        write_witnesses(story, proof.witnesses, tmp_path)
        pieces = read_witnesses(tmp_path)
        assert {key for piece in pieces.values() for key in piece.shows} == set(proof.witnesses)
        tracer = Tracer(build_graph(story))
        for piece in pieces.values():
            met = {key for keys in tracer.met(moves_to(pieces, piece)) for key in keys}
            assert set(piece.shows) <= met

    def test_the_stored_ones_replay(self, season: Story) -> None:
        """`igh prove --write-witnesses` writes them again after an edit."""
        pieces = read_witnesses(STORED)
        tracer = Tracer(build_graph(season))
        wrong = []
        for piece in pieces.values():
            try:
                met = {key for keys in tracer.met(moves_to(pieces, piece)) for key in keys}
            except (ValueError, StopIteration) as problem:
                wrong.append(f"{piece.id}: {problem}")
            else:
                wrong += [f"{piece.id} no longer shows {key}" for key in piece.shows if key not in met]
        assert wrong == []
