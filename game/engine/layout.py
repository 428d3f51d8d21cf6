"""Where each variable lives in a state.

A state is one flat list of small integers. What the engine counts for itself (once-only choices, visits) is
mostly yes or no and there is a lot of it, so those are bits of one integer; a slot each would make every copy
and every hash several times slower. What belongs to one episode only shares an integer of its own that is
cleared when the episode is left, so that the states of a long season stay small.
"""

from __future__ import annotations

from game.story.expressions import All, Any, Condition, Constant, Test
from game.story.story import Story
from game.story.variables import Variable

__all__ = ["LASTING", "LOCAL", "Layout"]

LOCAL, LASTING = 0, 1
"""Slots of the two integers of bits: this episode's, and the season's."""


class Layout:
    """The slots of a story. `slot` or (`bits`, `mask`) says where a variable is; `initial` is a new state."""

    def __init__(self, story: Story) -> None:
        self.slot: dict[str, int] = {}
        self.bit: dict[str, tuple[int, int]] = {}
        self.initial: list[int] = [0, 0]
        self.untracked: set[str] = set()
        local_bits: dict[str | None, int] = {}
        lasting = 0
        for variable in story.variables.values():
            if variable.kind in ("visits", "took") and variable.high == 0:
                self.untracked.add(variable.name)
            elif variable.kind in ("visits", "took", "event") and variable.high == 1:
                if variable.local:
                    index = local_bits.get(variable.episode, 0)
                    local_bits[variable.episode] = index + 1
                    self.bit[variable.name] = (LOCAL, 1 << index)
                else:
                    self.bit[variable.name] = (LASTING, 1 << lasting)
                    lasting += 1
            else:
                self.slot[variable.name] = len(self.initial)
                self.initial.append(variable.starts)

    def tracked(self, variable: Variable | None) -> bool:
        """Whether anything asks for this variable."""
        return variable is not None and variable.name not in self.untracked

    def get(self, state: list[int] | tuple[int, ...], variable: Variable) -> int:
        """The variable's value in a state."""
        if variable.name in self.slot:
            return state[self.slot[variable.name]]
        if variable.name in self.bit:
            word, mask = self.bit[variable.name]
            return int(bool(state[word] & mask))
        return 0

    def put(self, state: list[int], variable: Variable, value: int) -> None:
        """Give the variable a value in a state."""
        if variable.name in self.slot:
            state[self.slot[variable.name]] = value
        elif variable.name in self.bit:
            word, mask = self.bit[variable.name]
            state[word] = state[word] | mask if value else state[word] & ~mask

    def read(self, variable: Variable) -> str:
        """Python for the variable's value, with the state in `s`."""
        if variable.name in self.slot:
            return f"s[{self.slot[variable.name]}]"
        if variable.name in self.bit:
            word, mask = self.bit[variable.name]
            return f"(s[{word}] & {mask} != 0)"
        return "0"

    def write(self, variable: Variable, value: str) -> str:
        """Python that gives the variable a value."""
        if variable.name in self.slot:
            return f"s[{self.slot[variable.name]}] = {value}"
        word, mask = self.bit[variable.name]
        return f"s[{word}] |= {mask}" if value == "1" else f"s[{word}] &= ~{mask}"

    def test(self, condition: Condition) -> str:
        """Python for a condition. Only this program's own numbers and operators go into it."""
        if isinstance(condition, Constant):
            return str(condition.value)
        if isinstance(condition, Test):
            return self._one(condition)
        if isinstance(condition, All | Any):
            word = " and " if isinstance(condition, All) else " or "
            return "(" + word.join(self.test(part) for part in condition.parts) + ")"
        return f"(not {self.test(condition.part)})"

    def _one(self, test: Test) -> str:
        if test.operator == ">=" and test.operand == 1 and test.variable.name in self.bit:
            word, mask = self.bit[test.variable.name]
            return f"s[{word}] & {mask}"
        if isinstance(test.operand, tuple):
            values = ", ".join(str(int(value)) for value in test.operand)
            return f"({self.read(test.variable)} {test.operator} ({values},))"
        return f"({self.read(test.variable)} {test.operator} {int(test.operand)})"
