"""How much there is of what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.proof import season_stats
from game.proof.stats_proportions import proportions
from game.proof.stats_stretches import stretches
from game.proof.stats_words import words_in
from game.story import Story

STORIES = Path(__file__).parent / "stories"


class TestCounts:
    """`season_stats`."""

    def test_the_tidy_story(self) -> None:
        stats = season_stats(Story.load(STORIES / "tidy"))
        assert [episode["id"] for episode in stats["episodes"]] == ["e01", "e02", "e03"]
        first, second, third = stats["episodes"]
        assert (first["passages"], first["choices"], first["beats"]) == (6, 7, 1)  # two leads among them
        assert (second["choices"], second["conditional_choices"]) == (3, 2)
        assert (second["inline_variations"], third["inline_variations"]) == (1, 2)
        assert (stats["clues"], stats["turns"], stats["endings"]) == (8, 1, 1)
        assert stats["beats"] == {"b01": ["e01.door"]}

    def test_what_is_not_written_does_not_count(self) -> None:
        stats = season_stats(Story.load(STORIES / "promises"))
        assert (stats["turns"], stats["endings"]) == (4, 0)  # declared: six and one
        assert stats["beats"] == {"b01": ["e01.scene"], "b02": [], "b03": []}

    def test_words_are_what_a_reader_can_read(self) -> None:
        stats = season_stats(Story.load(STORIES / "tidy"))
        assert stats["episodes"][1]["words"] == words_in(
            "The street. Your head hurts. Your head is clear. Wave to Ann. Pay something. Walk on."
        )
        epilogues = words_in("Ann keeps your key. Ann sends a bill. Ann moves away.")
        assert stats["words"] == sum(episode["words"] for episode in stats["episodes"]) + epilogues

    @pytest.mark.parametrize(
        ("text", "count"),
        [("", 0), ("You don't.", 2), ("$3,900 at 4:11", 4), ("a five-year-old—gone", 3), ('*the* "word"', 2)],
    )
    def test_words(self, text: str, count: int) -> None:
        assert words_in(text) == count


class TestProportions:
    """Beside their targets."""

    def test_the_season_has_all_of_them(self, season: Story) -> None:
        found = proportions(season, season_stats(season), plays=3)
        assert len({one.name for one in found}) == len(found) == 9
        assert all(one.value and one.target for one in found)

    def test_a_long_way_to_the_next_choice(self) -> None:
        found = {(one.passage, one.choice): one for one in stretches(Story.load(STORIES / "prose"))}
        wait = found["e01.scene.start", "wait"]
        assert (wait.end, wait.words) == ("e01.scene.hers", 363)
        assert found["e01.scene.start", "short"].words == 13


class TestTheCommand:
    """`igh stats`."""

    def test_json_is_the_promised_shape(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["stats", "--json", "--scenes", str(STORIES / "tidy")]) == 0
        found = json.loads(capsys.readouterr().out)
        assert set(found) == {
            "words",
            "passages",
            "choices",
            "episodes",
            "clues",
            "turns",
            "endings",
            "beats",
        }
        assert set(found["episodes"][0]) == {
            "id", "words", "passages", "choices", "conditional_choices", "inline_variations", "beats",
        }  # fmt: skip

    def test_people_get_the_targets_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["stats", "--scenes", str(STORIES / "tidy")]) == 0
        out = capsys.readouterr().out
        assert "e02: 16 words, 1 passages, 3 choices" in out
        assert "conditional options" in out
        assert "1 of 1 beats have a scene" in out
