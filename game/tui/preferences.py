"""What a player can set, and what is set.

Values are words, kept in the player's saves. Where there are no saves yet, or a word is not one of those
offered (an older or newer game wrote it), the default holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from game.tui import themes

__all__ = ["SETTINGS", "Keeper", "Preferences", "Setting"]


class Keeper(Protocol):
    """Where settings are kept: the `settings` of a store."""

    def get(self, name: str, default: str) -> str:
        """The value of a name, or the default."""

    def set(self, name: str, value: str) -> None:
        """Keeps a value."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings screen. `options` are pairs of the word kept and the words shown."""

    name: str
    title: str
    about: str
    options: tuple[tuple[str, str], ...]

    @property
    def default(self) -> str:
        """The first option."""
        return self.options[0][0]


SETTINGS: Final = (
    Setting(
        "theme",
        "Theme",
        "Nothing in the game is told by color alone. NO_COLOR is respected, whatever stands here.",
        tuple(themes.LABELS.items()),
    ),
    Setting(
        "width",
        "Width of the text",
        "How many characters a line of prose may have.",
        (("68", "68 characters"), ("60", "60 characters"), ("52", "52 characters"), ("44", "44 characters")),
    ),
    Setting(
        "pace",
        "Pace of the text",
        "At once, or typed out; any key finishes it.",
        (("once", "At once"), ("quick", "Typed, quickly"), ("slow", "Typed, slowly")),
    ),
    Setting(
        "motion",
        "Motion",
        "Rain on a window, a shadow behind the glass. Still when off.",
        (("on", "On"), ("off", "Off")),
    ),
    Setting(
        "harm",
        "Scenes of self-harm",
        "Passed over, they are told in one plain line and nothing else is lost.",
        (("read", "Read"), ("pass", "Pass over")),
    ),
    Setting(
        "spoilers",
        "On the map, what you have not played",
        "Only in episodes that some life of yours has finished.",
        (("another", "Another way"), ("nothing", "Nothing"), ("label", "What it was, and what locked it")),
    ),
)
"""Every setting, in the order of the screen."""

_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


class Preferences:
    """The settings of this player. Kept as soon as there is somewhere to keep them."""

    def __init__(self) -> None:
        self._keeper: Keeper | None = None
        self._values: dict[str, str] = {}

    def keep_in(self, keeper: Keeper) -> None:
        """Reads what was set before, and writes there from now on."""
        self._keeper = keeper
        for name, setting in _BY_NAME.items():
            self._values[name] = keeper.get(name, setting.default)

    def __getitem__(self, name: str) -> str:
        """The word that holds for a setting. Raises KeyError for a name that is none."""
        setting = _BY_NAME[name]
        value = self._values.get(name, setting.default)
        return value if any(value == word for word, _ in setting.options) else setting.default

    def __setitem__(self, name: str, value: str) -> None:
        """Sets and keeps a word. Raises KeyError or ValueError if there is no such setting or option."""
        if not any(value == word for word, _ in _BY_NAME[name].options):
            raise ValueError(f"{name} cannot be {value!r}")
        self._values[name] = value
        if self._keeper is not None:
            self._keeper.set(name, value)

    @property
    def passing(self) -> bool:
        """Whether scenes of self-harm are passed over."""
        return self["harm"] == "pass"

    @property
    def motion(self) -> bool:
        """Whether anything may move by itself."""
        return self["motion"] == "on"

    @property
    def measure(self) -> int:
        """Characters in a line of prose at most."""
        return int(self["width"])

    @property
    def typing(self) -> int:
        """Characters a second, 0 for all at once."""
        return {"once": 0, "quick": 240, "slow": 70}[self["pace"]]
