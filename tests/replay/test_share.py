"""A whole season in a code, and everything that is no code."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from game import Play, Story
from game.saves import BadImport
from game.session.coding import ALPHABET, LONGEST, NotAText, Packer, Unpacker, from_text, to_text
from game.session.share import BadCode, NoCode, code_of, read_code
from game.story.ordinals import Ordinals

from .seasons import long_season, play_blindly, short_story, write_short


def edited(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """An edit of the files of a story: every first string becomes the second."""

    def edit(text: str) -> str:
        for before, after in pairs:
            text = text.replace(before, after)
        return text

    return edit


class TestRoundTrip:
    """What a code says is the life it was made from."""

    @pytest.mark.parametrize("seed", range(5))
    def test_a_season_of_400_moves_and_26_pins(self, long: Story, seed: int) -> None:
        """428 choices and about two pins in each of thirteen episodes, in 300 characters."""
        moves = play_blindly(long, seed, shun="sleep").moves
        pins = sum(move.startswith("board/") for move in moves)
        code = code_of(long, moves)
        assert (len(moves) - pins, pins >= 23) == (428, True)
        assert len(code) <= LONGEST
        assert read_code(long, code).moves == moves

    def test_a_longer_season_still_fits(self, tmp_path: Path) -> None:
        """532 choices and their pins: packed by what was open, where the lasting way has no room for it."""
        story = Story.load(long_season(tmp_path, hours=8))
        for seed in range(3):
            moves = play_blindly(story, seed, shun="sleep").moves
            code = code_of(story, moves)
            assert sum(not move.startswith("board/") for move in moves) == 532
            assert len(code) <= LONGEST
            assert read_code(story, code).moves == moves

    def test_26_pins_are_in_one_of_them(self, long: Story) -> None:
        assert sum(m.startswith("board/") for m in play_blindly(long, 0, shun="sleep").moves) == 26

    @pytest.mark.parametrize("seed", range(20))
    def test_the_season_as_it_ships(self, season: Story, seed: int) -> None:
        moves = play_blindly(season, seed).moves
        shared = read_code(season, code_of(season, moves))
        assert (shared.moves, shared.parts) == (moves, None)

    def test_every_beginning_of_a_life(self, small: Story) -> None:
        """A code need not lead to an end; that of no moves at all is the opening."""
        moves = play_blindly(small, 3).moves
        for count in range(len(moves) + 1):
            assert read_code(small, code_of(small, moves[:count])).moves == moves[:count]

    def test_a_pin_taken_down(self, long: Story) -> None:
        """Pins, pins of something else, and a Board that is cleared again, are moves like any other."""
        play = play_blindly(long, 7, pins=0, shun="sleep")
        play = Play.replay(long, play.moves[:20])
        while not play.view.board:
            play.choose(play.view.choices[0].id)
        question = play.view.questions[0]
        theory = next(theory.id for theory in question.theories if theory.carried)
        play.pin(question.id, theory, question.pins)
        play.unpin(question.id)
        assert read_code(long, code_of(long, play.moves)).moves == play.moves

    def test_however_it_is_typed(self, small: Story) -> None:
        """Case, blanks, dashes and line breaks do not matter; O and L are read as 0 and 1."""
        moves = play_blindly(small, 5).moves
        code = code_of(small, moves)
        typed = f"  {code.lower().replace('-', ' ')}\n".replace("0", "o").replace("1", "l")
        assert read_code(small, typed).moves == moves

    def test_the_alphabet_cannot_be_misread(self, small: Story) -> None:
        code = code_of(small, play_blindly(small, 1).moves)
        assert set(code) <= {*ALPHABET, "-"}
        assert not set("ILOU") & set(ALPHABET)

    def test_a_life_that_is_too_long_has_none(self, small: Story) -> None:
        """It says so, and what to do instead."""
        pins = [f"board/who_fell={theory}:lamp" for theory in ("fell", "")]
        play = Play.replay(small, ["e01.door.start/hear", "e01.office.desk/cellar", "e01.cellar.stairs/up"])
        for _ in range(600):
            play.apply(pins[0])
            play.apply(pins[1].rstrip("lamp").rstrip(":"))
        with pytest.raises(NoCode, match="too long for a code"):
            code_of(small, play.moves)

    def test_moves_of_no_life_have_none(self, small: Story) -> None:
        with pytest.raises(NoCode):
            code_of(small, ["e01.nowhere/at_all"])


class TestNumbers:
    """The coder, by itself."""

    def test_symbols_come_out_as_they_went_in(self) -> None:
        dice = random.Random(5)
        for _ in range(200):
            packed, symbols = Packer(), []
            for _ in range(dice.randrange(60)):
                weights = [dice.randrange(1, 70) for _ in range(dice.randrange(1, 12))]
                symbols.append((dice.randrange(len(weights)), weights, dice.randrange(5_000)))
                packed.pick(symbols[-1][0], weights)
                packed.natural(symbols[-1][2])
            taken = Unpacker(from_text(to_text(packed.number())) if symbols else packed.number())
            for index, weights, number in symbols:
                assert (taken.pick(weights), taken.natural()) == (index, number)
            assert taken.done

    def test_a_likely_symbol_costs_little(self) -> None:
        packed = Packer()
        for _ in range(1_000):
            packed.pick(0, [1_000, 1])
        assert packed.number().bit_length() < 10


class TestHostile:
    """Whatever is typed, there is an answer, and it is a BadCode."""

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("", "too short"),
            ("-", "too short"),
            ("1", "too short"),
            ("U" * 20, "alphabet"),
            ("1234567é90", "alphabet"),
            ("١٢٣٤٥٦٧٨", "alphabet"),
            ("\x00" * 9, "alphabet"),
            ("A" * 301, "too long"),
            ("A" * 1_000_000, "too long"),
            ("1ABCDEFGHJK", "checksum"),
            ("\ud800" * 9, "alphabet"),
        ],
    )
    def test_it_is_told_what_is_wrong(self, small: Story, typed: str, told: str) -> None:
        with pytest.raises(BadCode, match=told):
            read_code(small, typed)

    def test_it_is_refused_as_an_import_is(self) -> None:
        assert issubclass(BadCode, BadImport)

    def test_one_wrong_character_is_noticed(self, small: Story) -> None:
        """Every character, turned into every other one."""
        code = code_of(small, play_blindly(small, 2).moves)
        for at, char in enumerate(code):
            for other in ALPHABET.replace(char, "") if char != "-" else "":
                with pytest.raises(BadCode, match="checksum"):
                    read_code(small, code[:at] + other + code[at + 1 :])

    def test_another_story(self, small: Story, long: Story) -> None:
        with pytest.raises(BadCode, match="another story"):
            read_code(long, code_of(small, play_blindly(small, 2).moves))

    def test_a_newer_version_of_the_game(self, small: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("game.session.coding.VERSION", "2")
        code = code_of(small, play_blindly(small, 2).moves)
        monkeypatch.undo()
        with pytest.raises(BadCode, match="newer version"):
            read_code(small, code)

    def test_any_text_at_all(self, small: Story) -> None:
        dice = random.Random(11)
        for _ in range(2_000):
            text = "".join(dice.choices(string.printable + "é١😀", k=dice.randrange(320)))
            with pytest.raises(BadCode):
                read_code(small, text)

    def test_any_number_with_a_good_checksum(self, small: Story, long: Story) -> None:
        """Somebody who can compute a checksum gets a refusal, or a life that the story has."""
        dice = random.Random(12)
        for story in (small, long):
            for bits in (5, 40, 200, 1_470):
                for _ in range(40):
                    self.read(story, dice.getrandbits(bits) + 1)

    def test_any_number_of_this_story(self, small: Story, long: Story) -> None:
        """The same behind a header that is right, so that the moves themselves are reached."""
        dice = random.Random(13)
        for story in (small, long):
            real = from_text(code_of(story, play_blindly(story, 1).moves[:9]))
            for _ in range(150):
                step = 1 << dice.randrange(20, 200)
                self.read(story, (real + dice.getrandbits(160) * step) >> dice.choice([0, 0, 1]) or 1)

    @staticmethod
    def read(story: Story, number: int) -> None:
        try:
            code = to_text(number)
            from_text(code)
            shared = read_code(story, code)
        except (BadCode, NotAText):
            return
        assert Play.replay(story, shared.moves).moves == shared.moves


class TestEdits:
    """A code goes on working while the story is edited around it."""

    LIFE = (
        "e01.hall.start/left",
        "e01.hall.left/listen",
        "e01.hall.left/open",
        "e01.yard.start/stand",
        "e01.close/continue",
        "e02.room.start/sit",
        "e02.room.middle/wait",
        "e02.room.middle/leave",
    )

    def made(self, folder: Path) -> str:
        return code_of(short_story(folder), self.LIFE)

    def numbered(self, folder: Path, edit: Callable[[str], str]) -> Story:
        """The story in `folder`, edited; what is new in it gets its numbers."""
        write_short(folder, edit)
        return Story.load(folder)

    def test_choices_that_are_added(self, tmp_path: Path) -> None:
        """In front of the others, in every menu."""
        code = self.made(tmp_path)
        edit = edited(("    choices:\n", "    choices:\n      aside: {text: Wait., once: true}\n"))
        shared = read_code(self.numbered(tmp_path, edit), code)
        assert (shared.moves, shared.parts) == (self.LIFE, None)

    def test_choices_in_another_order_and_locked(self, tmp_path: Path) -> None:
        code = self.made(tmp_path)
        left, right = (
            "      left: {text: Go left., to: left}\n",
            "      right: {text: Go right., to: yard.start}\n",
        )
        locked = right.replace("}", ", when: trust.ann == solid, locked: No.}")
        assert (
            read_code(self.numbered(tmp_path, edited((left + right, locked + left))), code).moves == self.LIFE
        )

    def test_a_choice_that_was_not_taken_is_removed(self, tmp_path: Path) -> None:
        code = self.made(tmp_path)
        edit = edited(("      right: {text: Go right., to: yard.start}\n", ""))
        assert read_code(self.numbered(tmp_path, edit), code).moves == self.LIFE

    def test_renamed_with_was(self, tmp_path: Path) -> None:
        """A passage and a choice; the life is that of today's names."""
        code = self.made(tmp_path)
        edit = edited(
            ("  left:\n    text", "  west:\n    was: left\n    text"), ("to: left}", "to: west}"),
            ("listen: {text: Listen.}", "hark: {text: Listen., was: listen}"),
        )  # fmt: skip
        shared = read_code(self.numbered(tmp_path, edit), code)
        assert shared.moves == (
            "e01.hall.start/left",
            "e01.hall.west/hark",
            "e01.hall.west/open",
            *self.LIFE[3:],
        )

    def test_a_choice_that_was_taken_is_removed(self, tmp_path: Path) -> None:
        """It says where the story and the code part, and how many moves are certain."""
        code = self.made(tmp_path)
        edit = edited(("      sit: {text: Sit., to: middle}\n", ""))
        with pytest.raises(BadCode, match="they part in 'Second', after 5 moves") as caught:
            read_code(self.numbered(tmp_path, edit), code)
        assert caught.value.moves == self.LIFE[:5]

    def test_a_passage_put_in_between(self, tmp_path: Path) -> None:
        code = self.made(tmp_path)
        between = "  door:\n    text: |\n      A door.\n    choices:\n      on: {text: On., to: yard.start}\n"
        listen = "      listen: {text: Listen.}\n"
        edit = edited(("Open it., to: yard.start}", "Open it., to: door}"), (listen, listen + between))
        with pytest.raises(BadCode, match=r"after 3 moves .*something new"):
            read_code(self.numbered(tmp_path, edit), code)

    def test_a_state_that_is_another_one(self, tmp_path: Path) -> None:
        """The moves are all there, but the second episode does not open as it did."""
        code = self.made(tmp_path)
        edit = edited(("set: {wet: yes}", "trust: {ann: +1}"))
        shared = read_code(self.numbered(tmp_path, edit), code)
        assert (shared.moves, shared.parts) == (self.LIFE, "e02")

    def test_a_newer_edition(self, tmp_path: Path) -> None:
        """A code from a story that has numbers which this one lacks."""
        write_short(tmp_path / "old")
        newer = short_story(tmp_path / "new")
        Ordinals(newer).write()
        write_short(
            tmp_path / "new",
            edited(("listen: {text: Listen.}", "listen: {text: Listen.}\n      yawn: {text: Yawn.}")),
        )
        code = code_of(Story.load(tmp_path / "new"), self.LIFE)
        with pytest.raises(BadCode, match="newer edition"):
            read_code(Story.load(tmp_path / "old"), code)

    def test_a_story_that_has_no_numbers_yet(self, tmp_path: Path) -> None:
        """A writer's draft can be shared too; once the numbers are written they are the same."""
        write_short(tmp_path, number=False)
        story = Story.load(tmp_path)
        code = code_of(story, self.LIFE)
        Ordinals(story).write()
        assert read_code(Story.load(tmp_path), code).moves == self.LIFE

    @pytest.mark.parametrize(("episodes", "hours"), [(3, 6), (13, 8)])
    def test_a_long_season_grows(self, tmp_path: Path, episodes: int, hours: int) -> None:
        """A code of a whole season, packed in either way, while every scene gains a choice."""
        folder = long_season(tmp_path, episodes, hours)
        Ordinals(Story.load(folder)).write()
        story = Story.load(folder)
        moves = play_blindly(story, 4, shun="sleep").moves
        code = code_of(story, moves)
        for path in folder.glob("e*/[lo]*.yaml"):
            more = "    choices:\n      zero: {text: Nothing.}\n"
            path.write_text(path.read_text().replace("    choices:\n", more))
        Ordinals(Story.load(folder)).write()
        shared = read_code(Story.load(folder), code)
        assert (shared.moves, shared.parts) == (moves, None)
