"""Every question is fair: whichever leads she follows, something that speaks for the truth is offered.

Said exactly. A *lead* begins where it is chosen in the hub and lasts until the play is back there, or past it. It
*offers* a clue if, from the state in which it begins, some sober way through it learns one; what comes before the
first visit to the hub, and after the last, offers in the same sense. The clues that count are those in the sets
that carry the question's true theory. Then an episode is unfair to its question if a sober play can go from the
opening to the close, follow leads until no other is open to her (so: as many as the hours, the deadlines and the
conditions allow, in any order), have the question asked, and be offered none of those clues, having none from
before. All openings that MAY allows are considered, and what they show is then decided exactly. Sober: at no menu
of the episode is the dial `bottle` at its last step. In an episode without leads the whole of it is one stretch.
"""

from __future__ import annotations

from collections.abc import Callable

from game.story.expressions import Any, Test
from game.story.model import Episode, Question

from .prove_model import Claim, Proof
from .symbolic_can import Can
from .symbolic_diagrams import Diagram
from .symbolic_limits import TooMuch
from .symbolic_may import May
from .symbolic_space import Space
from .witness_search import Search

__all__ = ["Fair"]

DRINK = "bottle"


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
        if opening is None or opening not in self.may.states:
            return
        goal_at, within = self._unlucky(episode, question)
        blind = self.may.restricted(episode.id, within)
        if not any(blind.meets(spot, states) for spot, states in goal_at.items()):
            return  # even generously taken, no play that was offered nothing comes so far
        can = Can(self.space, {}, goal_at, within)
        can.run(self.graph.order[episode.id])
        if not self.may.meets(opening, can.at(opening)):
            return
        moves = self.search.find({}, goal_at, within, self.graph.order[episode.id])
        if moves is not None:
            hub = f"{episode.hub}/"
            leads = [
                m.removeprefix(hub)
                for m in moves
                if m.startswith(hub) and m.removeprefix(hub) in episode.leads
            ]
            told = f"following {', '.join(leads) or 'no lead'}, sober," if episode.leads else "sober,"
            why = f"{told} she is offered nothing that carries `{question.true}`"
            self.proof.unfair.append(
                Claim(f"question:{question.id}", why, f"{episode.id}/episode.yaml", moves)
            )

    def _unlucky(self, episode: Episode, question: Question) -> tuple[dict[int, Diagram], dict[int, Diagram]]:
        """Where plays that were offered nothing end (the close, or where leads are spent), and where they may pass."""
        space, dd = self.space, self.dd
        clues = sorted({clue for needed in question.theories[question.true].carried_by for clue in needed})
        ignorant = dd.negate(
            space.test(Any(tuple(Test(self.story.clues[c].variable, ">=", 1) for c in clues)))
        )
        within = self._unoffered(episode, clues, ignorant)
        close = self.graph.closes.get(episode.id)
        ends = {s.number for s in self.graph.spots if s.episode == episode.id and s.end} | ({close} - {None})
        asked = dd.both(space.test(Test(question.asked, ">=", 1)), ignorant)
        goal_at = {number: asked for number in ends if number is not None}
        leaving = [s for s in self.graph.spots if s.passage == f"{episode.id}.out" and not s.menu]
        if not episode.leads or not leaving:
            return goal_at, within
        after = dict(within)  # first only what comes after the leads
        after.update((s.number, dd.false) for s in self.graph.spots if s.passage == episode.hub)
        can = Can(space, {}, goal_at, after)
        can.run(self.graph.order[episode.id])
        spent = self._spent(episode)
        return {s.number: dd.both(can.at(s.number), spent) for s in leaving}, within

    def _unoffered(self, episode: Episode, clues: list[str], ignorant: Diagram) -> dict[int, Diagram]:
        """For every spot of the episode the states in which no clue is known, and none to be had on this stretch."""
        space, dd = self.space, self.dd
        goal: dict[int, Diagram | None] = {self.graph.by_key[f"clue:{clue}"]: self.sober for clue in clues}
        here = [spot for spot in self.graph.spots if spot.episode == episode.id]
        hubs = {spot.number for spot in here if spot.passage == episode.hub} if episode.leads else set()
        sober = {spot.number: self.sober for spot in here if spot.menu}
        offer = Can(space, goal, {}, {**sober, **dict.fromkeys(hubs, dd.false)})
        offer.run(self.graph.order[episode.id])
        found: dict[int, Diagram] = {}
        for spot in here:
            offered = offer.at(spot.number)
            if spot.number in hubs and spot.menu:
                for move in spot.moves:  # what the hub itself offers, leads aside
                    if move.id not in episode.leads:
                        onward = space.backward(move.code, offer.at, goal)
                        offered = dd.either(offered, dd.both(space.test(move.when), onward))
            allowed = dd.both(ignorant, dd.negate(offered))
            if spot.number in hubs:
                allowed = dd.both(allowed, self.search.care[spot.number])
            found[spot.number] = dd.both(allowed, self.sober) if spot.menu else allowed
        return found

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
