"""Where a name is set and where it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.cli import main
from game.proof import references
from game.proof.check_conditions import verdict
from game.proof.refs import References, UnknownName
from game.proof.refs_words import spell
from game.story import Story
from game.story.expressions import parse_condition
from game.story.findings import Findings, Scalar
from game.story.variables import Variable

STORIES = Path(__file__).parent / "stories"


def refs(story: str, name: str) -> References:
    return references(Story.load(STORIES / story), name)


def lines(found: References, group: str) -> list[tuple[str, int]]:
    return [(Path(one.path).name, one.line) for one in found.groups.get(group, [])]


class TestReferences:
    """Every place by file and line."""

    def test_a_flag(self) -> None:
        found = refs("tidy", "owes")
        assert found.about == "She owes Ann."
        assert [one.where for one in found.groups["set"]] == ["e01.door.start/shut"]
        assert {one.where for one in found.groups["read"]} == {
            "e01.desk.night", "e02.street.start/bill", "ann.owed",
        }  # fmt: skip
        quoted = [
            Path(one.path).read_text("utf-8").splitlines()[one.line - 1] for one in found.groups["read"]
        ]
        assert all("owes" in line for line in quoted)

    def test_a_clue_by_its_own_name(self) -> None:
        found = refs("tidy", "p1")
        assert [one.where for one in found.groups["set"]] == ["e01.desk.cellar"]
        assert [one.where for one in found.groups["shown"]] == ["e01.desk.attic/show"]
        assert [one.what for one in found.groups["carries"]] == ["carries broke", "carries switched"]
        assert refs("tidy", "clue.p1").groups["set"] == found.groups["set"]

    def test_a_turn(self) -> None:
        found = refs("tidy", "t1")
        assert [one.what for one in found.groups["set"]] == ["turn.t1 = opened", "turn.t1 = shut"]
        gates = [one.what for one in found.groups["read"]]
        assert gates[0].startswith("choice: turn.t1 == opened")
        assert gates[1] == "divert: turn.t1 == shut"

    @pytest.mark.parametrize("name", ["e03.home.cold", "home.cold", "cold"])
    def test_a_passage_by_any_of_its_names(self, name: str) -> None:
        assert refs("tidy", name).groups["reached"][0].what == "to, when turn.t1 == shut"

    def test_a_choice(self) -> None:
        assert lines(refs("tidy", "attic/show"), "written") == [("desk.yaml", 24)]

    def test_a_lead_stands_in_the_episode(self) -> None:
        found = refs("tidy", "desk/attic")
        assert [Path(one.path).name for one in found.groups["written"]] == ["episode.yaml"]

    def test_somebody_with_an_alliance_is_both(self) -> None:
        found = refs("tidy", "ann")
        assert {"set", "read", "speaks"} <= set(found.groups)
        assert found.kind.endswith("person")

    def test_a_beat_and_an_ending(self) -> None:
        assert lines(refs("tidy", "b01"), "happens") == [("door.yaml", 4)]
        assert [one.where for one in refs("tidy", "home").groups["happens"]] == ["e03.home.warm"]

    def test_an_unknown_name_and_the_nearest(self) -> None:
        with pytest.raises(UnknownName, match="Did you mean `owes`"):
            refs("tidy", "ows")


class TestTheCommand:
    """`igh refs`."""

    def test_grouped_with_file_and_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["refs", "owes", "--scenes", str(STORIES / "tidy")]) == 0
        out = capsys.readouterr().out
        assert "set (1)\n" in out
        assert "read (3)\n" in out
        assert "season.yaml:" in out

    def test_unknown_is_exit_code_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["refs", "ows", "--scenes", str(STORIES / "tidy")]) == 1
        assert "Did you mean `owes`?" in capsys.readouterr().err


class _Names:
    """Two variables to speak of."""

    def __init__(self) -> None:
        self.known = {
            "key": Variable("key", "flag", high=2, words=("none", "brass", "iron")),
            "lit": Variable("lit", "flag"),
            "visits.a": Variable("visits.a", "visits", high=3),
        }

    def lookup(self, dotted: str) -> Variable | str:
        return self.known.get(dotted, f"there is no `{dotted}`")


class TestConditionsAsText:
    """What is read can be written again."""

    @pytest.mark.parametrize(
        "text",
        [
            "lit",
            "not lit",
            "key == brass",
            "key in (brass, iron)",
            "lit and (key == brass or key == iron)",
            "not (lit or key != none)",
            "visits.a >= 2 or lit and key == iron",
        ],
    )
    def test_there_and_back(self, text: str) -> None:
        findings = Findings()
        condition = parse_condition(text, _Names(), findings, Scalar(text))
        assert not findings.items
        again = parse_condition(spell(condition), _Names(), findings, Scalar(text))
        assert spell(again) == spell(condition)
        assert verdict(condition) is None
