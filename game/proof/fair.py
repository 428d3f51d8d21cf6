"""Every question is fair: whichever leads she follows, something speaks for the truth.

Said exactly. Take an episode that asks a question, any state MAY lets it open in, and any set of leads that some
sober play follows from there until no other lead is open to her (so: that the hours, the deadlines and
the conditions of the leads allow). Then some sober play from the same opening follows the same set, and at the
episode's close she knows a clue out of one of the sets that carry the question's true theory. A clue
known before counts; where the question is not on the Board by the close, nothing is asked. Sober: at no
menu of the episode is the dial `bottle` at its last step. An episode without leads has the one set of none.

Both halves are computed backwards for all sets of leads at once: one spare bit per lead stands for "this
one is followed", and stays what it is while the play goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from game.story.expressions import TRUE, Any, Condition, Test
from game.story.model import Episode, Question

from .prove_graph import Graph
from .prove_model import Claim, Proof
from .symbolic_can import Can
from .symbolic_diagrams import Diagram, TooMuch
from .symbolic_may import May
from .symbolic_space import Space
from .witness_search import Search

__all__ = ["Fair", "most_leads"]

DRINK = "bottle"


def most_leads(graph: Graph) -> int:
    """How many spare bits the questions take: the most leads that an episode has."""
    return max((len(episode.leads) for episode in graph.story.episodes.values()), default=0)


class Fair:
    """Judges the questions of a story; what is unfair goes into `proof`."""

    def __init__(self, proof: Proof, may: May, search: Search, clock: Callable[[float], None]) -> None:
        self.proof, self.may, self.search, self.clock = proof, may, search, clock
        self.space: Space = may.space
        self.graph, self.story, self.dd = may.graph, may.graph.story, may.space.dd
        dial = self.story.variables.get(DRINK)
        self.sober = self.dd.true
        if dial is not None and dial.words:
            self.sober = self.space.test(Test(dial, "<", dial.high))

    def run(self) -> None:
        """Every question of every written episode."""
        for name in self.story.written:
            episode = self.story.episodes[name]
            for question in episode.questions.values():
                self.clock(20)
                try:
                    self._judge(episode, question)
                except TooMuch as limit:
                    why = f"whether the question is fair could not be decided: {limit}"
                    self.proof.bounded.append(Claim(f"question:{question.id}", why, f"{name}/episode.yaml"))

    def _judge(self, episode: Episode, question: Question) -> None:
        opening = self.graph.openings.get(episode.id)
        if opening is None or opening not in self.may.at:
            return
        clues = sorted({clue for needed in question.theories[question.true].carried_by for clue in needed})
        known: Condition = Any(tuple(Test(self.story.clues[clue].variable, ">=", 1) for clue in clues))
        followed = self._following(episode, question, TRUE)
        informed = self._following(episode, question, known)
        dd = self.dd
        bad = dd.both(followed.at(opening), dd.negate(informed.at(opening)))
        bad = dd.both(bad, self.may.at[opening])
        if bad == dd.false:
            return
        for leads in self._sets(episode, bad):
            moves = self._shown(episode, opening, followed, informed, leads)
            if moves is not None:
                told = ", ".join(name for name, taken in leads.items() if taken) or "none"
                why = f"following {told}, sober, she can learn none of what carries `{question.true}`"
                at = f"{episode.id}/episode.yaml"
                self.proof.unfair.append(Claim(f"question:{question.id}", why, at, moves))
                return

    def _following(self, episode: Episode, question: Question, known: Condition) -> Can:
        """From where a set of leads (the spare bits) can be followed until none is left, and `known` then hold."""
        dd, space = self.dd, self.space
        followed = dd.true
        for bit, lead in zip(space.spare_bits, episode.leads.values(), strict=False):
            taken = space.test(Test(lead.variable, "==", 1))
            one = dd.bit(bit)
            followed = dd.both(followed, dd.either(dd.both(one, taken), dd.negate(dd.either(one, taken))))
        asked = space.test(Test(question.asked, ">=", 1))
        wanted = dd.both(followed, dd.both(asked, space.test(known)))
        order = self.graph.order[episode.id]
        close = self.graph.closes.get(episode.id)
        ends = [s.number for s in self.graph.spots if s.episode == episode.id and s.end]
        if close is not None:
            ends.append(close)
        can = Can(space, {}, dict.fromkeys(ends, wanted), self._soberly(episode))
        can.run(order)
        leaving = [s for s in self.graph.spots if s.passage == f"{episode.id}.out" and not s.menu]
        if not episode.leads or not leaving:
            return can
        spent = self._spent(episode)
        can = Can(space, {}, {s.number: dd.both(can.at(s.number), spent) for s in leaving}, self._soberly(episode))
        can.run(order)
        return can

    def _spent(self, episode: Episode) -> Diagram:
        """No lead is open: all are followed, gone, too long or out of reach."""
        found = self.dd.true
        for spot in self.graph.spots:
            if spot.passage == episode.hub and spot.menu:
                for move in spot.moves:
                    if move.id in episode.leads:
                        found = self.dd.both(found, self.dd.negate(self.space.test(move.when)))
                break
        return found

    def _sets(self, episode: Episode, bad: Diagram) -> list[dict[str, bool]]:
        """A few sets of leads for which it is unfair."""
        found: list[dict[str, bool]] = []
        while bad != self.dd.false and len(found) < 12:
            some = self.dd.some(bad)
            leads = {name: some.get(bit, False) for bit, name in zip(self.space.spare_bits, episode.leads, strict=False)}
            found.append(leads)
            bad = self.dd.both(bad, self.dd.negate(self._leads(episode, leads)))
        return found

    def _leads(self, episode: Episode, leads: dict[str, bool]) -> Diagram:
        values = {bit: leads[name] for bit, name in zip(self.space.spare_bits, episode.leads, strict=False)}
        found = self.dd.true
        for bit, up in values.items():
            found = self.dd.both(found, self.dd.bit(bit) if up else self.dd.negate(self.dd.bit(bit)))
        return found

    def _shown(self, episode: Episode, opening: int, followed: Can, informed: Can, leads: dict[str, bool]) -> tuple[str, ...] | None:
        """Moves to such an opening and on through those leads; None if no play opens the episode so."""
        dd, fixed = self.dd, dict(zip(self.space.spare_bits, leads.values(), strict=False))
        blind = dd.negate(dd.fix(informed.at(opening), fixed))
        goal_at = {spot: dd.fix(states, fixed) for spot, states in followed.goal_at.items()}
        within = {**self._soberly(episode), opening: blind}
        return self.search.find({}, goal_at, within, self.graph.order[episode.id])

    def _soberly(self, episode: Episode) -> dict[int, Diagram]:
        return {s.number: self.sober for s in self.graph.spots if s.menu and s.episode == episode.id}
