"""What may be typed, and what it means.

One table serves the parser, the help and the hint for a word that is not in it, so they cannot disagree.
"""

from __future__ import annotations

import difflib
import re

import msgspec

__all__ = ["VERBS", "Typed", "Verb", "numbers", "parse", "suggestion"]


class Verb(msgspec.Struct, frozen=True):
    """One word the game knows: how it is used, what it does, and its other spellings."""

    name: str
    usage: str
    does: str
    aliases: tuple[str, ...] = ()


VERBS = (
    Verb("again", "again", "says the last text and the choices once more", ("a", "look", "repeat")),
    Verb("back", "back", "takes back your last choice; what you played is kept", ("u", "undo", "rewind")),
    Verb("skip", "skip", "goes on as you did before, to the next choice you have never made"),
    Verb(
        "case", "case", "reads the casebook: clues, people, the dead; `case WORD` searches", ("c", "casebook")
    ),
    Verb("board", "board", "reads the Board: questions, theories and clues, all numbered", ("b",)),
    Verb("pin", "pin 2 with 1 4", "pins clues 1 and 4 to theory 2, by the numbers `board` gives"),
    Verb("unpin", "unpin 1", "takes down what is pinned to question 1"),
    Verb(
        "map",
        "map",
        "lists your decisions; `map 3` goes back to decision 3, `map WORDS` searches every life",
        ("m",),
    ),
    Verb("lives", "lives", "lists every life you have played, numbered"),
    Verb("life", "life 2", "goes to where life 2 ended; `life 2 14` to where it was after 14 choices"),
    Verb("compare", "compare 2", "says where this life and life 2 part, and what is different in them"),
    Verb("save", "save NAME", "puts a bookmark here; your place is kept without it too", ("s",)),
    Verb("saves", "saves", "lists your bookmarks", ("bookmarks",)),
    Verb("load", "load NAME", "goes to a bookmark, by its name or its number", ("l", "restore")),
    Verb("find", "find WORDS", "says where in this life you have read or chosen these words"),
    Verb(
        "transcript", "transcript", "reads this life back from its beginning; `transcript FILE.md` writes it"
    ),
    Verb("share", "share", "says the code that replays this life", ("code",)),
    Verb("replay", "replay CODE", "goes to where the life in a code ended"),
    Verb("delete", "delete NAME", "removes a bookmark, after asking; the life it stood on is kept"),
    Verb("forget", "forget NAME", "erases the life under a bookmark for good, after asking"),
    Verb("note", "note", "reads the note on what is in the story", ("about",)),
    Verb("settings", "settings", "lists what can be set; `settings width 60` sets it", ("set", "options")),
    Verb("pass", "pass over on", "passes over scenes of self-harm; `pass over off` has them read"),
    Verb("new", "new", "begins a new life; the one you are in is kept", ("restart",)),
    Verb("help", "help", "says all this", ("?", "h", "commands")),
    Verb("quit", "quit", "leaves; your place is kept", ("q", "exit", "bye")),
)

_NAMES = {name: verb.name for verb in VERBS for name in (verb.name, *verb.aliases)}
_NUMBER = re.compile(r"#?([0-9]{1,4})[.)]?")


class Typed(msgspec.Struct, frozen=True):
    """One line as it is understood.

    `verb` is a name of VERBS, `choose` (then `number` is set), `nothing`, or `unknown`. `rest` is what
    stands after the first word; for `unknown` it is the whole line.
    """

    verb: str
    rest: str = ""
    number: int = 0


def parse(line: str) -> Typed:
    """What a typed line means. Any text at all is fine."""
    line = " ".join(line.split())
    if not line:
        return Typed("nothing")
    number = _NUMBER.fullmatch(line)
    if number:
        return Typed("choose", number=int(number[1]))
    first, _, rest = line.partition(" ")
    verb = _NAMES.get(first.casefold())
    if verb is None:
        return Typed("unknown", line)
    return Typed(verb, rest)


def numbers(text: str) -> list[int] | None:
    """The numbers in `text`, separated by blanks, commas or `and`; None if anything else is in it."""
    found = [_NUMBER.fullmatch(word) for word in re.split(r"[\s,]+|\band\b", text) if word]
    if not all(found):
        return None
    return [int(match[1]) for match in found if match]


def suggestion(line: str) -> str:
    """The nearest word the game knows, as a short hint, or nothing."""
    word = line.partition(" ")[0].casefold()
    near = difflib.get_close_matches(word, list(_NAMES), n=1, cutoff=0.7)
    return f" Did you mean `{near[0]}`?" if near else ""
