"""The keys of a screen, for everything that lists them: the key bar, the help page, the command palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

__all__ = ["Key", "keys_of"]

_LAST: Final = ("quit", "help", "back", "leave")

_NAMES: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "f1": "F1",
}


@dataclass(frozen=True, slots=True)
class Key:
    """What one thing is called, which keys do it, and how. `label` is empty if no key bar shows it."""

    keys: tuple[str, ...]
    display: str
    label: str
    about: str
    action: str
    node: DOMNode


def keys_of(screen: Screen[object]) -> list[Key]:
    """Everything that can be done on `screen` now, each thing once; help and the way back come last."""
    found: dict[str, Key] = {}
    for key, (node, binding, enabled, tooltip) in screen.active_bindings.items():
        if not enabled or binding.id is None:
            continue
        about = tooltip or binding.description
        name = _NAMES.get(key, key)
        known = found.get(about)
        if known is not None:
            found[about] = Key((*known.keys, name), known.display, known.label, about, known.action, node)
            continue
        label = binding.description if binding.show else ""
        found[about] = Key((name,), binding.key_display or name, label, about, binding.action, node)
    last = sorted(
        (each for each in found.values() if each.action in _LAST), key=lambda each: _LAST.index(each.action)
    )
    return [*(each for each in found.values() if each.action not in _LAST), *last]
