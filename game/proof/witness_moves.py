"""Moves as they are written down, made on concrete states: what the engine would refuse is refused here."""

from __future__ import annotations

import random

from game.engine.board import carried, pin_move, read_pin
from game.story.model import Question

from .prove_graph import Pin, Spot
from .witness_code import Machine, State

__all__ = ["Path", "full_move", "make_move", "moves_of", "place_pins", "random_pin"]

Path = tuple["Path | None", str]
"""The moves of a play, last first: (what came before, the move)."""


def moves_of(path: Path | None) -> list[str]:
    """The moves in order."""
    moves = []
    while path is not None:
        path, move = path
        moves.append(move)
    return moves[::-1]


def full_move(here: Spot, move: str) -> str:
    """A move made at a menu with its passage; it may have been given by its id alone."""
    return move if move.startswith("board/") else f"{here.passage}/{move.rpartition('/')[2]}"


def make_move(
    machine: Machine, spot: int, open_: list[int], move: str, state: State, out: list[int]
) -> tuple[int, list[int]]:
    """Make a move at a menu where `open_` are open: the next menu, and what is open there.

    A choice may be given by its id alone. `state` and `out` change. Raises ValueError, and changes nothing, if
    the move is not open; and Lost.
    """
    here = machine.graph.spots[spot]
    if move.startswith("board/"):
        pin, clues = _pin(machine, here, move, state)
        if not place_pins(machine, pin.question, pin.theory, clues, state):
            raise ValueError(f"{move!r} is on the Board already")
        machine.meet(pin.code, state, out)
        return machine.run(spot, state, out)
    name = move.rpartition("/")[2]
    number = next((n for n in open_ if here.moves[n].id == name), None)
    if number is None:
        raise ValueError(f"{move!r} is not open at {here.passage}")
    return machine.take(spot, number, state, out)


def _pin(machine: Machine, here: Spot, move: str, state: State) -> tuple[Pin, set[str]]:
    """The pin that a move means, and its clues: all of them known, and enough to carry the theory."""
    question, theory, listed = read_pin(move.removeprefix("board/"))
    clues, known = set(listed), machine.graph.story.clues
    for pin in here.pins:
        if pin.question.id != question or pin.theory != (theory or None):
            continue
        told = all(
            clue in pin.question.pins and machine.layout.get(state, known[clue].variable) for clue in clues
        )
        enough = pin.theory is None or carried(pin.question.theories[pin.theory], clues)
        if told and enough and machine.holds(pin.when, state):
            return pin, clues
    raise ValueError(f"{move!r} cannot be pinned at {here.passage}")


def place_pins(
    machine: Machine, question: Question, theory: str | None, chosen: set[str], state: State
) -> bool:
    """Put the Board's variables of a question into a state. False (and no change) if it stands so already."""
    layout = machine.layout
    value = 0 if theory is None else list(question.theories).index(theory) + 1
    wanted = [
        (question.variable, value),
        *((pin, int(clue in chosen)) for clue, pin in question.pins.items()),
    ]
    if all(layout.get(state, variable) == want for variable, want in wanted):
        return False
    for variable, want in wanted:
        layout.put(state, variable, want)
    return True


def random_pin(
    machine: Machine, spot: int, state: State, chance: random.Random, out: list[int]
) -> str | None:
    """Put something on the Board or take it down, by chance. Returns the move, None if nothing could be."""
    open_pins = [pin for pin in machine.graph.spots[spot].pins if machine.holds(pin.when, state)]
    if not open_pins:
        return None
    pin = chance.choice(open_pins)
    question, layout, clues = pin.question, machine.layout, machine.graph.story.clues
    chosen: set[str] = set()
    if pin.theory is not None:
        known = {clue for clue in question.pins if layout.get(state, clues[clue].variable)}
        sets = [needed for needed in question.theories[pin.theory].carried_by if needed <= known]
        chosen = set(chance.choice(sets)) | {clue for clue in sorted(known) if chance.random() < 0.3}
    if not place_pins(machine, question, pin.theory, chosen, state):
        return None
    machine.meet(pin.code, state, out)
    if pin.theory is None:
        return f"board/{question.id}="
    return pin_move(question.id, pin.theory, [clue for clue in question.pins if clue in chosen])
