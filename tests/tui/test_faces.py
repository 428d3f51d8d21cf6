"""Every face, at every size it may be asked for; and the widget, which must know when to hold still."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color
from textual.screen import Screen

from game.tui.faces import FACES, Face
from game.tui.faces.canvas import RANK, ROLES, Canvas, noise

NAMES: tuple[str, ...] = ("window", "neon", "blinds", "meter", "stair", "monitor", "tank")
NAMES += ("road", "wheel", "rain", "bars", "roof", "garage", "none")
LIVELY = ("window", "meter", "monitor", "tank", "road", "wheel", "rain")
SIZES = [(width, height) for width in (20, 21, 39, 40, 61, 80, 100, 120, 121, 160) for height in range(3, 10)]


class Stage(App[None]):
    """One face on an otherwise empty screen."""

    def __init__(self, name: str, motion: bool = True) -> None:
        super().__init__()
        self.face = Face(name, motion)

    def compose(self) -> ComposeResult:
        yield self.face


def picture(face: Face) -> list[str]:
    """What the widget shows, as text."""
    return [face.render_line(y).text for y in range(face.size.height)]


class TestDrawing:
    """The pure functions."""

    def test_the_faces_are_those_that_places_name(self) -> None:
        assert sorted(FACES) == sorted(NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_fills_exactly_the_room_it_is_given(self, name: str) -> None:
        for width, height in SIZES:
            canvas = FACES[name].draw(width, height, FACES[name].still)
            assert [len(row) for row in canvas.rows] == [width] * height, (width, height)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_character_takes_one_cell_and_every_color_has_a_role(self, name: str) -> None:
        for width, height in SIZES:
            for row in FACES[name].draw(width, height, 17).rows:
                for char, role in row:
                    assert (len(char), cell_len(char)) == (1, 1), (char, width, height)
                    assert role in RANK

    @pytest.mark.parametrize("name", NAMES)
    def test_the_same_moment_is_always_the_same_picture(self, name: str) -> None:
        draw = FACES[name].draw
        for tick in (0, 1, 250, 100_000):
            assert draw(100, 7, tick).rows == draw(100, 7, tick).rows

    @pytest.mark.parametrize("name", [name for name in NAMES if name != "none"])
    def test_something_is_there_but_most_of_it_is_black(self, name: str) -> None:
        for width in (80, 100, 120):
            canvas = FACES[name].draw(width, 7, FACES[name].still)
            drawn = sum(char not in " ⠀" for row in canvas.rows for char, _ in row)
            assert drawn > 30
            bright = sum(
                char != " " and role in ("light", "amber") for row in canvas.rows for char, role in row
            )
            assert bright < 0.45 * width * 7

    @pytest.mark.parametrize("name", LIVELY)
    def test_moves_within_a_second(self, name: str) -> None:
        shot = FACES[name]
        assert any(
            shot.draw(100, 7, shot.still).rows != shot.draw(100, 7, shot.still + t).rows for t in range(1, 9)
        )

    @pytest.mark.parametrize("name", [name for name in NAMES if FACES[name].every])
    def test_moves_sooner_or_later(self, name: str) -> None:
        shot = FACES[name]
        first = shot.draw(100, 7, shot.still).rows
        assert any(shot.draw(100, 7, shot.still + t).rows != first for t in range(1, 600))

    def test_the_name_on_the_window_reads_from_outside(self) -> None:
        assert "ƧAI⅃A" in str(FACES["window"].draw(24, 3, 0))

    def test_the_dead_letter_is_dead(self) -> None:
        row = FACES["neon"].draw(30, 3, FACES["neon"].still).rows[1]
        lit = "".join(char for char, role in row if role == "red")
        assert lit == "TAERN"

    def test_what_is_beyond_the_edge_is_clipped(self) -> None:
        canvas = Canvas(4, 1)
        canvas.text(-1, 0, "abcdefg", "dim")
        canvas.put(0, 5, "x", "dim")
        assert str(canvas) == "bcde"

    def test_chance_is_even_and_repeats(self) -> None:
        values = [noise(x, 3) for x in range(2000)]
        assert values == [noise(x, 3) for x in range(2000)]
        assert 0.47 < sum(values) / len(values) < 0.53


class TestMotion:
    """When the picture moves, and when it must not."""

    async def test_moves_by_itself(self) -> None:
        app = Stage("road")
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            assert app.face.moving
            before = picture(app.face)
            for _ in range(4):
                app.face._advance()
            assert picture(app.face) != before

    async def test_no_timer_without_motion(self) -> None:
        app = Stage("road", motion=False)
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            assert not app.face.moving
            still = str(FACES["road"].draw(100, 7, FACES["road"].still)).split("\n")
            assert picture(app.face) == still

    async def test_no_timer_when_animations_are_off(self) -> None:
        app = Stage("road")
        app.animation_level = "none"
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            assert not app.face.moving

    async def test_turning_animations_off_stops_it_at_the_next_tick(self) -> None:
        app = Stage("road")
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            app.animation_level = "none"
            app.face._advance()
            assert not app.face.moving

    async def test_motion_can_be_switched_either_way(self) -> None:
        app = Stage("road")
        async with app.run_test(size=(100, 32)) as pilot:
            app.face.motion = False
            await pilot.pause()
            assert not app.face.moving
            app.face.motion = True
            await pilot.pause()
            assert app.face.moving

    async def test_waits_behind_another_screen(self) -> None:
        app = Stage("road")
        async with app.run_test(size=(100, 32)) as pilot:
            await app.push_screen(Screen())
            await pilot.pause()
            before = app.face.render_line(6)
            app.face._advance()
            assert app.face.render_line(6) == before

    async def test_a_hidden_face_has_no_timer(self) -> None:
        app = Stage("road")
        async with app.run_test(size=(100, 32)) as pilot:
            app.face.display = False
            await pilot.pause()
            assert not app.face.moving
            app.face.display = True
            await pilot.pause()
            assert app.face.moving


class TestRoom:
    """How much of the screen it takes."""

    @pytest.mark.parametrize(
        ("size", "rows"),
        [((100, 30), 7), ((100, 26), 5), ((80, 24), 0), ((60, 40), 0), ((160, 45), 7)],
    )
    async def test_gives_way_to_the_prose(self, size: tuple[int, int], rows: int) -> None:
        app = Stage("window")
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert (app.face.size.height if app.face.display else 0) == rows
            assert app.face.size.width <= 120

    async def test_comes_back_when_there_is_room(self) -> None:
        app = Stage("window")
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert state(app.face) == "gone"
            await pilot.resize_terminal(100, 32)
            await pilot.pause()
            assert state(app.face) == "moving"

    async def test_no_face_takes_no_room(self) -> None:
        app = Stage("none")
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            assert state(app.face) == "gone"
            app.face.show("tank")
            await pilot.pause()
            assert (app.face.face, state(app.face)) == ("tank", "moving")
            app.face.show("none")
            await pilot.pause()
            assert state(app.face) == "gone"

    async def test_an_unknown_face_is_refused(self) -> None:
        with pytest.raises(KeyError):
            Face("sunset")
        app = Stage("road")
        async with app.run_test(size=(100, 32)):
            with pytest.raises(KeyError):
                app.face.show("sunset")
            assert app.face.face == "road"


def state(face: Face) -> str:
    """Whether it takes room and whether it moves."""
    if not face.display:
        return "hidden but moving" if face.moving else "gone"
    return "moving" if face.moving else "still"


def colors(face: Face) -> dict[str, Color]:
    """The color of each role under the theme the app has now."""
    styles = {role: face.get_component_rich_style(f"face--{role}") for role in ROLES}
    return {role: Color.from_rich_color(style.color) for role, style in styles.items()}


class TestColor:
    """Light and dark, sixteen colors, none; and never the one that has an owner."""

    @pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
    async def test_no_violet_and_nothing_vanishes(self, theme: str) -> None:
        app = Stage("window")
        async with app.run_test(size=(100, 32)) as pilot:
            app.theme = theme
            await pilot.pause()
            paper = 0 if app.current_theme.dark else 15
            for role, color in colors(app.face).items():
                hue = color.hsl.h * 360
                assert color.hsl.s < 0.15 or not 235 <= hue <= 345, (role, color.hex)
                sixteen = color.rich_color.downgrade(ColorSystem.STANDARD).number
                assert sixteen not in (4, 5, 12, 13, paper), (role, sixteen)

    async def test_the_strip_says_what_the_drawing_says(self) -> None:
        app = Stage("meter", motion=False)
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            canvas = FACES["meter"].draw(100, 7, FACES["meter"].still)
            assert picture(app.face) == str(canvas).split("\n")
            seen = {
                segment.style.color for y in range(7) for segment in app.face.render_line(y) if segment.style
            }
            assert len(seen) >= 4

    async def test_draws_without_color(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        app = Stage("rain", motion=False)
        async with app.run_test(size=(100, 32)) as pilot:
            await pilot.pause()
            assert any(line.strip() for line in picture(app.face))
