"""A play and its saves, kept in step: what both front ends drive."""

from __future__ import annotations

from .session import Session, SessionError
from .transfer import replay_file, take_in
from .turns import Turn

__all__ = ["Session", "SessionError", "Turn", "replay_file", "take_in"]
