"""Export and import: a life in a file, and files that are none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest
import yaml

from game.saves import BadImport, Life, Opening, Store

from .conftest import EDITION, STORY, Grow


def _state(folder: Path) -> list[str]:
    """What an import that is refused must leave as it was."""
    import sqlite3

    raw = sqlite3.connect(folder / "igh.db")
    dump = [hashlib.sha256(line.encode()).hexdigest() for line in raw.iterdump()]
    raw.close()
    return dump


GOOD = """
format: 1
story: The IGH File
edition: edition-1
name: a life
openings:
- at: 0
  episode: e01
  snapshot: {temper: level, bottle: no, count: 1:10}
- at: 2
  episode: e02
  snapshot: {temper: short}
moves: [e01.desk/roof, e01.roof/continue, board/coleman_fall=pushed:gravel_soles+thump, board/coleman_fall=]
passages: [e01.roof, e02.start, e02.start, e02.start]
"""


class TestRoundTrip:
    def _played(self, store: Store, grow: Grow) -> int:
        nodes = grow(store, 20)
        node = store.add(
            nodes[-1], "e01.end/continue", "e02.a", (), EDITION, ("e02", {"yes": "no", "n": "010"})
        )
        node = store.add(node, "board/coleman_fall=pushed:gravel_soles+thump", "e02.a", (), EDITION)
        return store.add(node, "board/coleman_fall=", "e02.a", (), EDITION)

    def test_in_another_folder_it_is_the_same_life(self, folder: Path, store: Store, grow: Grow) -> None:
        """Moves, passages, openings, words: and the very same nodes, so nothing is there twice."""
        node = self._played(store, grow)
        mark = store.bookmark("Zoë: “1:10”", node, "e02", "desk", 23, "It's 5 o'clock — no.")
        text = store.export(mark)
        other = Store.open(folder.parent / "other")
        taken_in = other.import_(text.encode())
        assert other.path(taken_in.node) == store.path(node)
        for field in ("name", "story", "node", "episode", "place", "moves", "line"):
            assert getattr(taken_in, field) == getattr(mark, field)
        assert not taken_in.auto
        assert other.export(taken_in) == text
        mine = other.resume(taken_in)
        more = other.add(mine.node, "e02.a/on", "e02.b", (), EDITION)
        assert other.node(more).episode == "e02"
        other.close()

    def test_in_the_same_folder_it_is_one_bookmark_more(self, store: Store, grow: Grow) -> None:
        """And nothing that was known of a node is forgotten for the file's sake."""
        node = self._played(store, grow)
        offered = store.node(store.path(node).nodes[3]).offered
        count = len(store.tree(STORY))
        text = store.export(store.bookmark("here", node, "e02", "desk", 23, ""))
        names = [store.import_(text).name for _ in range(2)]
        assert names == ["here (2)", "here (3)"]
        assert len(store.tree(STORY)) == count
        assert store.node(store.path(node).nodes[3]).offered == offered == ("a", "b")

    def test_a_person_can_read_it(self, store: Store, grow: Grow) -> None:
        node = self._played(store, grow)
        text = store.export(store.bookmark("here", node, "e02", "desk", 23, "It rains."))
        assert "\n- e01.office.desk/c3\n" in text
        assert text.startswith("# ")
        document = yaml.safe_load(text)
        assert (document["format"], document["story"], document["edition"]) == (1, STORY, EDITION)
        assert document["openings"][1] == {"at": 21, "episode": "e02", "snapshot": {"yes": "no", "n": "010"}}
        assert len(document["moves"]) == len(document["passages"]) == 23

    def test_an_autosave_can_be_exported_too(self, store: Store, grow: Grow) -> None:
        nodes = grow(store, 2)
        mark = store.import_(store.export(store.bookmarks()[0]))
        assert (mark.name, mark.auto, mark.node) == ("autosave", False, nodes[-1])

    def test_twenty_thousand_moves_are_taken_in(self, store: Store) -> None:
        document = yaml.load(GOOD, Loader=yaml.BaseLoader)
        document["moves"] = [f"e01.a/{index}" for index in range(20_000)]
        document["passages"] = ["e01.a"] * 20_000
        mark = store.import_(yaml.dump(document, Dumper=getattr(yaml, "CDumper", yaml.Dumper)))
        path = store.path(mark.node)
        assert (len(path.moves), path.moves[-1], mark.moves) == (20_000, "e01.a/19999", 20_000)


class TestGood:
    def test_what_is_written_is_what_is_read(self, store: Store) -> None:
        """YAML does not turn a word into something else."""
        mark = store.import_(GOOD)
        path = store.path(mark.node)
        assert path.openings == (
            Opening(0, "e01", {"temper": "level", "bottle": "no", "count": "1:10"}),
            Opening(2, "e02", {"temper": "short"}),
        )
        assert path.moves[2] == "board/coleman_fall=pushed:gravel_soles+thump"
        assert [store.node(node).episode for node in path.nodes] == ["e01", "e01", "e02", "e02", "e02"]
        assert (mark.episode, mark.moves) == ("e02", 4)

    def test_the_story_may_check_it_first(self, folder: Path, store: Store) -> None:
        seen: list[Life] = []

        def look(life: Life) -> None:
            seen.append(life)
            assert store.tree(STORY) == []

        store.import_(GOOD, look)
        assert [(life.name, len(life.moves), life.openings[0].episode) for life in seen] == [
            ("a life", 4, "e01")
        ]

    def test_the_story_may_put_it_right(self, store: Store) -> None:
        def right(life: Life) -> Life:
            return msgspec.structs.replace(life, moves=("e01.desk/alley", *life.moves[1:]), place="desk")

        mark = store.import_(GOOD, right)
        assert store.path(mark.node).moves[0] == "e01.desk/alley"
        assert mark.place == "desk"

    def test_what_the_story_refuses_changes_nothing(self, folder: Path, store: Store, grow: Grow) -> None:
        def refuse(life: Life) -> None:
            raise ValueError(f"{life.moves[1]} is not on offer there")

        grow(store, 2)
        before = _state(folder)
        with pytest.raises(
            BadImport, match=r"does not fit the story: e01\.roof/continue is not on offer there"
        ):
            store.import_(GOOD, refuse)
        assert _state(folder) == before


def _with(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "empty"),
    "only a comment": ("# nothing\n", "empty"),
    "a word": ("hello", "mapping"),
    "a list": ("- hello", "mapping"),
    "null": ("~", "mapping"),
    "two documents": (GOOD + "---\nformat: 1\n", "more than one"),
    "not yaml": ("format: [1\nmoves: }", "not YAML"),
    "a tab": ("format:\n\t- 1", "not YAML"),
    "a nul": ("format: 1\x00", "not YAML"),
    "a bomb": (BOMB, "anchor"),
    "a cycle": ("&a [*a]", "anchor"),
    "a cycle in a key": ("moves: &a\n  x: *a\n", "anchor"),
    "an anchor alone": (_with("name: a life", "name: &n a life"), "anchor"),
    "an alias without its anchor": (_with("name: a life", "name: *n"), "not YAML|anchor"),
    "a merge": (GOOD + "<<: {format: 1}\n", "does not belong"),
    "a python object": (_with("name: a life", "name: !!python/object/apply:os.system [ls]"), "tag"),
    "a tag": (_with("name: a life", "name: !!binary aGk="), "tag"),
    "deep": ("[" * 5000, "deep"),
    "deep in a mapping": ("a: " + "{a: " * 3000, "deep"),
    "a megabyte": ("# " + "x" * (1 << 20), "most"),
    "a megabyte of two bytes each": ("# " + "é" * (1 << 19), "most"),
    "not utf-8": (b"format: 1\nname: \xff\xfe\n", "UTF-8"),
    "utf-16": (GOOD.encode("utf-16"), "UTF-8"),
    "half a character": ("name: \ud800", "UTF-8"),
    "no format": (_with("format: 1\n", ""), "which format"),
    "a format of tomorrow": (_with("format: 1\n", "format: 2\n"), "reads 1"),
    "a format that is a list": (_with("format: 1\n", "format: [1]\n"), "reads 1"),
    "a key twice": (GOOD + "name: another\n", "only once"),
    "a key that is a list": (GOOD + "[a]: b\n", "key"),
    "an unknown key": (GOOD + "extra: 1\n", "extra"),
    "no moves": (_with("moves: [", "waves: ["), "lacks moves"),
    "moves that are a word": ("\n".join([*GOOD.splitlines()[:-2], "moves: x", "passages: []"]), "list"),
    "moves that are a mapping": ("\n".join([*GOOD.splitlines()[:-2], "moves: {}", "passages: []"]), "list"),
    "a move that is a list": (_with("e01.desk/roof", "[e01.desk/roof]"), "moves, number 1"),
    "a move that is a number": (_with("e01.desk/roof", "17"), "moves, number 1"),
    "a move with a newline": (_with("e01.desk/roof", '"e01.desk/roof\\n"'), "moves, number 1"),
    "a move with a space": (_with("e01.desk/roof", "e01.desk/the roof"), "moves, number 1"),
    "a move that is too long": (_with("e01.desk/roof", "e01.desk/" + "r" * 300), "moves, number 1"),
    "a move that leaves the folder": (_with("e01.desk/roof", '"\\\\..\\\\x/y"'), "moves, number 1"),
    "an empty move": (_with("e01.desk/roof", '""'), "moves, number 1"),
    "a move that is sql": (_with("e01.desk/roof", '"a/b\'); DROP TABLE nodes"'), "moves, number 1"),
    "a passage that is a mapping": (_with("[e01.roof, e02", "[{}, e02"), "passages, number 1"),
    "fewer passages than moves": (_with("[e01.roof, e02", "[e02"), "one for each"),
    "a name that is a list": (_with("name: a life", "name: [a]"), "name must"),
    "an empty name": (_with("name: a life", "name: ''"), "name must"),
    "a name that is too long": (_with("name: a life", "name: " + "n" * 101), "name must"),
    "a name with an escape": (_with("name: a life", 'name: "\\e[31mred"'), "name must"),
    "a name that turns round": (_with("name: a life", 'name: "a\\u202Eb"'), "name must"),
    "a line that is too long": (GOOD + "line: " + "l" * 1001 + "\n", "line must"),
    "no openings": (
        "\n".join([*GOOD.splitlines()[:5], "openings: []", *GOOD.splitlines()[-2:]]),
        "no opening",
    ),
    "an opening that is a word": (
        _with("- at: 2\n  episode: e02\n  snapshot: {temper: short}", "- x"),
        "opening 2",
    ),
    "an opening with more": (_with("  episode: e02", "  episode: e02\n  more: 1"), "nothing else"),
    "an opening with less": (_with("  episode: e02\n", ""), "nothing else"),
    "an opening without a name": (_with("  episode: e02\n", "  episode: ''\n"), "no name"),
    "a first opening that is not": (_with("- at: 0", "- at: 1"), "begin at 0"),
    "openings out of order": (_with("- at: 2", "- at: 0"), "in order"),
    "an opening after the end": (_with("- at: 2", "- at: 5"), "at most 4"),
    "an opening before the beginning": (_with("- at: 2", "- at: -1"), "at most 4"),
    "an opening at another digit": (_with("- at: 2", "- at: ٢"), "at most 4"),
    "an opening at a large number": (_with("- at: 2", "- at: " + "9" * 5000), "1 to 6"),
    "a snapshot that is a list": (_with("{temper: short}", "[temper]"), "snapshot"),
    "a snapshot with a list": (_with("{temper: short}", "{temper: [short]}"), "temper"),
    "a snapshot with a long word": (_with("{temper: short}", "{temper: " + "s" * 301 + "}"), "temper"),
}


class TestHostile:
    @pytest.mark.parametrize("case", HOSTILE)
    def test_it_is_refused_in_a_sentence_and_changes_nothing(
        self, folder: Path, store: Store, grow: Grow, case: str
    ) -> None:
        grow(store, 1)
        before = _state(folder)
        text, expected = HOSTILE[case]
        with pytest.raises(BadImport, match=f"(?i){expected}") as caught:
            store.import_(text, lambda life: pytest.fail("it was believed"))
        said = str(caught.value)
        assert said.startswith("This file cannot be imported. ")
        assert said.endswith(".")
        assert len(said) < 300
        assert said.isprintable()
        assert _state(folder) == before

    def test_too_many_of_anything(self, store: Store) -> None:
        document = yaml.load(GOOD, Loader=yaml.BaseLoader)
        for change, expected in (
            ({"moves": ["a/b"] * 20_001, "passages": ["a"] * 20_001}, "20001 are more"),
            ({"openings": [{"at": "0", "episode": "e", "snapshot": {}} for _ in range(201)]}, "201 are more"),
            (
                {"openings": [{"at": "0", "episode": "e", "snapshot": {f"v{i}": "1" for i in range(5001)}}]},
                "more than 5000",
            ),
        ):
            with pytest.raises(BadImport, match=expected):
                store.import_(
                    yaml.dump({**document, **change}, Dumper=yaml.SafeDumper)
                    .replace("&", "")
                    .replace("*", "")
                )
        assert store.bookmarks() == []
