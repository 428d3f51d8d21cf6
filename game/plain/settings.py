"""What can be set by typed words: the width, what the map says, what is passed over."""

from __future__ import annotations

from game.session.passing import pass_over, passes_over

from .console import WIDEST
from .game import Game
from .outline import HINTS

__all__ = ["passing", "settings"]

_SWITCH = {"on": True, "yes": True, "off": False, "no": False}


def settings(game: Game, rest: str) -> None:
    """`settings`, `settings NAME VALUE`."""
    name, _, value = rest.partition(" ")
    if name.casefold() == "pass":
        passing(game, value)
        return
    if name == "width" and value.isascii() and value.isdigit() and 20 <= int(value) <= WIDEST:
        game.set("width", value)
    elif name == "map" and value in HINTS:
        game.set("map", value)
    elif rest:
        game.say("", f"`settings {rest[:40]}` is not one of these:")
        _list(game)
        return
    else:
        _list(game)
        return
    game.say("", f"{name} is now {value}.")


def passing(game: Game, rest: str) -> None:
    """`pass over on`, `pass over off`, `pass over`: scenes of self-harm in one plain line, or as written."""
    words = rest.casefold().split()
    wanted = words[1:] if words[:1] == ["over"] else words
    if not wanted:
        game.say("", _said(game))
    elif len(wanted) > 1 or wanted[0] not in _SWITCH:
        game.say("", "Say `pass over on` or `pass over off`.")
    else:
        pass_over(game.session.store, _SWITCH[wanted[0]])
        game.say("", _said(game))
        if game.session.view.softened is not None:
            game.show_here()


def _said(game: Game) -> str:
    if passes_over(game.session.store):
        return (
            "Scenes of self-harm are passed over: each is told in one plain line, and nothing else is lost. "
            "`pass over off` has them read."
        )
    return (
        "Scenes of self-harm are read. `pass over on` has each told in one plain line; nothing else is lost."
    )


def _list(game: Game) -> None:
    game.say(
        "",
        f"width: {game.setting('width', str(WIDEST))}. Columns of text, 20 to {WIDEST}: `settings width 60`.",
        f"map: {game.setting('map', 'another')}. `settings map` and one of these:",
        *(f"  - {name}: {means}" for name, means in HINTS.items()),
        f"pass over: {'on' if passes_over(game.session.store) else 'off'}. {_said(game)}",
    )
