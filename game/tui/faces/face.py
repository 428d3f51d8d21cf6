"""The widget that shows a face: sizes it, colors it, and lets it move when it may.

The timer asks each time, because Textual's own animation setting governs only Textual's animator. A
picture that nobody can see, behind another screen or scrolled away, is not drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from .canvas import ROLES, Canvas, Role
from .registry import FACES, FPS

__all__ = ["Face"]

TALL_ROWS: Final = 30
"""Screens at least this tall get the whole picture."""
LOW_ROWS: Final = 26
"""Shorter ones, down to this, a lower one; below, the prose has the room."""
LEAST_COLUMNS: Final = 70


class Face(Widget):
    """An establishing shot: `Face("window")`, later `face.show("road")`.

    It is decoration: it takes no focus and says nothing the prose does not.
    """

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"face--{role}" for role in ROLES}
    can_focus = False

    motion: reactive[bool] = reactive(True, init=False)
    """Whether it may move; `app.animation_level == "none"` forbids it as well."""

    def __init__(self, name: str = "none", motion: bool = True, *, id: str | None = None) -> None:
        """A face by its name in `FACES`. KeyError if there is none by that name."""
        super().__init__(id=id)
        self._shot = FACES[name]
        self._face = name
        self._tick = self._shot.still
        self._timer: Timer | None = None
        self._drawn: tuple[tuple[int, int, str], Canvas] | None = None
        self.set_reactive(Face.motion, motion)

    @property
    def face(self) -> str:
        """The name of the face being shown."""
        return self._face

    @property
    def moving(self) -> bool:
        """Whether a timer is running for it now."""
        return self._timer is not None

    def show(self, name: str) -> None:
        """Cut to another face; the same one goes on undisturbed. KeyError if there is none by that name."""
        shot = FACES[name]
        if name == self._face:
            return
        self._shot, self._face, self._tick = shot, name, shot.still
        if self.is_mounted:
            self._fit(self.screen)
            self._set_timer()
        self.refresh()

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)
        self._fit(self.screen)
        self._set_timer()

    def on_show(self) -> None:
        self._set_timer()

    def on_hide(self) -> None:
        self._stop()

    def watch_motion(self) -> None:
        self._tick = self._shot.still
        if self.is_mounted:
            self._set_timer()
            self._redraw()

    def _fit(self, screen: Screen[object]) -> None:
        """Take the room there is, or none: this depends on the screen alone, so it settles at once."""
        columns, rows = screen.size
        self.set_class(not self._shot.every or rows < LOW_ROWS or columns < LEAST_COLUMNS, "-gone")
        self.set_class(rows < TALL_ROWS, "-low")

    def _set_timer(self) -> None:
        """Run a timer exactly when there is something to move and leave to move it."""
        wanted = self.motion and self._shot.every > 0 and self.app.animation_level != "none" and self.display
        if not wanted:
            self._stop()
        elif self._timer is None:
            self._timer = self.set_interval(1 / FPS, self._advance)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _advance(self) -> None:
        if self.app.animation_level == "none":
            self._tick = self._shot.still
            self._stop()
            self._redraw()
        elif self.screen.is_active:
            self._tick += 1
            if self._tick % self._shot.every == 0:
                self._redraw()

    def _redraw(self) -> None:
        """Draw this tick; trouble the terminal only if it looks different."""
        before = self._drawn
        self._drawn = ((*self.size, self._face), self._shot.draw(*self.size, self._tick))
        if before is None or before[1].rows != self._drawn[1].rows:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        key = (width, height, self._face)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._shot.draw(width, height, self._tick))
        if y >= height:
            return Strip.blank(width)

        def style(role: Role) -> Style:
            return self.get_component_rich_style(f"face--{role}")

        segments: list[Segment] = []
        run, role = "", ROLES[0]
        for char, color in self._drawn[1].rows[y]:
            if color != role and char != " ":
                segments.append(Segment(run, style(role)))
                run, role = "", color
            run += char
        segments.append(Segment(run, style(role)))
        return Strip(segments, width)
