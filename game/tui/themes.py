"""The looks of the full-screen game: noir, paper, high contrast.

Every color a style sheet may use is a variable here, so that a screen never names a color itself. On a
terminal of sixteen colors the same names stand for exact entries of its palette, because the nearest match
to a dim amber is anybody's guess. Purple is Kilgrave's and is the value of one variable only.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

__all__ = ["DEFAULT", "LABELS", "defaults", "themes"]

DEFAULT: Final = "noir"

LABELS: Final = {
    "noir": "Noir: black, and one lamp",
    "paper": "Paper: for a light room",
    "contrast": "High contrast",
}
"""Theme name to what Settings calls it, in the order they are offered."""

_DEEP: Final[dict[str, dict[str, str]]] = {
    "noir": {
        "night": "#000000",  # behind everything
        "sheet": "#0f0d0a",  # header, key bar, panels
        "lift": "#1d1710",  # the row that is chosen
        "ink": "#e6dfd0",  # what is new
        "old": "#857d6f",  # what has been read
        "faint": "#5f584c",  # marks and rules that should not be read first
        "rule": "#2c261d",
        "amber": "#e0992f",
        "ember": "#a8752c",
        "purple": "#a45ee5",
        "string": "#d0493c",
    },
    "paper": {
        "night": "#f5efe2",
        "sheet": "#ebe3d1",
        "lift": "#dfd3b8",
        "ink": "#1f1a13",
        "old": "#6d6453",
        "faint": "#887d68",
        "rule": "#d2c6ac",
        "amber": "#8a4b00",
        "ember": "#94601c",
        "purple": "#6a1fb0",
        "string": "#a3211a",
    },
    "contrast": {
        "night": "#000000",
        "sheet": "#000000",
        "lift": "#3a3a00",
        "ink": "#ffffff",
        "old": "#c8c8c8",
        "faint": "#b0b0b0",
        "rule": "#8a8a8a",
        "amber": "#ffd23f",
        "ember": "#ffe08a",
        "purple": "#d9a8ff",
        "string": "#ff8a80",
    },
}

_SIXTEEN: Final[dict[str, dict[str, str]]] = {
    "noir": {
        "night": "#000000",
        "sheet": "#000000",
        "lift": "#555555",
        "ink": "#ffffff",
        "old": "#aaaaaa",
        "faint": "#aaaaaa",
        "rule": "#555555",
        "amber": "#ffff55",
        "ember": "#aa5500",
        "purple": "#ff55ff",
        "string": "#ff5555",
    },
    "paper": {
        "night": "#ffffff",
        "sheet": "#ffffff",
        "lift": "#aaaaaa",
        "ink": "#000000",
        "old": "#555555",
        "faint": "#555555",
        "rule": "#aaaaaa",
        "amber": "#aa5500",
        "ember": "#aa5500",
        "purple": "#aa00aa",
        "string": "#aa0000",
    },
    "contrast": {
        "night": "#000000",
        "sheet": "#000000",
        "lift": "#0000aa",
        "ink": "#ffffff",
        "old": "#aaaaaa",
        "faint": "#aaaaaa",
        "rule": "#aaaaaa",
        "amber": "#ffff55",
        "ember": "#ffff55",
        "purple": "#ff55ff",
        "string": "#ff5555",
    },
}


def _theme(name: str, inks: dict[str, str]) -> Theme:
    """One theme: our own variables, and Textual's pointed at them for the widgets that are Textual's."""
    return Theme(
        name=name,
        primary=inks["amber"],
        secondary=inks["ember"],
        accent=inks["amber"],
        warning=inks["amber"],
        error=inks["string"],
        success=inks["amber"],
        foreground=inks["ink"],
        background=inks["night"],
        surface=inks["sheet"],
        panel=inks["sheet"],
        dark=name != "paper",
        variables={
            **inks,
            "scrollbar": inks["rule"],
            "scrollbar-hover": inks["faint"],
            "scrollbar-active": inks["ember"],
            "scrollbar-background": inks["night"],
            "scrollbar-background-hover": inks["night"],
            "scrollbar-background-active": inks["night"],
            "scrollbar-corner-color": inks["night"],
            "block-cursor-background": inks["lift"],
            "block-cursor-foreground": inks["ink"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": inks["night"],
            "block-cursor-blurred-foreground": inks["ink"],
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": inks["sheet"],
            "input-cursor-background": inks["amber"],
            "input-cursor-foreground": inks["night"],
            "input-selection-background": inks["lift"],
            "border": inks["ember"],
            "border-blurred": inks["rule"],
        },
    )


def themes(*, sixteen: bool = False) -> dict[str, Theme]:
    """The themes by name, in the palette that the terminal can show."""
    return {name: _theme(name, inks) for name, inks in (_SIXTEEN if sixteen else _DEEP).items()}


def defaults() -> dict[str, str]:
    """The variables of the default theme: what a style sheet means before a theme is chosen."""
    return dict(_DEEP[DEFAULT])
