"""The shape of the season: passages nobody can reach, menus that can run dry, passages that are nothing.

Menus are a warning here and no more: whether one can really run dry is for `prove` to say.
"""

from __future__ import annotations

from itertools import product
from math import prod

from game.story.expressions import All, Any, Condition, Constant, Not, tests
from game.story.model import Choice, Passage

from .check_conditions import LIMIT, evaluate
from .check_report import Report
from .graph import edges, reachable, repeatable

__all__ = ["check_graph"]


def check_graph(report: Report) -> None:
    """Note what is wrong with where passages lead."""
    story = report.story
    graph = edges(story)
    found = reachable(graph, story.start)
    again = repeatable(story)
    _unreached(report, graph, [p.id for p in story.passages.values() if p.scene and p.id not in found])
    for passage in story.passages.values():
        if not passage.scene:
            continue
        if _is_nothing(passage):
            report.add(report.passage(passage.id), "a passage with nothing in it", "empty-passage")
        if passage.choices:
            _menu(report, passage, passage.id in again)
            _fallback(report, passage)


def _unreached(report: Report, graph: dict[str, tuple[str, ...]], missing: list[str]) -> None:
    """Only where a lost stretch begins: what can only be reached through it is its own consequence."""
    lost = set(missing)
    led_to = {to for name in missing for to in graph[name] if to != name}
    beginnings = [name for name in missing if name not in led_to]
    for name in [*beginnings, *missing]:  # what is left after the beginnings goes round in itself
        if name not in lost:
            continue
        stretch = reachable(graph, name) & lost
        lost -= stretch
        more = f", nor can the {len(stretch) - 1} after it" if len(stretch) > 1 else ""
        message = f"`{name}` can never be reached{more}"
        hint = "" if name in led_to else "Nothing leads to it."
        report.add(report.passage(name), message, "unreachable", "error", hint=hint)


def _is_nothing(passage: Passage) -> bool:
    written = (
        passage.text or passage.ops or passage.redirect or passage.to or passage.tunnel or passage.choices
    )
    return not written and passage.ending is None


# Menus -----------------------------------------------------------------------------------------


def _menu(report: Report, passage: Passage, again: bool) -> None:
    """A menu in which every choice can be gone. Where nobody comes twice, none has been taken yet."""
    if any(choice.fallback for choice in passage.choices):
        return
    open_ = [_open(choice) for choice in passage.choices]
    if any(condition == Constant(True) for condition in open_) or _always_one(passage, open_, again):
        return
    if _outlasts(passage):
        return
    what = "once-only or conditional" if any(choice.once for choice in passage.choices) else "conditional"
    message = f"every choice here is {what}, and there is no fallback"
    hint = "`igh prove` says whether the menu can run dry. A fallback or one sticky choice makes sure."
    report.add(report.passage(passage.id, "choices"), message, "menu-can-run-dry", hint=hint)


def _outlasts(passage: Passage) -> bool:
    """Whether a redirect ends the visits before the once-only choices that are always there can run out."""
    plain = sum(choice.once and not choice.conditional for choice in passage.choices)
    if passage.visits is None or not all(choice.to for choice in passage.choices):
        return False
    for divert in passage.redirect:
        for count in range(1, min(plain + 1, passage.visits.high) + 1):
            if divert.when is None or _surely(divert.when, {passage.visits.name: count}):
                return True
    return False


def _surely(condition: Condition, known: dict[str, int]) -> bool:
    """Whether a condition holds given some values, whatever the others are."""
    others = {
        test.variable.name: test.variable for test in tests(condition) if test.variable.name not in known
    }
    if prod(variable.high - variable.low + 1 for variable in others.values()) > LIMIT:
        return False
    ranges = (range(variable.low, variable.high + 1) for variable in others.values())
    return all(
        evaluate(condition, {**known, **dict(zip(others, values, strict=True))})
        for values in product(*ranges)
    )


def _open(choice: Choice) -> Condition:
    parts = tuple(part for part in (choice.visible, choice.when) if part is not None)
    return All(parts) if parts else Constant(True)


def _always_one(passage: Passage, open_: list[Condition], again: bool) -> bool:
    """Whether some choice is open whatever the values are, as far as that can be tried."""
    condition: Condition = Any(tuple(open_))
    fresh = set() if again else {choice.took.name for choice in passage.choices if choice.took is not None}
    return _surely(condition, dict.fromkeys(fresh, 0)) or _covered(open_, fresh)


def _covered(open_: list[Condition], fresh: set[str]) -> bool:
    """For menus that speak of too much at once: a choice open by itself, or two that are opposites."""
    for condition in open_:
        if all(test.variable.name in fresh for test in tests(condition)):
            return evaluate(condition, dict.fromkeys(fresh, 0))
    return any(Not(one) in open_ or (isinstance(one, Not) and one.part in open_) for one in open_)


def _fallback(report: Report, passage: Passage) -> None:
    for choice in passage.choices:
        if not choice.fallback or choice.then is not None or choice.ops:
            continue
        targets = {divert.to for divert in choice.to}
        if targets == {passage.hub} or targets == {f"{passage.episode}.out"}:
            message = "this fallback only leaves for the hub"
            hint = "When nothing is left to choose, something should happen: give it a `then`."
            report.add(report.passage(passage.id, choice=choice.id), message, "idle-fallback", hint=hint)
