"""An episode as a graph, in two languages, and the season as a document."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from game.cli import main
from game.proof.graph import cyclic, edges, reachable, repeatable
from game.proof.graph_map import episode_graph, episode_map
from game.story import Story

STORIES = Path(__file__).parent / "stories"
NODE = re.compile(r'^\s+(p_\w+)(?:\[/?|\{\{|\(\[|>)"([^"]*)"(?:/?\]|\}\}|\]\))(?::::\w+)?$')
EDGE = re.compile(r'^  (p_\w+) (?:-->|==>|-\.->)(?:\|"([^"]*)"\|)? (p_\w+)$')


class TestTheGraph:
    """What is a node, what is an edge, and what is marked."""

    def test_marks(self) -> None:
        story = Story.load(STORIES / "tidy")
        nodes = {node.id: node for scene in episode_graph(story, "e01").scenes.values() for node in scene}
        assert nodes["e01.desk.desk"].kind == "hub"
        assert nodes["e02.open"].kind == "outside"
        kinds = {(edge.tail, edge.head): edge for edge in episode_graph(story, "e01").edges}
        assert kinds["e01.desk.desk", "e01.desk.cellar"].kind == "lead"
        assert kinds["e01.desk.desk", "e01.desk.knock"].kind == "event"
        assert kinds["e01.desk.attic", "e01.desk.desk"].label
        labels = [edge.label for edge in episode_graph(story, "e01").edges]
        assert "Shut the door. · turn t1: shut" in labels

    def test_endings_and_deaths(self) -> None:
        last = episode_graph(Story.load(STORIES / "tidy"), "e03").scenes["e03.home"]
        assert [node.kind for node in last] == ["plain", "plain", "ending"]
        first = episode_graph(Story.load(STORIES / "variables"), "e01").scenes["e01.scene"]
        assert (first[0].kind, first[0].notes) == ("death", ("death of ann",))

    def test_an_episode_that_is_not_written(self) -> None:
        with pytest.raises(KeyError):
            episode_map(Story.load(STORIES / "promises"), "e04")


class TestMermaid:
    """Every line is one that mermaid reads, and every edge joins two nodes."""

    @pytest.mark.parametrize("name", ["tidy", "shapes", "prose", "promises"])
    def test_small_stories(self, name: str) -> None:
        self.read(episode_map(Story.load(STORIES / name), "e01"))

    def test_the_season(self, season: Story) -> None:
        for episode in season.written:
            self.read(episode_map(season, episode))

    @staticmethod
    def read(text: str) -> None:
        head, body = text.split("flowchart TD\n")
        assert re.fullmatch(r"---\ntitle: '.*'\n---\n", head)
        nodes, ends, depth = set(), set(), 0
        for line in body.splitlines():
            if line.startswith("  subgraph "):
                assert re.fullmatch(r'  subgraph s\d+\["[^"]*"\]', line)
                depth += 1
            elif line == "  end":
                depth -= 1
            elif (node := NODE.match(line)) is not None:
                nodes.add(node[1])
            elif (edge := EDGE.match(line)) is not None:
                ends |= {edge[1], edge[3]}
            else:
                assert re.fullmatch(r"  classDef \w+ [\w:#,]+", line), line
        assert depth == 0
        assert ends <= nodes


class TestDot:
    """Quotes and line breaks of labels are escaped."""

    def test_every_string_is_closed(self, season: Story) -> None:
        text = episode_map(season, season.written[0], "dot")
        for line in text.splitlines():
            assert re.fullmatch(r'[^"]*(?:"(?:[^"\\]|\\.)*"[^"]*)*', line), line
        assert text.count("{") == text.count("}")

    @pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
    def test_graphviz_reads_it(self, season: Story) -> None:
        text = episode_map(season, season.written[0], "dot")
        subprocess.run(["dot", "-Tplain"], input=text.encode(), check=True, capture_output=True)


class TestReaching:
    """What `check` builds on."""

    def test_islands_are_not_reached(self) -> None:
        story = Story.load(STORIES / "shapes")
        found = reachable(edges(story), story.start)
        assert "e01.scene.end" in found
        assert not {"e01.scene.island", "e01.scene.blank"} & found

    def test_a_cycle_is_found_and_what_hangs_on_it_is_not(self) -> None:
        assert cyclic({"a": ("b",), "b": ("c", "d"), "c": ("b",), "d": (), "e": ("e",)}) == {"b", "c", "e"}

    def test_a_lead_is_read_once_and_the_hub_again(self) -> None:
        found = repeatable(Story.load(STORIES / "tidy"))
        assert "e01.desk.desk" in found
        assert not {"e01.desk.attic", "e01.door.start", "e02.street.start"} & found


class TestTheCommands:
    """`igh map` and `igh export-story`."""

    def test_map(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["map", "e01", "--scenes", str(STORIES / "tidy")]) == 0
        assert capsys.readouterr().out.startswith("---\ntitle: 'e01: One'\n---\nflowchart TD\n")
        assert main(["map", "e01", "--format", "dot", "--scenes", str(STORIES / "tidy")]) == 0
        assert capsys.readouterr().out.startswith('digraph "e01: One" {')

    def test_map_of_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["map", "e09", "--scenes", str(STORIES / "tidy")]) == 2
        assert "there are e01, e02, e03" in capsys.readouterr().err
        assert main(["map", "e01", "--format", "png", "--scenes", str(STORIES / "tidy")]) == 2

    def test_export_writes_conditions_as_they_are_written(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["export-story", "--scenes", str(STORIES / "tidy")]) == 0
        text = capsys.readouterr().out
        document = json.loads(text)
        choice = document["passages"]["e02.street.start"]["choices"][0]
        assert choice["when"] == "turn.t1 == opened and trust.ann >= square"
        assert document["clues"]["p1"]["implicates"] == ["ann"]
        assert "owes" in document["variables"]
        main(["export-story", "--scenes", str(STORIES / "tidy")])
        assert capsys.readouterr().out == text
