"""The least that plays a neutral story in Python: by walking trees, and with one lambda per condition.

Numbers are clamped to the story's `low` and `high`, as the engine's are, so that both do the same work.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

__all__ = ["LambdaPlayer", "TreePlayer"]

_COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


class TreePlayer:
    """Conditions and effects as nested lists, walked at every turn; the state is a dictionary."""

    def __init__(self, story: dict[str, Any]) -> None:
        self.story = story
        self.passages = {passage["id"]: passage for passage in story["passages"]}

    def play(self, seed: int, read: list[str] | None, cap: int) -> int:
        """One play with the choices that `seed` gives. Returns its turns."""
        state, used, x, turns = dict(self.story["vars"]), set(), seed, 0
        passage = self.passages[self.story["start"]]
        while True:
            self.change(passage["effects"], state)
            said = []
            for block in passage["text"]:
                if "var" in block:
                    said.append(f"{block['t']}{state[block['var']]}{block['t2']}")
                elif "if" not in block or self.holds(block["if"], state):
                    said.append(block["t"])
            offers = [
                (number, choice)
                for number, choice in enumerate(passage["choices"])
                if (not choice["once"] or (passage["id"], number) not in used)
                and (choice["if"] is None or self.holds(choice["if"], state))
            ]
            texts = [choice["text"] for _, choice in offers]
            if read is not None:
                read += said
            if not offers or turns >= cap:
                return turns
            if read is not None:
                read += texts
            x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
            number, choice = offers[(x >> 16) % len(offers)]
            if choice["once"]:
                used.add((passage["id"], number))
            self.change(choice["effects"], state)
            passage = self.passages[choice["to"]]
            turns += 1

    def holds(self, condition: list[Any], state: dict[str, Any]) -> bool:
        match condition[0]:
            case "and":
                return all(self.holds(part, state) for part in condition[1:])
            case "or":
                return any(self.holds(part, state) for part in condition[1:])
            case "is":
                return bool(state[condition[1]])
            case "not":
                return not state[condition[1]]
            case sign:
                return bool(_COMPARE[sign](state[condition[1]], condition[2]))

    def change(self, effects: list[Any], state: dict[str, Any]) -> None:
        low, high = self.story["low"], self.story["high"]
        for name, sign, value in effects:
            if sign == "=":
                state[name] = value
            else:
                new = state[name] + (value if sign == "+=" else -value)
                state[name] = low if new < low else high if new > high else new


class LambdaPlayer:
    """A flat list for the state, one compiled lambda per condition and one function per list of effects."""

    def __init__(self, story: dict[str, Any]) -> None:
        self.slots = {name: number for number, name in enumerate(story["vars"])}
        self.low, self.high = story["low"], story["high"]
        self.initial = list(story["vars"].values())
        self.passages = {passage["id"]: self.passage(passage) for passage in story["passages"]}
        for _, _, choices in self.passages.values():
            for choice in choices:
                choice[4] = self.passages[choice[4]]
        self.start = self.passages[story["start"]]

    def passage(self, passage: dict[str, Any]) -> tuple[Any, list[Any], list[list[Any]]]:
        text = [
            (self.test(block.get("if")), block["t"], self.slots.get(block.get("var", "")), block.get("t2"))
            for block in passage["text"]
        ]
        choices = [
            [
                choice["text"],
                (passage["id"], number) if choice["once"] else None,
                self.test(choice["if"]),
                self.effects(choice["effects"]),
                choice["to"],
            ]
            for number, choice in enumerate(passage["choices"])
        ]
        return self.effects(passage["effects"]), text, choices

    def test(self, condition: list[Any] | None) -> Callable[[list[Any]], bool] | None:
        if condition is None:
            return None
        made: Callable[[list[Any]], bool] = eval(f"lambda s: {self.source(condition)}")  # of our own making
        return made

    def source(self, condition: list[Any]) -> str:
        if condition[0] in ("and", "or"):
            return "(" + f" {condition[0]} ".join(self.source(part) for part in condition[1:]) + ")"
        name = f"s[{self.slots[condition[1]]}]"
        if condition[0] in ("is", "not"):
            return name if condition[0] == "is" else f"not {name}"
        return f"{name} {condition[0]} {condition[2]}"

    def effects(self, effects: list[Any]) -> Callable[[list[Any]], None] | None:
        if not effects:
            return None
        lines = ["def change(s):"]
        for name, sign, value in effects:
            slot = f"s[{self.slots[name]}]"
            if sign == "=":
                lines.append(f"    {slot} = {value}")
            else:
                lines.append(f"    {slot} = min(max({slot} {sign[0]} {value}, {self.low}), {self.high})")
        scope: dict[str, Any] = {}
        exec("\n".join(lines), scope)  # of our own making
        made: Callable[[list[Any]], None] = scope["change"]
        return made

    def play(self, seed: int, read: list[str] | None, cap: int) -> int:
        """One play with the choices that `seed` gives. Returns its turns."""
        state, used, x, turns, passage = self.initial[:], set(), seed, 0, self.start
        while True:
            change, text, choices = passage
            if change:
                change(state)
            said = [
                told if slot is None else f"{told}{state[slot]}{after}"
                for test, told, slot, after in text
                if test is None or test(state)
            ]
            offers = [
                choice
                for choice in choices
                if (choice[1] is None or choice[1] not in used) and (choice[2] is None or choice[2](state))
            ]
            texts = [choice[0] for choice in offers]
            if read is not None:
                read += said
            if not offers or turns >= cap:
                return turns
            if read is not None:
                read += texts
            x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
            choice = offers[(x >> 16) % len(offers)]
            if choice[1] is not None:
                used.add(choice[1])
            if choice[3]:
                choice[3](state)
            passage = choice[4]
            turns += 1
