"""Bookmarks by typed words: save, saves, load, delete, forget."""

from __future__ import annotations

from game.saves import Bookmark

from .game import Game
from .page import episode_name, place_name

__all__ = ["delete", "find", "forget", "listing", "load", "save", "saves"]

_LONGEST_NAME = 80


def save(game: Game, rest: str) -> None:
    """`save NAME`; without a name the place lends its own."""
    name = rest[:_LONGEST_NAME] or place_name(game.story, game.session.view.place)
    try:
        mark = game.session.save(name)
    except ValueError as problem:
        game.say("", str(problem))
        return
    game.say("", f"Saved as `{mark.name}`. `load {mark.name}` comes back here.")


def listing(game: Game) -> list[Bookmark]:
    """The bookmarks in the order of their numbers: named ones, then autosaves, newest first in each."""
    marks = sorted(game.session.bookmarks(), key=lambda mark: mark.when, reverse=True)
    return [mark for mark in marks if not mark.auto] + [mark for mark in marks if mark.auto]


def saves(game: Game, rest: str) -> None:
    """List the bookmarks."""
    marks = listing(game)
    named = [mark for mark in marks if not mark.auto]
    game.say("", "Bookmarks" if named else "No bookmarks yet. `save NAME` puts one here.")
    for number, mark in enumerate(marks, 1):
        if number == len(named) + 1:
            game.say("", "Lives, kept by themselves")
        game.say(f"{number}. {_described(game, mark)}")
    game.say("", "`load` and a number or a name goes there.")


def _described(game: Game, mark: Bookmark) -> str:
    own = {"mine": " This is the life you are in.", "live": " It is open in another window."}
    which = own["mine"] if mark.mine else own["live"] if mark.live else ""
    name = "" if mark.auto else f"{mark.name}. "
    when = mark.when[:16].replace("T", " ")
    moves = f"{mark.moves} {'choice' if mark.moves == 1 else 'choices'}"
    line = f' "{mark.line}"' if mark.line else ""
    where = f"{episode_name(game.story, mark.episode)}, {place_name(game.story, mark.place)}"
    return f"{name}{where}. {moves}, {when} UTC.{which}{line}"


def find(game: Game, wanted: str) -> Bookmark | None:
    """The bookmark of that name, number or beginning of a name; says so if there is none or several."""
    marks = listing(game)
    key = wanted.casefold()
    named = [mark for mark in marks if not mark.auto]
    exact = [mark for mark in named if mark.name.casefold() == key]
    if exact:
        return exact[0]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(marks):
        return marks[int(wanted) - 1]
    begun = [mark for mark in named if mark.name.casefold().startswith(key)]
    if len(begun) == 1:
        return begun[0]
    some = "Several bookmarks begin" if begun else "No bookmark begins"
    game.say("", f"{some} with `{wanted}`. `saves` lists them.")
    return None


def load(game: Game, rest: str) -> None:
    """`load NAME`; without a name the list."""
    if not rest:
        saves(game, "")
        return
    mark = find(game, rest)
    if mark is not None:
        game.session.load(mark.id)
        game.show_here()


def delete(game: Game, rest: str) -> None:
    """`delete NAME`, after asking."""
    _ask(game, rest, "delete", "This removes the bookmark; what you played stays on the map.")


def forget(game: Game, rest: str) -> None:
    """`forget NAME`, after asking."""
    _ask(game, rest, "forget", "This erases the life under the bookmark for good.")


def _ask(game: Game, rest: str, verb: str, means: str) -> None:
    if not rest:
        game.say("", f"`{verb}` needs a name or a number; `saves` lists them.")
        return
    mark = find(game, rest)
    if mark is None:
        return
    if mark.mine:
        game.say("", "That is the life you are in. Load or begin another one first.")
        return

    def do() -> None:
        if verb == "delete":
            game.session.delete(mark.id)
            game.say("", "The bookmark is gone.")
        else:
            game.session.forget(mark.id)
            game.say("", "That life is forgotten.")

    game.say("", _described(game, mark), f"{means} Type `yes` to do it.")
    game.confirm = do
