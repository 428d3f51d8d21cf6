"""The map as words: the decisions of this life in order, and where other lives parted from it.

Decisions carry the numbers that `map N` takes. What another life did instead is shown with a letter
(`4b`); what nobody has tried is only ever "another way", and only once the episode is closed in some life.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from game.engine.view import Offer
from game.session import Session
from game.session.wording import Forks
from game.story import Story

from .page import episode_name, place_name, plain

__all__ = ["HINTS", "LETTERS", "Decision", "Elsewhere", "decisions", "label_of", "outline_lines"]

HINTS = {
    "nothing": "nothing is said of what you have not tried",
    "another": "the map says where there is another way",
    "labels": "the map says what the other ways were, and what locked them",
}
LETTERS = "bcdefghijklmnopqrstuvwxyz"


class Elsewhere(msgspec.Struct, frozen=True):
    """What another life did at a decision: the node it went to, and the words for it."""

    node: int
    label: str


class Decision(msgspec.Struct, frozen=True):
    """One decision of this life. `others` are what other lives did there, `untried` what no life did.

    `number` is what `map` takes; `label` is empty for the last one, where the player stands. `turns` are
    the turns of the season that were taken by it, in words.
    """

    number: int
    episode: str
    place: str
    label: str
    others: tuple[Elsewhere, ...]
    untried: tuple[str, ...]
    turns: tuple[str, ...] = ()


def decisions(session: Session, episode: str | None = None) -> list[Decision]:
    """The decisions of this life, or those of one episode; the last one is where the player stands."""
    turns, forks = session.transcript, Forks(session.story)
    return [
        _decision(session, index, forks)
        for index, turn in enumerate(turns)
        if episode is None or turn.view.episode == episode
    ]


def _decision(session: Session, index: int, forks: Forks) -> Decision:
    story, turns, nodes = session.story, session.transcript, session.nodes
    view, node = turns[index].view, nodes[index]
    offers = {offer.id: offer for offer in view.choices}
    last = index + 1 == len(turns)
    move = None if last else turns[index + 1].move
    lives = () if node is None else session.store.children(node)
    others = tuple(
        Elsewhere(life.id, label_of(story, life.move, offers)) for life in lives if life.move != move
    )
    tried = {(each or "").rpartition("/")[2] for each in (move, *(life.move for life in lives))}
    untried = () if last else tuple(_hint(offer) for offer in view.choices if offer.id not in tried)
    label = "" if move is None else label_of(story, move, offers)
    taken = () if move is None else forks.taken(move)
    told = tuple(plain(f"{turn.title}: {turn.told}" if turn.told else turn.title) for turn in taken)
    return Decision(index + 1, view.episode, view.place, label, others, untried, told)


def _hint(offer: Offer) -> str:
    return plain(offer.text) + ("" if offer.locked is None else f" (locked: {plain(offer.locked)})")


def label_of(story: Story, move: str, offers: Mapping[str, Offer]) -> str:
    """A move in words."""
    kind, _, chosen = move.rpartition("/")
    if kind == "board":
        question, _, theory = chosen.partition("=")
        return _pin(story, question, theory.partition(":")[0])
    offer = offers.get(chosen)
    return plain(offer.text) if offer is not None else chosen.replace("_", " ").capitalize()


def _pin(story: Story, question: str, theory: str) -> str:
    for episode in story.episodes.values():
        known = episode.questions.get(question)
        if known is not None:
            asked = plain(known.text)
            if not theory:
                return f"The Board: took down the answer to: {asked}"
            title = plain(known.theories[theory].title) if theory in known.theories else theory
            return f"The Board: {asked} {title}."
    return f"The Board: {question}"


def outline_lines(story: Story, found: list[Decision], closed: Collection[str], hints: str) -> list[str]:
    """The outline. `hints`, one of HINTS, is how much it says of what nobody tried.

    Of an episode that is not in `closed`, it says nothing of the kind.
    """
    lines = ["", "The map: the decisions of this life"]
    episode = place = ""
    for decision in found:
        if decision.episode != episode:
            lines += ["", episode_name(story, decision.episode)]
            episode, place = decision.episode, ""
        if decision.place != place:
            lines.append(f"At {place_name(story, decision.place)}:")
            place = decision.place
        lines += _decision_lines(decision, hints if episode in closed else "nothing")
    lines += ["", "`map 3` goes back to decision 3 to choose again; `map all` lists every episode."]
    lines.append("`lives` lists every life, `map` and some words searches all of them.")
    if any(decision.others for decision in found):
        lines.append("A number with a letter goes to where that other life went: `map 3b`.")
    return lines


def _decision_lines(decision: Decision, hints: str) -> list[str]:
    number = decision.number
    another = " (there is another way)" if decision.untried and hints == "another" else ""
    turns = "".join(f" A turn: {told}." for told in decision.turns)
    lines = [f"{number}. {decision.label or 'You are here.'}{another}{turns}"]
    lines += [
        f"  {number}{letter}. In another life: {other.label}"
        for letter, other in zip(LETTERS, decision.others, strict=False)
    ]
    if hints == "labels":
        lines += [f"  - Not tried: {label}" for label in decision.untried]
    return lines
