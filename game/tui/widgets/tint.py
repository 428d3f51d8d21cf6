"""A person's color, made readable on whatever it stands on."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.widget import Widget

__all__ = ["tint"]


def tint(widget: Widget, color: str | None, *, old: bool = False) -> Style:
    """`color` as ink on the background of `widget`, quieter if `old`; no style where there is no color.

    `color` is a variable of the theme by its name, or anything that is a color in CSS.
    """
    if color is None or widget.app.no_color:
        return Style.null()
    try:
        ink = Color.parse(widget.app.theme_variables.get(color.lstrip("$"), color))
    except ColorParseError:
        return Style.null()
    _, background = widget.background_colors
    towards = Color.parse("white" if background.brightness < 0.5 else "black")
    for _ in range(8):
        if abs(ink.brightness - background.brightness) >= 0.35:
            break
        ink = ink.blend(towards, 0.2)
    return Style.from_color((ink.blend(background, 0.35) if old else ink).rich_color)
