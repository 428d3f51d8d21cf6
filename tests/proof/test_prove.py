"""`prove` on small stories: each broken one is caught, by the right list, with moves that lead there."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from game.cli import main
from game.engine import Play, ReplayError
from game.proof.prove import prove
from game.proof.prove_model import Proof
from game.proof.prove_never import Never
from game.proof.symbolic_limits import TooMuch
from game.proof.witness_files import read_witnesses
from game.story import Story

HERE = Path(__file__).parent
BROKEN, SOUND = HERE / "broken", HERE / "sound"
LISTS = ("stuck", "unending", "unfair", "unreached", "bounded")

WRONG = {
    "stuck_under_flags": ("stuck", "passage:e01.room.shaft"),
    "loop_without_exit": ("unending", "passage:e01.room.bench"),
    "contradicted_ending": ("unreached", "ending:north"),
    "unfair_leads": ("unfair", "question:who"),
    "dead_greets": ("stuck", "dead:e01.room.door:lem"),
    "impossible_flag": ("unreached", "passage:e01.room.blue"),
    "expects_fails": ("stuck", "expects:e01.room.clerk"),
    "goes_round": ("stuck", "passage:e01.room.left"),
    "ten_open": ("stuck", "passage:e01.room.panel"),
    "late_effect": ("stuck", "passage:e02.home.door"),
    "false_invariant": ("stuck", "invariant:e01"),
    "dead_divert": ("unreached", "way:e01.room.cellar>e01.room.yard"),
    "known_clue": ("unreached", "learn:e01.room.start/look=print"),
}
WAYS = [
    pytest.param(2.0, None, id="walks"),
    pytest.param(0.0, None, id="diagrams"),
    pytest.param(0.0, "plain", id="plain"),
]


def claims(proof: Proof, name: str) -> dict[str, tuple[str, ...] | None]:
    """The claims of one list: what, and the moves."""
    return {claim.what: claim.moves for claim in getattr(proof, name)}


class TestBroken:
    """A story that is broken in one way."""

    @pytest.mark.parametrize(("walks", "backend"), WAYS)
    @pytest.mark.parametrize("name", WRONG)
    def test_is_caught_by_the_right_list(self, name: str, walks: float, backend: str | None) -> None:
        """With walks and without them, with CUDD and in plain Python."""
        expected, what = WRONG[name]
        proof = prove(Story.load(BROKEN / name), seconds=20, walks=walks, backend=backend)
        assert not proof.proved
        assert what in claims(proof, expected)
        assert {each for each in LISTS if claims(proof, each)} == {expected}

    def test_covers_every_folder(self) -> None:
        """Nothing lies in `broken` that is not asserted."""
        assert {path.name for path in BROKEN.iterdir()} == set(WRONG)


@pytest.mark.parametrize(("walks", "backend"), WAYS)
class TestCounterExample:
    """The moves of a claim replay, in the engine, to the place it names."""

    def view(self, name: str, walks: float, backend: str | None) -> Play:
        story = Story.load(BROKEN / name)
        listed, what = WRONG[name]
        moves = claims(prove(story, seconds=20, walks=walks, backend=backend), listed)[what]
        assert moves is not None
        return Play.replay(story, moves)

    def test_stuck(self, walks: float, backend: str | None) -> None:
        play = self.view("stuck_under_flags", walks, backend)
        assert play.view.passage == "e01.room.shaft"
        assert play.view.stuck

    def test_stuck_an_episode_later(self, walks: float, backend: str | None) -> None:
        play = self.view("late_effect", walks, backend)
        assert play.view.passage == "e02.home.door"
        assert play.view.stuck

    def test_unending(self, walks: float, backend: str | None) -> None:
        play = self.view("loop_without_exit", walks, backend)
        assert play.view.passage == "e01.room.bench"
        for _ in range(4):
            play.choose("sit")
            play.choose("back")
        assert play.view.ending is None

    def test_the_dead(self, walks: float, backend: str | None) -> None:
        play = self.view("dead_greets", walks, backend)
        assert play.moves == ("e01.room.start/run", "e01.room.stairs/up")
        assert "“" not in "".join(play.view.paragraphs)
        assert any("says Lem" in paragraph for paragraph in play.view.paragraphs)

    def test_expects(self, walks: float, backend: str | None) -> None:
        play = self.view("expects_fails", walks, backend)
        assert any("He stamps" in paragraph for paragraph in play.view.paragraphs)

    def test_an_invariant(self, walks: float, backend: str | None) -> None:
        """The play stands at the close at which it does not hold."""
        play = self.view("false_invariant", walks, backend)
        assert play.view.passage == "e01.close"

    def test_too_many_open(self, walks: float, backend: str | None) -> None:
        play = self.view("ten_open", walks, backend)
        assert len([choice for choice in play.view.choices if choice.locked is None]) == 10

    def test_unfair(self, walks: float, backend: str | None) -> None:
        play = self.view("unfair_leads", walks, backend)
        assert not play.casebook.clues
        taken = {move.rpartition("/")[2] for move in play.moves if move.startswith("e01.room.desk/")} - {"go"}
        assert taken == {"bar", "walk"}

    def test_goes_round(self, walks: float, backend: str | None) -> None:
        with pytest.raises(ReplayError, match="round") as caught:
            self.view("goes_round", walks, backend)
        assert caught.value.move == "e01.room.start/left"


class TestSound:
    """A story in which everything holds."""

    @pytest.mark.parametrize(("walks", "backend"), WAYS)
    @pytest.mark.parametrize("name", sorted(path.name for path in SOUND.iterdir()))
    def test_is_proved(self, name: str, walks: float, backend: str | None) -> None:
        proof = prove(Story.load(SOUND / name), seconds=20, walks=walks, backend=backend)
        assert {each: claims(proof, each) for each in LISTS if claims(proof, each)} == {}
        assert proof.proved

    def test_an_unfinished_season_ends_where_it_stops(self, small: Story) -> None:
        """The small story has an episode that is not written, and its theory needs more hours than there are."""
        proof = prove(small, seconds=10)
        assert {name: set(claims(proof, name)) for name in LISTS if claims(proof, name)} == {
            "unreached": {
                "choice:e01.door.start/lift",
                "way:e01.door.start/lift>e01.door.gone",
                "theory:who_fell=pushed",
            }
        }
        assert set(proof.endings) == {"north"}

    def test_the_same_story_gives_the_same_witnesses(self) -> None:
        story = Story.load(SOUND / "two_episodes")
        assert prove(story).witnesses == prove(story).witnesses


class TestLimits:
    """Where time or nodes run out a proof is bounded: it says what it could not decide and why, and never raises."""

    @pytest.mark.parametrize("backend", [None, "plain"])
    def test_no_time(self, season: Story, backend: str | None) -> None:
        """Of everything that could not be looked at it says so, in a moment."""
        started = time.monotonic()
        proof = prove(season, seconds=0, backend=backend)
        assert not proof.proved
        assert all("no time left" in claim.why for claim in proof.bounded)
        assert sum(claim.what.startswith("choice:") for claim in proof.bounded) > 100
        assert time.monotonic() - started < 30

    def test_few_nodes(self, season: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("game.proof.prove.PLAIN_NODES", 2_000)
        proof = prove(season, seconds=3, walks=0.5, backend="plain")
        assert any("diagram nodes" in claim.why for claim in proof.bounded)

    @pytest.mark.parametrize("check", ["alarms", "invariants", "stuck", "crowded", "rounds", "unending"])
    def test_one_check(self, check: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A check that comes to a limit is bounded by itself; the others are made."""

        def limited(never: Never) -> None:
            raise TooMuch("no time left")

        monkeypatch.setattr(Never, f"_{check}", limited)
        proof = prove(Story.load(SOUND / "two_episodes"), seconds=10)
        assert {name for name in LISTS if claims(proof, name)} == {"bounded"}
        assert [claim.what for claim in proof.bounded] == [f"check:{check}"]
        assert proof.bounded[0].why.endswith("could not be decided: no time left")

    def test_a_way_that_is_not_found(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`--witness` says so."""

        def limited(*_: object, **__: object) -> None:
            raise TooMuch("no time left")

        monkeypatch.setattr("game.proof.witness.witness", limited)
        assert main(["prove", "--witness", "ending:home", "--scenes", str(SOUND / "two_episodes")]) == 1
        assert "no time left" in capsys.readouterr().err


class TestKnownPlays:
    """Plays from before, which need not be found again."""

    def test_what_they_show_is_not_looked_for(self) -> None:
        """Without a walk or a search."""
        story = Story.load(SOUND / "two_episodes")
        plays = list(prove(story).witnesses.values())
        again = prove(story, walks=0, plays=plays)
        assert again.proved
        assert set(again.witnesses) == set(prove(story).witnesses)

    def test_what_no_longer_holds_of_them_is_found_anew(self) -> None:
        """A move that is not open any more is passed over."""
        story = Story.load(SOUND / "two_episodes")
        plays = [("e01.room.start/swim", "e01.room.start/walk"), ("board/who=nobody:a", "fly")]
        assert prove(story, plays=plays).proved

    def test_they_catch_nothing_up_that_is_wrong(self) -> None:
        """A broken story is as broken, whatever was played on it."""
        story = Story.load(BROKEN / "stuck_under_flags")
        plays = list(prove(story, seconds=10).witnesses.values())
        assert "passage:e01.room.shaft" in claims(prove(story, seconds=10, plays=plays), "stuck")


class TestCommand:
    """`igh prove`."""

    def test_json_has_the_contract(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--json", "--scenes", str(SOUND / "two_episodes")]) == 0
        told = json.loads(capsys.readouterr().out)
        assert list(told) == [
            "proved", "passages", "choices", "endings", "unreached", "stuck", "unending", "unfair", "bounded",
        ]  # fmt: skip
        assert told["proved"] is True
        assert told["passages"] == 5
        assert told["choices"] == 8
        assert told["endings"] == {"home": 4}  # the shortest way there

    def test_what_is_not_proved_exits_with_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--scenes", str(BROKEN / "expects_fails")]) == 1
        assert "e01.room.start/back e01.room.yard/climb" in capsys.readouterr().out

    def test_stored_witnesses_that_make_no_sense_are_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        scenes, stored = tmp_path / "scenes", tmp_path / "tests" / "witnesses"
        shutil.copytree(SOUND / "two_episodes", scenes)
        stored.mkdir(parents=True)
        (stored / "e01.yaml").write_text(
            "episode: e01\nplays: {p1: {after: e00.p9, moves: walk, shows: a}}\n"
        )
        assert main(["prove", "--scenes", str(scenes)]) == 1
        assert "e00.p9" in capsys.readouterr().err

    def test_stored_witnesses_are_read_and_written_again(self, tmp_path: Path) -> None:
        scenes, stored = tmp_path / "scenes", tmp_path / "tests" / "witnesses"
        shutil.copytree(SOUND / "two_episodes", scenes)
        assert main(["prove", "--scenes", str(scenes), "--write-witnesses"]) == 0
        shown = {key for piece in read_witnesses(stored).values() for key in piece.shows}
        assert "ending:home" in shown
        assert main(["prove", "--scenes", str(scenes), "--write-witnesses"]) == 0
        assert {key for piece in read_witnesses(stored).values() for key in piece.shows} == shown

    def test_a_witness_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--witness", "ending:home", "--scenes", str(SOUND / "two_episodes")]) == 0
        moves = capsys.readouterr().out.split()
        play = Play.replay(Story.load(SOUND / "two_episodes"), moves)
        assert play.view.ending == "home"

    def test_an_unknown_one_names_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--witness", "ending:hom", "--scenes", str(SOUND / "two_episodes")]) == 1
        assert "'ending:home'" in capsys.readouterr().err
