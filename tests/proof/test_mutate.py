"""`prove --mutate`: what is done to a season, and who notices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.proof.prove import prove
from game.proof.prove_mutants import KINDS, mutants
from game.proof.prove_mutate import Verdict, mutate, table
from game.story import Story

SOUND = Path(__file__).parent / "sound"


@pytest.fixture(scope="module")
def story() -> Story:
    return Story.load(SOUND / "two_episodes")


class TestMutants:
    """A season broken on purpose."""

    def test_a_seed_always_gives_the_same(self, season: Story) -> None:
        told = [[(m.kind, m.about) for m in mutants(season, 60, seed)] for seed in (1, 1, 2)]
        assert told[0] == told[1]
        assert told[0] != told[2]

    def test_they_are_of_every_kind_and_all_different(self, season: Story) -> None:
        made = mutants(season, 60, 1)
        assert {mutant.kind for mutant in made} == set(KINDS)
        assert len({(mutant.kind, mutant.about, mutant.passage) for mutant in made}) == 60

    def test_a_story_has_room_for_so_many(self, story: Story) -> None:
        assert 10 < len(mutants(story, 10_000, 1)) < 100

    def test_the_story_itself_stays_whole(self, story: Story) -> None:
        before = dict(story.passages)
        for mutant in mutants(story, 20, 1):
            assert mutant.story(story).passages[mutant.passage.id] is not before[mutant.passage.id]
        assert story.passages == before


class TestMutate:
    """What became of each."""

    @pytest.fixture(scope="class")
    def verdicts(self, story: Story) -> list[Verdict]:
        return list(mutate(story, 12, seconds=6))

    def test_what_the_proof_says_is_so(self, story: Story, verdicts: list[Verdict]) -> None:
        """The list that it gives for a mutant is not empty when that is proved without anything known."""
        for mutant, verdict in zip(mutants(story, 12, 1), verdicts, strict=True):
            proof = prove(mutant.story(story), seconds=6)
            assert proof.proved == (not verdict.caught)
            if verdict.caught:
                assert getattr(proof, verdict.caught)

    def test_something_is_caught_each_way(self, verdicts: list[Verdict]) -> None:
        assert any(verdict.proved for verdict in verdicts)
        assert any(verdict.replayed for verdict in verdicts)

    def test_jobs_change_nothing(self, story: Story, verdicts: list[Verdict]) -> None:
        assert list(mutate(story, 12, seconds=6, jobs=2)) == verdicts

    def test_table(self) -> None:
        verdicts = [
            Verdict("choice dropped", "a", "", "", True),
            Verdict("choice dropped", "b", "stuck", "passage:a: why", True),
            Verdict("exit dropped", "c", "bounded", "passage:b: no time left", False),
        ]
        rows = {line[:16].strip(): line[16:].split() for line in table(verdicts).splitlines()}
        assert rows[""] == ["made", "prove", "witnesses", "either", "missed", "bounded"]
        assert rows["choice dropped"] == ["2", "1", "2", "2", "0", "0"]
        assert rows["exit dropped"] == ["1", "0", "0", "0", "1", "1"]
        assert rows["all"] == ["3", "1", "2", "2", "1", "1"]

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        scenes = str(SOUND / "two_episodes")
        assert main(["prove", "--mutate", "2", "--seconds", "6", "--json", "--scenes", scenes]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [set(mutant) for mutant in told["mutants"]] == [
            {"kind", "about", "caught", "claim", "replayed"}
        ] * 2
