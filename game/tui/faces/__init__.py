"""Establishing shots: a few lines of drawn light for each kind of place.

Each face is a pure function of width, height and tick in a module of its own, so that it can be tested, holds
still when motion is off, and looks the same every time a life comes back to it.
"""

from __future__ import annotations

from .face import Face
from .registry import FACES

__all__ = ["FACES", "Face"]
