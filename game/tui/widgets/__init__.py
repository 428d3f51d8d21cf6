"""Widgets of the full-screen game, one to a file, each imported where it is used: the title is up early."""

from __future__ import annotations

__all__: list[str] = []
