"""Random seasons, and the shares that are measured with them."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from game import Play
from game.cli import main
from game.engine import END_CARD, ReplayError
from game.proof import shares, walk
from game.proof.shares_file import compare, measure, season_hash, wording, write
from game.proof.walk_player import Pin, Walker
from game.proof.walking import Walk
from game.story import Story

STORIES = Path(__file__).parent / "stories"


def loaded(name: str) -> Story:
    return Story.load(STORIES / name)


def figures(found: Walk) -> tuple[object, ...]:
    """Everything but the time it took."""
    return (
        found.finished,
        found.moves,
        found.endings,
        found.lengths,
        found.turns,
        found.theories,
        found.coverage,
    )


class TestAWalk:
    """`walk`."""

    def test_every_season_finishes(self, small: Story) -> None:
        found = walk(small, 200, seed=3, jobs=1)
        assert (found.runs, found.finished, found.errors) == (200, 200, 0)
        assert sum(found.endings.values()) == 200
        assert found.moves == sum(found.lengths)

    def test_the_season_never_breaks(self, season: Story) -> None:
        found = walk(season, 60, seed=1, jobs=1)
        assert found.faults == []
        assert set(found.endings) <= {*season.endings, END_CARD}

    def test_the_same_on_one_core_and_on_two(self, small: Story) -> None:
        assert figures(walk(small, 1100, seed=5, jobs=1)) == figures(walk(small, 1100, seed=5, jobs=2))
        assert figures(walk(small, 1100, seed=5, jobs=1)) != figures(walk(small, 1100, seed=6, jobs=1))

    def test_more_runs_begin_with_the_same_plays(self, small: Story) -> None:
        assert walk(small, 600, seed=5, jobs=1).lengths[:30] == walk(small, 30, seed=5, jobs=1).lengths

    def test_outcomes_are_counted(self) -> None:
        found = walk(loaded("tidy"), 400, jobs=1)
        assert found.turns["t1"]["open"] == 0
        assert abs(found.turns["t1"]["opened"] - 200) < 60
        assert found.endings == {"home": 400}
        assert set(found.theories["why"]) == {"open", "broke", "switched"}
        assert all(found.theories["why"].values())  # pins are made blindly too

    def test_nothing_at_all(self, small: Story) -> None:
        assert walk(small, 0).finished == 0
        with pytest.raises(ValueError, match="fewer than 0"):
            walk(small, -1)

    def test_coverage_names_what_nobody_met(self, small: Story) -> None:
        found = walk(small, 100, jobs=1)
        assert found.coverage.unread == ()
        assert found.coverage.untaken == ("e01.door.start/lift",)  # locked in every play
        assert found.coverage.passages == 1.0 > found.coverage.choices

    def test_novelty_meets_more_in_fewer_plays(self, season: Story) -> None:
        blind = walk(season, 12, jobs=1).coverage
        novel = walk(season, 12, novelty=True, jobs=1).coverage
        assert len(novel.untaken) < len(blind.untaken)


class TestFaults:
    """Where a season breaks, the moves say how to get there."""

    def test_they_can_be_replayed(self) -> None:
        story = loaded("broken")
        found = walk(story, 90, jobs=1)
        assert found.errors == 90 - found.finished > 0
        stuck, round_ = sorted(found.faults, key=lambda fault: fault.passage, reverse=True)
        assert (stuck.passage, stuck.plays + round_.plays) == ("e01.scene.pit", found.errors)
        assert Play.replay(story, stuck.moves).view.stuck
        with pytest.raises(ReplayError, match="goes round"):
            Play.replay(story, round_.moves)

    def test_a_broken_season_has_no_shares(self) -> None:
        story = loaded("broken")
        with pytest.raises(ValueError, match="plays broke"):
            measure(story, walk(story, 30, jobs=1), 1)


class TestTheFastPlayer:
    """It leaves the text out and nothing else."""

    @pytest.mark.parametrize("name", ["tidy", "prose", "board"])
    def test_its_plays_are_plays(self, name: str) -> None:
        self.replay_some(loaded(name), 25)

    def test_also_of_the_season(self, season: Story) -> None:
        self.replay_some(season, 8)

    @staticmethod
    def replay_some(story: Story, plays: int) -> None:
        walker = Walker(story)
        for number in range(plays):
            dice = random.Random(number)

            def pick(at: int, choices: list[str], pins: list[Pin], dice: random.Random = dice) -> int:
                return dice.randrange(len(choices) + len(pins))

            record = walker.play(pick)
            assert not record.fault
            play = Play.replay(story, record.moves)
            assert play.state.values == tuple(record.state)
            assert play.view.ending == record.end
            assert play.moves == tuple(record.moves)


class TestShares:
    """How many blind plays came out this way."""

    @pytest.mark.parametrize(
        ("share", "said"),
        [
            (0.0, "almost none of blind plays"),
            (0.0009, "almost none of blind plays"),
            (0.001, "0.1% of blind plays"),
            (0.034, "3% of blind plays"),
            (0.5, "50% of blind plays"),
            (0.9999, "almost all of blind plays"),
            (1.0, "100% of blind plays"),
        ],
    )
    def test_wording(self, share: float, said: str) -> None:
        assert wording(share) == said

    def test_they_are_kept_with_the_season_and_read_again(self, tmp_path: Path) -> None:
        story = self.copy(tmp_path)
        assert shares(story) is None
        kept = measure(story, walk(story, 200, jobs=1), 1)
        write(story, kept)
        again = shares(Story.load(story.folder))
        assert again == kept
        assert kept.turns["t1"]["opened"] + kept.turns["t1"]["shut"] == pytest.approx(1)
        assert kept.endings == {"home": 1.0}

    def test_another_edition_has_none(self, tmp_path: Path) -> None:
        story = self.copy(tmp_path)
        write(story, measure(story, walk(story, 20, jobs=1), 1))
        season = story.folder / "season.yaml"
        season.write_text(season.read_text("utf-8").replace("edition: 1", "edition: 2"), "utf-8")
        assert shares(Story.load(story.folder)) is None

    def test_a_damaged_file_is_no_shares(self, tmp_path: Path) -> None:
        story = self.copy(tmp_path)
        (story.folder / "shares.json").write_text('{"edition": "1"', "utf-8")
        assert shares(story) is None

    def test_the_hash_is_of_the_scenes(self, tmp_path: Path) -> None:
        story = self.copy(tmp_path)
        before = season_hash(story.folder)
        write(story, measure(story, walk(story, 20, jobs=1), 1))
        assert season_hash(story.folder) == before
        with (story.folder / "e01" / "desk.yaml").open("a", encoding="utf-8") as file:
            file.write("# a remark\n")
        assert season_hash(story.folder) != before

    def test_another_sample_agrees_and_another_story_does_not(self, tmp_path: Path) -> None:
        story = self.copy(tmp_path)
        kept = measure(story, walk(story, 3000, seed=1, jobs=1), 1)
        assert compare(kept, measure(story, walk(story, 1500, seed=2, jobs=1), 2)) == []
        door = story.folder / "e01" / "door.yaml"
        door.write_text(door.read_text("utf-8").replace("{t1: opened}", "{t1: shut}"), "utf-8")
        other = Story.load(story.folder)
        off = compare(kept, measure(other, walk(other, 1500, seed=2, jobs=1), 2))
        assert any(line.startswith("turn t1 opened") for line in off)

    @staticmethod
    def copy(folder: Path) -> Story:
        return Story.load(shutil.copytree(STORIES / "tidy", folder / "tidy"))


class TestTheCommand:
    """`igh walk`."""

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["walk", "--runs", "50", "--seed", "4", "--json", "--scenes", str(STORIES / "tidy")]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["runs"], found["finished"], found["errors"]) == (50, 50, 0)
        assert found["endings"] == {"home": 50}
        assert set(found["coverage"]) == {"passages", "choices"}
        assert found["moves"] > 50
        assert found["seconds"] >= 0

    def test_a_season_that_breaks_is_exit_code_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["walk", "--runs", "50", "--scenes", str(STORIES / "broken")]) == 1
        assert "stuck at e01.scene.pit: nothing to choose" in capsys.readouterr().out

    def test_shares_are_written_and_checked(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        scenes = ["--scenes", str(shutil.copytree(STORIES / "tidy", tmp_path / "tidy"))]
        assert main(["walk", "--shares", "--check", *scenes]) == 1
        assert "no shares are kept" in capsys.readouterr().err
        assert main(["walk", "--shares", "--runs", "2000", *scenes]) == 0
        assert main(["walk", "--shares", "--check", "--runs", "1000", *scenes]) == 0
        assert "0 of 7 shares are off" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "bad", [["--runs", "none"], ["--runs", "0"], ["--check"], ["--shares", "--novelty"]]
    )
    def test_bad_arguments(self, bad: list[str]) -> None:
        assert main(["walk", *bad]) == 2
