"""What each typed word does. `answer` takes one line and does all of it."""

from __future__ import annotations

from collections.abc import Callable

from game.engine import NotOffered, StoryFault
from game.saves import SavesError
from game.session import SessionError, Turn

from . import bookmarks, lives
from .board import board_lines, number_board
from .casebook import casebook_lines
from .game import Game
from .outline import LETTERS, decisions, outline_lines
from .page import open_offers, plain
from .settings import passing, settings
from .words import VERBS, Typed, numbers, parse, suggestion

__all__ = ["answer"]

Command = Callable[[Game, str], None]


def answer(game: Game, line: str) -> None:
    """Do what a line says. Whatever was typed, it ends in an answer; an empty line does nothing."""
    typed = parse(line)
    confirm, game.confirm = game.confirm, None
    if confirm is not None and line.strip().casefold() in ("yes", "y"):
        _guarded(game, lambda: confirm())
    elif typed.verb == "choose":
        _guarded(game, lambda: choose(game, typed.number))
    elif typed.verb == "unknown":
        _unknown(game, typed)
    elif typed.verb != "nothing":
        _guarded(game, lambda: COMMANDS[typed.verb](game, typed.rest))
    if confirm is not None and game.confirm is None and line.strip().casefold() not in ("yes", "y"):
        game.say("", "Nothing was removed.")
    game.tell()


def _guarded(game: Game, work: Callable[[], None]) -> None:
    try:
        work()
    except (SessionError, SavesError) as problem:
        game.say("", str(problem))
    except StoryFault as problem:
        game.say("", f"The story has a fault here, and nothing has changed. {problem}")


def _unknown(game: Game, typed: Typed) -> None:
    word = typed.rest if len(typed.rest) <= 40 else f"{typed.rest[:40]}…"
    game.say(
        "", f"`{word}` means nothing here.{suggestion(typed.rest)} A number chooses; `help` lists the words."
    )


def choose(game: Game, number: int) -> None:
    """Make the choice with that number."""
    view = game.session.view
    offers = open_offers(view)
    if not 1 <= number <= len(offers):
        if not offers:
            game.say("", "There is nothing to choose any more. `back`, `map`, `new` and `quit` work.")
        else:
            upto = f"The choices go from 1 to {len(offers)}" if len(offers) > 1 else "There is only choice 1"
            game.say("", f"There is no choice {number} here. {upto}; `again` says them once more.")
        return
    game.show(game.session.choose(offers[number - 1].id), view)


def again(game: Game, rest: str) -> None:
    """`again`: the last text and its choices, with the place."""
    game.show_here()


def back(game: Game, rest: str) -> None:
    """`back`: the play one turn earlier."""
    if len(game.session.transcript) < 2:
        game.say("", "There is nothing to take back: this is where the story begins.")
        return
    left = game.session.view
    turn = game.session.rewind(1)
    game.say("", "Taken back.")
    game.show(Turn(turn.move, "", turn.view), left)


def case(game: Game, rest: str) -> None:
    """`case`, `case WORD`: the casebook, or what has the word in it."""
    lines = casebook_lines(game.story, game.session.play.casebook, rest)
    dials = [f"{name} {word}" for name, word in game.session.view.dials]
    game.console.say([*lines, f"You: {', '.join(dials).lower()}.", ""] if dials and not rest else lines)


def board(game: Game, rest: str) -> None:
    """`board`: everything on the Board, numbered."""
    game.console.say(board_lines(game.story, game.session.view))


def pin(game: Game, rest: str) -> None:
    """`pin THEORY with CLUES`, by the numbers of `board`."""
    view = game.session.view
    if not _pins_move_here(game):
        return
    theory_part, _, clue_part = rest.partition(" with ")
    theory, clues = numbers(theory_part), numbers(clue_part)
    if not theory or len(theory) != 1 or not clues:
        game.say("", "Say it like this: `pin 2 with 1 4`. The numbers are those that `board` gives.")
        return
    listed = number_board(view)
    if not 1 <= theory[0] <= len(listed.theories):
        game.say("", f"There is no theory {theory[0]} on the Board. `board` lists them.")
        return
    wrong = [number for number in clues if not 1 <= number <= len(listed.clues)]
    if wrong:
        game.say("", f"There is no clue {wrong[0]} on the Board. `board` lists them.")
        return
    question, chosen = listed.theories[theory[0] - 1]
    ids = list(dict.fromkeys(listed.clues[number - 1] for number in clues))
    foreign = [clue for clue in ids if clue not in question.pins]
    if foreign:
        title = plain(game.story.clues[foreign[0]].title)
        game.say("", f"{title} cannot be pinned to that question. `board` lists the clues that can.")
        return
    _pinned(game, question.id, chosen.id, ids)


def _pinned(game: Game, question: str, theory: str, clues: list[str]) -> None:
    view = game.session.view
    try:
        turn = game.session.pin(question, theory, clues)
    except NotOffered as problem:
        game.say("", str(problem))
        return
    game.show(turn, view)


def unpin(game: Game, rest: str) -> None:
    """`unpin QUESTION`; without a number where there is only one."""
    view = game.session.view
    if not _pins_move_here(game):
        return
    wanted = numbers(rest) or ([1] if not rest and len(view.questions) == 1 else [])
    if len(wanted) != 1 or not 1 <= wanted[0] <= len(view.questions):
        game.say("", "Say which question to clear: `unpin 1`. `board` lists them.")
        return
    question = view.questions[wanted[0] - 1]
    if question.standing is None:
        game.say("", "Nothing is pinned to that question.")
        return
    game.show(game.session.unpin(question.id), view)


def _pins_move_here(game: Game) -> bool:
    if not game.session.view.board:
        game.say("", "The Board can only be read here. Pins are moved where it hangs.")
        return False
    return True


def outline(game: Game, rest: str) -> None:
    """`map`, `map all`, `map N`, `map Nb`, `map WORDS`."""
    if rest and rest.casefold() != "all":
        (_travel if rest[0] in "0123456789#" else lives.map_search)(game, rest)
        return
    session = game.session
    found = decisions(session, None if rest else session.view.episode)
    hints = game.setting("map", "another")
    game.console.say(outline_lines(game.story, found, session.closed(), hints))


def _travel(game: Game, rest: str) -> None:
    digits = rest.rstrip(LETTERS)
    letter = rest[len(digits) :]
    wanted = numbers(digits)
    turns = game.session.transcript
    if not wanted or len(wanted) != 1 or len(letter) > 1 or not 1 <= wanted[0] <= len(turns):
        game.say("", f"There is no decision `{rest}`. `map` lists them with their numbers.")
        return
    if letter:
        others = {decision.number: decision for decision in decisions(game.session)}[wanted[0]].others
        place = LETTERS.index(letter)
        if place >= len(others):
            game.say("", f"No other life is listed as `{rest}`. `map` lists them.")
            return
        game.session.go(others[place].node)
        game.say("", "You are where that other life went:")
    else:
        game.session.rewind(len(turns) - wanted[0])
        game.say("", "You are there again. What you had played after it is kept.")
    game.show_here()


def note(game: Game, rest: str) -> None:
    """`note`: what is in the story."""
    game.say("", *game.note())


def new(game: Game, rest: str) -> None:
    """`new`: a new life."""
    game.say("", "A new life. The one you were in is kept: `saves` lists it.")
    game.begin()


def help_(game: Game, rest: str) -> None:
    """`help`, `help WORD`."""
    asked = parse(rest).verb if rest else ""
    shown = [verb for verb in VERBS if verb.name == asked] or list(VERBS)
    game.say("", "A number makes that choice. An empty line does nothing. Otherwise:", "")
    for verb in shown:
        also = f" (also: {', '.join(verb.aliases)})" if verb.aliases and len(shown) == 1 else ""
        game.say(f"- {verb.usage}: {verb.does}.{also}")


def quit_(game: Game, rest: str) -> None:
    """`quit`."""
    game.over = True


COMMANDS: dict[str, Command] = {
    "again": again,
    "back": back,
    "case": case,
    "board": board,
    "pin": pin,
    "unpin": unpin,
    "map": outline,
    "lives": lives.lives,
    "life": lives.life,
    "compare": lives.comparing,
    "skip": lives.skipping,
    "find": lives.find,
    "transcript": lives.transcript,
    "share": lives.share,
    "replay": lives.replay,
    "save": bookmarks.save,
    "saves": bookmarks.saves,
    "load": bookmarks.load,
    "delete": bookmarks.delete,
    "forget": bookmarks.forget,
    "note": note,
    "settings": settings,
    "pass": passing,
    "new": new,
    "help": help_,
    "quit": quit_,
}
