"""Two lives side by side: where they part, and what is different at the end of each.

Everything is found by playing both again, so it is exact, and nothing has to be kept for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from game.engine import DeadEntry, Play
from game.saves import Store
from game.story import Story
from game.story.variables import Variable

from .close import followed
from .finding import find_again
from .turns import Turn
from .wording import Wording

__all__ = ["Comparison", "Difference", "Kind", "Parting", "Side", "compare", "compare_plays"]

Kind = Literal["turn", "dead", "trust", "clue", "theory", "dial", "lead", "locked", "flag"]

_KINDS: tuple[Kind, ...] = ("turn", "dead", "trust", "clue", "theory", "dial", "lead", "locked", "flag")


class Side(msgspec.Struct, frozen=True):
    """One of the two lives: how far it goes, and what it did where they part (empty if it ends there)."""

    node: int
    moves: int
    episode: str
    place: str
    label: str
    ending: str | None = None


class Parting(msgspec.Struct, frozen=True):
    """The last place the two have in common. `number` is how many moves led there."""

    number: int
    episode: str
    place: str
    passage: str


class Difference(msgspec.Struct, frozen=True):
    """Something that is not the same in both. `a` and `b` are words; empty: there is no such thing there.

    `subject` is its id and `name` how a reader knows it. What `locked` tells was open in one of the two
    and never in the other; what a `flag` tells is meant for its writer.
    """

    kind: Kind
    subject: str
    name: str
    a: str
    b: str


class Comparison(msgspec.Struct, frozen=True):
    """All of it. `differences` are in the order turns, the dead, trust, clues, theories, dials, leads,
    locked choices, flags."""

    parting: Parting
    a: Side
    b: Side
    differences: tuple[Difference, ...]

    def of(self, kind: Kind) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(each for each in self.differences if each.kind == kind)


def compare(story: Story, store: Store, a: int, b: int) -> Comparison:
    """Compare the lives that lead to two nodes. Raises NotKept for a node that is not there.

    Where the story has been edited, each is followed as far as it still goes.
    """
    first = find_again(story, store.path(a)).retraced
    second = find_again(story, store.path(b)).retraced
    return compare_plays(story, (a, first.play, first.turns), (b, second.play, second.turns))


Life = tuple[int, Play, Sequence[Turn]]


def compare_plays(story: Story, a: Life, b: Life) -> Comparison:
    """Compare two plays with all their turns; each comes with the number of its node."""
    words = Wording(story)
    common = 0
    for one, other in zip(a[2], b[2], strict=False):
        if one.move != other.move or one.view.passage != other.view.passage:
            break
        common += 1
    if not common:  # two lives that begin in different places have nothing in common but the story
        at = a[2][0].view
    else:
        at = a[2][common - 1].view
    place = words.place(at.passage)
    found = [
        *_known(story, a[1], b[1]),
        *_leads(story, a[2], b[2]),
        *_closed(a[2][common:], b[2][common:]),
    ]
    found.sort(key=lambda each: _KINDS.index(each.kind))
    return Comparison(
        Parting(max(common - 1, 0), at.episode, place, at.passage),
        _side(words, a, common),
        _side(words, b, common),
        tuple(found),
    )


def _side(words: Wording, life: Life, common: int) -> Side:
    node, _, turns = life
    last = turns[-1].view
    move = turns[common].move if common < len(turns) else None
    label = words.label(move) if move else ""
    if move and 0 < common < len(turns):
        offered = turns[common - 1].view.choices
        label = next((o.text for o in offered if move.endswith(f"/{o.id}")), label)
    return Side(node, len(turns) - 1, last.episode, words.place(last.passage), label, last.ending)


# What the two know and are -------------------------------------------------------------------------


def _known(story: Story, a: Play, b: Play) -> Iterator[Difference]:
    plays = (a, b)
    for turn in story.turns.values():
        yield from _unlike("turn", turn.id, turn.title, [_decided(play, turn.variable) for play in plays])
    dead = [{each.id: each for each in play.casebook.dead} for play in plays]
    for person in {**dead[0], **dead[1]}:
        yield from _unlike(
            "dead", person, story.people[person].name, [_death(each.get(person)) for each in dead]
        )
    standing = [{each.id: each.standing or "" for each in play.casebook.people} for play in plays]
    for person in {**standing[0], **standing[1]}:
        yield from _unlike("trust", person, story.people[person].name, [e.get(person, "") for e in standing])
    known = [{each.id for each in play.casebook.clues} for play in plays]
    for clue in story.clues.values():
        yield from _unlike(
            "clue", clue.id, clue.title, ["known" if clue.id in each else "" for each in known]
        )
    for asked in story.questions.values():
        yield from _unlike("theory", asked.id, asked.text, [_decided(play, asked.variable) for play in plays])
    for name, variable in story.variables.items():
        if variable.kind == "dial":
            yield from _unlike("dial", name, name, [play.word(name) for play in plays])
        elif variable.kind == "flag" and not variable.local:
            yield from _unlike("flag", name, variable.about or name, [play.word(name) for play in plays])


def _unlike(kind: Kind, subject: str, name: str, words: Sequence[str]) -> Iterator[Difference]:
    if words[0] != words[1]:
        yield Difference(kind, subject, name, words[0], words[1])


def _decided(play: Play, variable: Variable) -> str:
    """How a turn or a question came out; empty while it is open."""
    word = play.word(variable.name)
    return "" if word == variable.display[0] else word


def _death(entry: DeadEntry | None) -> str:
    if entry is None:
        return ""
    return f"{entry.how} She blames {entry.blame or 'nobody'}."


# What was shut -------------------------------------------------------------------------------------


def _leads(story: Story, a: Sequence[Turn], b: Sequence[Turn]) -> Iterator[Difference]:
    """Leads that one followed and the other did not, in the episodes that both have come to."""
    lives = (a, b)
    for episode in story.episodes.values():
        if not all(any(turn.view.episode == episode.id for turn in turns) for turns in lives):
            continue
        ways = [followed(episode, turns) for turns in lives]
        for lead in episode.leads.values():
            subject = f"{episode.id}.{lead.id}"
            yield from _unlike("lead", subject, lead.variable.label, [way.get(lead.id, "") for way in ways])


def _closed(a: Sequence[Turn], b: Sequence[Turn]) -> list[Difference]:
    """Choices that were open in one life and only ever seen locked in the other, after they parted."""
    seen = [_menus(a), _menus(b)]
    found = []
    for key in {**seen[0], **seen[1]}:
        one, other = (each.get(key) for each in seen)
        if one is None or other is None or (one[1] is None) == (other[1] is None):
            continue
        found.append(Difference("locked", f"{key[0]}/{key[1]}", one[0], one[1] or "", other[1] or ""))
    return found


def _menus(turns: Sequence[Turn]) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Every choice that was shown, with what locked it; None if it was ever open."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    for turn in turns:
        for offer in turn.view.choices:
            key = (turn.view.passage, offer.id)
            before = found.get(key)
            if before is None or before[1] is not None:
                found[key] = (offer.text, offer.locked)
    return found
