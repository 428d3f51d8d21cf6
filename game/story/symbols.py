"""Every name of the season, and what it means where it is used.

Inside its scene a passage goes by its own name, inside its episode by `scene.passage`, elsewhere in full.
A `Scope` is one place in the script and answers for that place: conditions, effects and prose ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .expressions import FALSE, All, Any, Condition, Test, parse_condition
from .findings import Findings, Scalar, nearest
from .ops import Op
from .schema import Passage as RawPassage
from .variables import Variable

__all__ = ["Scope", "Symbols"]

ID_RULE = "lower case letters, digits and `_`, a letter first"


def good_id(name: str) -> bool:
    """Whether `name` can be an id."""
    return name[:1].isalpha() and all(
        c == "_" or (c.isascii() and (c.islower() or c.isdigit())) for c in name
    )


class Symbols:
    """The season's names. Filled while the files are declared, then only read."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.variables: dict[str, Variable] = {}
        self.raw_passages: dict[str, RawPassage] = {}
        self.written_at: dict[str, str] = {}  # each passage's name as it stands in its file
        self.places: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.endings: set[str] = set()
        self.beats: set[str] = set()
        self.turns: set[str] = set()
        self.episodes: set[str] = set()
        self.pins: dict[str, list[Variable]] = {}
        self.cycles: dict[str, list[Variable]] = {}
        self.contradicts: dict[str, list[tuple[Test, str, str]]] = {}
        self.going: list[
            Variable
        ] = []  # leads whose consequences are being written out: they may name each other
        self.lead_ops: Callable[[str, str], tuple[Op, ...]] = lambda episode, lead: ()

    def declare(self, variable: Variable, where: Scalar | None = None) -> Variable:
        """Add a variable, noting one that exists already."""
        if variable.name in self.variables:
            if where is not None:
                self.findings.add(where, f"`{variable.name}` is declared twice")
            return self.variables[variable.name]
        self.variables[variable.name] = variable
        return variable

    def counter(self, kind: str, owner: str, episode: str, need: int = 0) -> Variable:
        """What counts visits to a passage, or takings of a choice: at least as far as `need`."""
        name = f"{kind}.{owner}"
        variable = self.variables.get(name)
        if variable is None:
            variable = Variable(
                name, "visits" if kind == "visits" else "took", high=0, episode=episode, local=True
            )
            self.variables[name] = variable
        variable.high = max(variable.high, need)
        return variable

    def cycle(self, owner: str, episode: str, length: int) -> Variable:
        """What goes round `length` alternatives, set so that the first visit shows the first."""
        name = f"cycle.{owner}.{length}"
        if name not in self.variables:
            self.variables[name] = Variable(
                name, "cycle", high=length - 1, starts=length - 1, episode=episode, local=True
            )
            self.cycles.setdefault(owner, []).append(self.variables[name])
        return self.variables[name]


_PREFIXES = (
    "clue", "pinned", "theory", "contradicted", "turn", "dead", "blame", "lead", "trust",
    "seen", "visits", "took",
)  # fmt: skip


class Scope:
    """A place in the script: an episode, perhaps a scene of it."""

    def __init__(self, symbols: Symbols, episode: str | None, scene: str | None = None) -> None:
        self.symbols = symbols
        self.findings = symbols.findings
        self.episode = episode
        self.scene = scene

    # What a condition may speak of -------------------------------------------------------------

    def lookup(self, dotted: str) -> Variable | Condition | str:
        """See `expressions.Names`."""
        head, _, rest = dotted.partition(".")
        if not rest:
            return self._plain(head)
        if head not in _PREFIXES:
            return f"`{dotted}` names nothing\n" + nearest(head, _PREFIXES)
        if head in ("seen", "visits"):
            passage = self.passage(rest)
            if passage is None:
                return f"there is no passage `{rest}`\n" + self._near_passage(rest)
            return self._borrow(self.symbols.counter("visits", passage, passage.partition(".")[0], 1))
        if head == "took":
            return self._took(rest)
        if head == "pinned":
            if rest not in self.symbols.pins:
                return f"no theory can pin `{rest}`\n" + nearest(rest, self.symbols.pins)
            return _any(Test(pin, ">=", 1) for pin in self.symbols.pins[rest])
        if head == "contradicted":
            if f"theory.{rest}" not in self.symbols.variables:
                return self._unknown("question", "theory", rest)
            return _any(
                All((test, Test(self.symbols.variables[f"clue.{clue}"], ">=", 1)))
                for clue, found in self.symbols.contradicts.items()
                for test, question, _ in found
                if question == rest
            )
        return self._member(head, rest)

    def _plain(self, name: str) -> Variable | str:
        if name in ("hours", "dry"):
            found = self.symbols.variables.get(f"{name}.{self.episode}")
            return found or f"`{name}` means nothing where there are no leads"
        variable = self.symbols.variables.get(name)
        if variable is None:
            plain = [n for n in self.symbols.variables if "." not in n]
            return f"`{name}` is not declared\n" + nearest(name, [*plain, "hours", "dry"])
        if variable.local and variable.episode != self.episode:
            hint = "Declare it with `scope: season` to read it elsewhere."
            return f"`{name}` lives only in {variable.episode}\n{hint}"
        return variable

    def _member(self, head: str, rest: str) -> Variable | str:
        if head in ("dead", "blame"):
            if rest not in self.symbols.people:
                return f"there is nobody called `{rest}`\n" + nearest(rest, self.symbols.people)
            return self.ledger(head, rest)
        if head == "lead":
            full = rest if "." in rest else f"{self.episode}.{rest}"
            found = self.symbols.variables.get(f"lead.{full}")
            if found is None:
                leads = [n.rpartition(".")[2] for n in self.symbols.variables if n.startswith("lead.")]
                return f"there is no lead `{rest}`\n" + nearest(rest, leads)
            return self._borrow(found)
        found = self.symbols.variables.get(f"{head}.{rest}")
        if found is None:
            return self._unknown({"theory": "question"}.get(head, head), head, rest)
        return found

    def ledger(self, head: str, person: str) -> Variable:
        """`dead.person` or `blame.person`, made when first asked for."""
        name = f"{head}.{person}"
        if name not in self.symbols.variables:
            words = ("nobody", *self.symbols.people) if head == "blame" else ()
            self.symbols.variables[name] = Variable(
                name,
                "blame" if head == "blame" else "dead",
                high=max(1, len(words) - 1),
                words=words,
                display=("nobody", *self.symbols.people.values()) if words else (),
                label=self.symbols.people[person],
            )
        return self.symbols.variables[name]

    def _took(self, rest: str) -> Variable | str:
        name, _, choice = rest.rpartition(".")
        passage = self.passage(name)
        if passage is None:
            hint = "`took.` wants a passage and a choice: `took.edge.jump`."
            return f"there is no passage `{name or rest}`\n{hint}"
        choices = self.symbols.raw_passages[passage].choices or {}
        if (
            choice not in choices
            and f"lead.{passage.partition('.')[0]}.{choice}" not in self.symbols.variables
        ):
            return f"`{passage}` has no choice `{choice}`\n" + nearest(choice, choices)
        return self._borrow(self.symbols.counter("took", f"{passage}.{choice}", passage.partition(".")[0], 1))

    def _borrow(self, variable: Variable) -> Variable:
        """A variable read from another episode outlives its own."""
        if variable.episode != self.episode:
            variable.local = False
        return variable

    def _unknown(self, what: str, prefix: str, name: str) -> str:
        known = [n[len(prefix) + 1 :] for n in self.symbols.variables if n.startswith(prefix + ".")]
        return f"there is no {what} `{name}`\n" + nearest(name, known)

    # Passages ----------------------------------------------------------------------------------

    def passage(self, name: str) -> str | None:
        """The full id of a passage as it is named here, or None."""
        known = self.symbols.raw_passages
        candidates = [f"{self.episode}.{self.scene}.{name}", f"{self.episode}.{name}", name]
        return next((candidate for candidate in candidates if candidate in known), None)

    def _near_passage(self, name: str) -> str:
        known = list(self.symbols.raw_passages)
        short = [n.split(".")[-1] for n in known if n.startswith(f"{self.episode}.{self.scene}.")]
        inner = [n.partition(".")[2] for n in known if n.startswith(f"{self.episode}.")]
        return nearest(name, short) or nearest(name, inner) or nearest(name, known)

    def require_passage(self, name: str) -> str | None:
        """Like `passage`, noting one that does not exist."""
        found = self.passage(name)
        if found is None:
            self._note(name, f"there is no passage `{name}`", self._near_passage(name))
        return found

    # What an effect may ask (effects.EffectContext) --------------------------------------------

    def _note(self, where: str, message: str, hint: str = "") -> None:
        if isinstance(where, Scalar):
            self.findings.add(where, message, hint=hint)

    def declared(self, prefix: str, name: str) -> Variable | None:
        """See `effects.EffectContext`."""
        if prefix == "internal":
            return self.symbols.variables.get(f"{name}.{self.episode}")
        if prefix == "asked":
            found: Variable | Condition | str = self.symbols.variables.get(f"asked.{name}") or self._unknown(
                "question", "asked", name
            )
        else:
            found = self.lookup(f"{prefix}.{name}" if prefix else name)
        if isinstance(found, Variable):
            return found
        message, _, hint = found.partition("\n") if isinstance(found, str) else ("", "", "")
        self._note(name, message, hint)
        return None

    def value(self, variable: Variable, word: str) -> int | None:
        """See `effects.EffectContext`."""
        found = variable.value(str(word))
        if found is None:
            hint = nearest(word, variable.words) or f"It is {variable.domain}."
            self._note(word, f"`{word}` is not a value of `{variable.name}`", hint)
        return found

    def condition(self, text: str) -> Condition:
        """See `effects.EffectContext`."""
        return parse_condition(text, self, self.findings, text) if isinstance(text, Scalar) else FALSE

    def contradictions(self, clue: str) -> tuple[tuple[Test, str, str], ...]:
        """See `effects.EffectContext`."""
        return tuple(self.symbols.contradicts.get(clue, ()))

    def lead_gone(self, lead: str) -> tuple[Op, ...]:
        """See `effects.EffectContext`."""
        if self.episode is None or f"lead.{self.episode}.{lead}" not in self.symbols.variables:
            self._note(lead, f"there is no lead `{lead}` in this episode")
            return ()
        return self.symbols.lead_ops(self.episode, lead)

    def place(self, name: str) -> str:
        """See `effects.EffectContext`."""
        if name not in self.symbols.places:
            self._note(name, f"there is no place `{name}`", nearest(name, self.symbols.places))
        return self.symbols.places.get(name, name)

    def person(self, name: str) -> str:
        """A person's id, noting one that does not exist."""
        if name not in self.symbols.people:
            self._note(name, f"there is nobody called `{name}`", nearest(name, self.symbols.people))
        return str(name)


def _any(parts: Iterable[Condition]) -> Condition:
    found = tuple(parts)
    return FALSE if not found else found[0] if len(found) == 1 else Any(found)
