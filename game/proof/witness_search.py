"""Moves to a given place, or the certainty that there are none.

The walks find almost everything. For the rest the question is put backwards: from where can it come? That
is asked episode by episode until the answer holds a state in which some walk has stood, and from there the
moves are read off, each one nearer; or until the season's first page is not in it, and then nothing leads there.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.engine.board import pin_move

from .prove_graph import Pin
from .symbolic_can import Can
from .symbolic_diagrams import Diagram
from .symbolic_limits import TooMuch
from .symbolic_space import Space
from .witness_code import Lost, Machine
from .witness_moves import moves_of, place_pins
from .witness_walk import Node, Walker

__all__ = ["Search"]


class Search:
    """Searches over one graph. It begins at the states that a walker has kept."""

    def __init__(self, space: Space, walker: Walker) -> None:
        self.space, self.walker, self.graph = space, walker, walker.graph
        self.machine = Machine(walker.graph)
        self.care: dict[int, Diagram] = {}
        """For some spots a set that has every state which can be there: nothing outside it need be followed."""
        self.openings: dict[int, Diagram] = {}
        """The same for the openings of episodes."""

    def find(
        self,
        goal: Mapping[int, Diagram | None],
        goal_at: Mapping[int, Diagram] | None = None,
        within: Mapping[int, Diagram] | None = None,
        before: int | None = None,
    ) -> tuple[str, ...] | None:
        """Moves that meet a mark of `goal` or come to a state of `goal_at`; None: there are none. Raises TooMuch.

        See `Can` for `within`. `before`: only plays in earlier episodes, or at the first page, are gone on from.
        """
        self.space.dd.check()
        can = Can(self.space, goal, goal_at or {}, {**self.care, **(within or {})})
        steps = 150
        while (order := can.waiting) >= 0:
            can.run(order, steps)
            steps *= 2  # look now and then whether that is enough
            node = self._nearest(can, order, before)
            if node is not None:
                return self.descend(can, node)
            if can.waiting < order and self._cut(can, order):
                return None
        return None

    def _cut(self, can: Can, order: int) -> bool:
        """Whether no play that can be at all opens this episode so that it comes to the goal."""
        dd, opening = (
            self.space.dd,
            next((s for e, s in self.graph.openings.items() if self.graph.order[e] == order), None),
        )
        if opening is None or opening not in self.openings or can.waiting < 0:
            return False
        if dd.both(can.at(opening), self.openings[opening]) != dd.false:
            return False
        return can.drop(order)

    def _nearest(self, can: Can, order: int, before: int | None) -> Node | None:
        """The kept play, in an episode from `order` on, from which the goal can be reached, with the fewest moves."""
        best: Node | None = None
        for spot, nodes in self.walker.standing():
            episode = self.graph.order[self.graph.spots[spot].episode]
            if spot not in can.sets or episode < order:
                continue
            inside = self.space.member(can.at(spot))
            for node in nodes:
                if before is not None and episode >= before and node.depth:
                    continue
                if (best is None or node.depth < best.depth) and inside(
                    self.machine.reader(spot, node.state)
                ):
                    best = node
        return best

    def descend(self, can: Can, node: Node) -> tuple[str, ...]:
        """From a play in which the goal can be reached, the whole list of moves until it is."""
        path, spot, state, moves = node.path, node.spot, list(node.state), node.moves
        while True:
            time = can.rank(spot, self.machine.reader(spot, state))
            assert time is not None
            if spot in can.goal_at and self.space.contains(
                can.goal_at[spot], self.machine.reader(spot, state)
            ):
                return tuple(moves_of(path))
            step = self._choice(can, spot, state, moves, time) or self._pin(can, spot, state, time)
            if step is None:
                raise TooMuch("it is only met on ways that never come to a choice")
            move, spot, state, moves, done = step
            path = (path, move)
            if done:
                return tuple(moves_of(path))

    @staticmethod
    def _met(can: Can, out: list[int]) -> bool:
        """Whether the goal was met on the way. One narrowed to some states cannot be told from its mark."""
        return any(number in can.goal and can.goal[number] is None for number in out)

    def _choice(
        self, can: Can, spot: int, state: list[int], moves: list[int], time: int
    ) -> tuple[str, int, list[int], list[int], bool] | None:
        machine, here = self.machine, self.graph.spots[spot]

        def there(at: int, values: list[int]) -> bool:
            return at in can.goal_at and self.space.contains(can.goal_at[at], machine.reader(at, values))

        best: tuple[int, tuple[str, int, list[int], list[int], bool]] | None = None
        for move in moves:
            machine.forget()
            out: list[int] = []
            after = list(state)
            name = f"{here.passage}/{here.moves[move].id}"
            try:
                to, onward = machine.take(spot, move, after, out, there)
            except Lost:
                if any(self.graph.targets[number].alarm for number in out) and self._met(can, out):
                    return name, spot, after, [], True
                continue
            if self._met(can, out) or there(to, after):
                return name, to, after, onward, True
            rank = can.rank(to, machine.reader(to, after))
            if rank is not None and rank < time and (best is None or rank < best[0]):
                best = rank, (name, to, after, onward, False)
        return best[1] if best else None

    def _pin(
        self, can: Can, spot: int, state: list[int], time: int
    ) -> tuple[str, int, list[int], list[int], bool] | None:
        for pin in self.graph.spots[spot].pins:
            if not self.machine.holds(pin.when, state):
                continue
            chosen = self._placed(can, pin, spot, state, time)
            after = list(state)
            if chosen is None or not place_pins(self.machine, pin.question, pin.theory, chosen, after):
                continue
            self.machine.forget()
            out: list[int] = []
            self.machine.meet(pin.code, after, out)
            moves = self.machine.run(spot, after, out)[1]
            name = f"board/{pin.question.id}="
            if pin.theory is not None:
                name = pin_move(pin.question.id, pin.theory, [c for c in pin.question.pins if c in chosen])
            return name, spot, after, moves, self._met(can, out)
        return None

    def _placed(self, can: Can, pin: Pin, spot: int, state: list[int], time: int) -> set[str] | None:
        """The clues to pin so that the goal is nearer, or None."""
        space, dd, question = self.space, self.space.dd, pin.question
        read = self.machine.reader(spot, state)
        found = space.backward(pin.code, lambda to: can.earlier(to, time), can.goal)
        if pin.theory is None:
            return set() if space.contains(found, read) else None
        pins = {bit: clue for clue, variable in question.pins.items() for bit in space.bits[variable.name]}

        def here(states: Diagram) -> Diagram:
            """What is left to say of the pins, everything else being as it is."""
            fixed: dict[int, bool] = {}
            for bit in dd.support(states) - pins.keys():
                variable = space.owner[bit]
                fixed[bit] = space.values(variable, read(variable))[bit]
            return dd.fix(states, fixed)

        found = dd.both(here(found), here(space.placing(pin)))
        if found == dd.false:
            return None
        return {pins[bit] for bit, up in dd.some(found).items() if up}
