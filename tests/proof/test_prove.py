"""`prove` on small stories: each broken one is caught, by the right list, with moves that lead there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.engine import Play, ReplayError
from game.proof.prove import prove
from game.proof.prove_model import Proof
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
    "false_invariant": ("bounded", "invariant:e01"),
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
            "unreached": {"choice:e01.door.start/lift", "theory:who_fell=pushed"}
        }
        assert set(proof.endings) == {"north"}

    def test_the_same_story_gives_the_same_witnesses(self) -> None:
        story = Story.load(SOUND / "two_episodes")
        assert prove(story).witnesses == prove(story).witnesses


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

    def test_a_witness_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--witness", "ending:home", "--scenes", str(SOUND / "two_episodes")]) == 0
        moves = capsys.readouterr().out.split()
        play = Play.replay(Story.load(SOUND / "two_episodes"), moves)
        assert play.view.ending == "home"

    def test_an_unknown_one_names_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["prove", "--witness", "ending:hom", "--scenes", str(SOUND / "two_episodes")]) == 1
        assert "'ending:home'" in capsys.readouterr().err
