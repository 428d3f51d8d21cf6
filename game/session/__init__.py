"""A play and its saves, kept in step: what both front ends drive."""

from __future__ import annotations

from .session import Session, SessionError
from .transfer import replay_code, replay_file, take_in, take_in_code
from .turns import Turn

__all__ = ["Session", "SessionError", "Turn", "replay_code", "replay_file", "take_in", "take_in_code"]
