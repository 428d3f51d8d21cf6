"""The game line by line: a first-class front end for screen readers, pipes and tests."""

from __future__ import annotations

from .app import play, run

__all__ = ["play", "run"]
