"""The story screen: what a player sees and what the keys do."""

from __future__ import annotations

import pytest
from textual.events import Key

from .conftest import Opens


class TestChoosing:
    """By number, by arrows and Enter, by mouse; never by anything else."""

    async def test_by_number(self, playing: Opens) -> None:
        """A number takes the choice that has it, and what was chosen stays on the page."""
        async with playing() as player:
            await player.press("2")
            assert player.moves() == ("refuse",)
            assert "▸ Refuse it." in player.seen
            assert "He puts the envelope back where it was warm." in player.seen

    async def test_by_arrows_and_enter(self, playing: Opens) -> None:
        """Arrows mark, Enter takes; a locked line is passed over."""
        async with playing() as player:
            await player.press("down", "down", "down", "enter")
            assert player.moves() == ("ask",)

    async def test_enter_alone_takes_nothing(self, playing: Opens) -> None:
        """Nothing is marked until an arrow marks it."""
        async with playing() as player:
            await player.press("enter")
            assert player.moves() == ()

    async def test_by_mouse(self, playing: Opens) -> None:
        """A click on a line takes it; a click on a locked one does nothing."""
        async with playing() as player:
            row = next(y for y, line in enumerate(player.lines) if "Lift the desk." in line)
            await player.pilot.click(offset=(20, row))
            await player.settle()
            assert player.moves() == ()
            row = next(y for y, line in enumerate(player.lines) if "Refuse it." in line)
            await player.pilot.click(offset=(20, row))
            await player.settle()
            assert player.moves() == ("refuse",)

    async def test_space_never_chooses(self, playing: Opens) -> None:
        """Space goes on, and where there is nothing to go on to it does nothing."""
        async with playing() as player:
            await player.press("down", "space", "space")
            assert player.moves() == ()
            await player.press("1", "space", "space", "space", "space")
            assert player.moves() == ("take",)

    async def test_locked_shows_its_reason_and_no_number(self, playing: Opens) -> None:
        """The open ones are numbered through, the locked one has a cross."""
        async with playing() as player:
            assert "×  Lift the desk. — You would have to be angrier." in player.seen
            assert "3  Ask whose building." in player.seen
            await player.press("4")
            assert player.moves() == ()

    async def test_keys_typed_ahead_are_dropped(self, playing: Opens) -> None:
        """Two keys at once make one choice: the second was typed before its page was painted."""
        async with playing() as player:
            for _ in range(3):
                player.app.post_message(Key("3", "3"))
            await player.settle()
            assert player.moves() == ("ask",)
            await player.press("3")
            assert player.moves() == ("ask", "ask")

    async def test_a_choice_of_another_life_has_a_quiet_mark(self, playing: Opens) -> None:
        """Taken in one life, marked in the next."""
        async with playing() as player:
            assert "°" not in player.seen
            await player.press("2", "escape")
            await player.press("2", "enter")
            assert "2° Refuse it." in player.seen

    async def test_rewind(self, playing: Opens) -> None:
        """Backspace takes the last choice back."""
        async with playing() as player:
            await player.press("2", "backspace")
            assert player.moves() == ()
            assert "▸" not in player.seen
            assert "Take his money." in player.seen


class TestReading:
    """Prose is shown as it was written, where the reader left it."""

    async def test_brackets_are_brackets(self, playing: Opens) -> None:
        """Nothing in prose is markup."""
        async with playing() as player:
            assert "The sign says [Door] and under it, smaller, [/]." in player.seen

    async def test_emphasis_is_italic(self, playing: Opens) -> None:
        """The stars are gone and the word is slanted."""
        async with playing() as player:
            strip = next(
                strip for strip in player.screen._compositor.render_strips() if "for both." in strip.text
            )
            slanted = [
                segment.text for segment in strip if segment.style is not None and segment.style.italic
            ]
            assert slanted == ["both"]

    async def test_a_line_of_prose_is_68_at_most(self, playing: Opens) -> None:
        """However wide the window is."""
        async with playing((200, 50)) as player:
            await player.press("1")
            assert max(len(line) for line in player.page.text.splitlines()) <= 68

    async def test_long_text_starts_at_its_start_and_hides_the_menu(self, playing: Opens) -> None:
        """The new turn begins at the top; the menu comes with the end of it."""
        async with playing() as player:
            await player.press("1")
            assert player.lines[3].strip() == "▸ Take his money."
            assert "Last paragraph" not in player.seen
            assert "Go back to the desk." not in player.seen
            await player.press("1")
            assert player.moves() == ("take",)
            await player.press("space", "space", "space")
            assert "Last paragraph. He goes." in player.seen
            assert "1  Go back to the desk." in player.seen

    async def test_every_line_of_long_text_is_shown_on_the_way(self, playing: Opens) -> None:
        """Space leaves nothing out."""
        async with playing((60, 20)) as player:
            await player.press("1")
            shown = player.page.in_view
            while player.menu.folded:
                await player.press("space")
                shown += "\n" + player.page.in_view
            missing = [line for line in player.page.text.splitlines()[-40:] if line not in shown]
            assert missing == []

    async def test_short_text_moves_nothing(self, playing: Opens) -> None:
        """What fits below is put below."""
        async with playing((80, 36)) as player:
            before = player.lines.index(next(line for line in player.lines if "[Door]" in line))
            await player.press("3")
            assert "[Door]" in player.lines[before]
            assert '"Mine," he says.' in player.seen

    async def test_reading_back(self, playing: Opens) -> None:
        """Home is where the episode began, End is where you are."""
        async with playing() as player:
            await player.press("1", "space", "space", "1")
            assert "[Door]" not in player.seen
            await player.press("home")
            assert "[Door]" in player.seen
            await player.press("end")
            assert "The desk, the bottle, the wall." in player.seen
            await player.press("pageup")
            assert "Last paragraph" in player.seen

    async def test_a_voice_has_its_name_and_a_bar(self, playing: Opens) -> None:
        """Told by more than its color."""
        async with playing() as player:
            await player.press("2")
            assert '▌ Kilgrave: "You could have said please."' in player.seen
            assert '▌ "They all do, in the end."' in player.seen
            assert "1  Kilgrave: Smile." in player.seen

    async def test_notices_stand_where_they_happened(self, playing: Opens) -> None:
        """One short line each, marked."""
        async with playing() as player:
            await player.press("2", "2", "1", "1")
            assert "◆ In the casebook: A key on a nail" in player.seen
            assert "± Trish trusts you less: square → wary" in player.seen

    async def test_the_header_is_a_clock(self, playing: Opens) -> None:
        """Hours left are full blocks, hours spent are hollow; a lead says what it costs."""
        async with playing() as player:
            assert "▰" not in player.seen
            await player.press("2", "2")
            assert "▰▰▰▰▰ 5 hours left" in player.lines[0]
            lead = next(line for line in player.lines if "Ask about on the street." in line)
            assert lead.endswith("2 h")
            await player.press("1")
            assert "▰▰▰▱▱ 3 hours left" in player.lines[0]
            assert "West 46th Street" in player.lines[1]

    async def test_typed_text_is_finished_by_one_key(self, playing: Opens) -> None:
        """Nothing types itself out unless it was asked to; then any key shows the rest, and only that."""
        async with playing() as player:
            player.app.desk.preferences["pace"] = "slow"
            await player.pilot.press("3")
            await player.pilot.pause()
            assert '"Mine," he says.' not in player.seen
            await player.pilot.press("3")
            await player.settle()
            assert player.moves() == ("ask",)
            assert '"Mine," he says.' in player.seen


class TestSize:
    """Comfortable, complete, usable, and honest below that."""

    @pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (100, 30)])
    async def test_everything_needed_is_there(self, playing: Opens, size: tuple[int, int]) -> None:
        """Episode, place, time, text, choices and keys at every size."""
        async with playing(size) as player:
            for wanted in (
                "1 · The client",
                "Alias",
                "Tuesday, noon",
                "[Door]",
                "1  Take his money.",
                "? Help",
            ):
                assert wanted in player.seen
            assert len(player.lines) == size[1]

    async def test_too_small_says_so_and_waits(self, playing: Opens) -> None:
        """And then everything is where it was."""
        async with playing() as player:
            await player.press("2")
            before = player.seen
            await player.resize(40, 10)
            assert "too small" in player.seen
            assert "40×10" in player.seen
            await player.press("1")
            assert player.moves() == ("refuse",)
            await player.resize(80, 24)
            assert player.seen == before

    async def test_begun_too_small(self, opened: Opens) -> None:
        """The game can be started in a window that is too small."""
        async with opened((40, 10)) as player:
            assert "too small" in player.seen
            await player.resize(80, 24)
            assert "1  New" in player.seen

    async def test_resizing_keeps_the_place(self, playing: Opens) -> None:
        """The words at the top of the window stay there, whatever the width."""
        async with playing() as player:
            await player.press("1", "space", "space", "1", "home", "pagedown")
            top = player.lines[2].strip() or player.lines[3].strip()
            word = top.split()[0]
            offset = player.page._anchor
            for width, height in ((61, 21), (140, 45), (70, 20), (80, 24)):
                await player.resize(width, height)
                assert player.page._anchor == offset
            assert (player.lines[2].strip() or player.lines[3].strip()).split()[0] == word
