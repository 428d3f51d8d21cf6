"""Reading a player's settings without opening the saves."""

from __future__ import annotations

from pathlib import Path

from game.saves import Store, settings_in


def test_what_is_set(tmp_path: Path) -> None:
    """Also while a window is open, and what is only in the write-ahead log yet; no byte is changed."""
    store = Store.open(tmp_path)
    store.settings.set("harm", "pass")
    store.settings.set("plain.width", "40")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert settings_in(tmp_path) == {"harm": "pass", "plain.width": "40"}
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    store.close()


def test_no_saves_yet(tmp_path: Path) -> None:
    """Nothing is set, and no folder is made."""
    assert settings_in(tmp_path / "saves") == {}
    assert not (tmp_path / "saves").exists()


def test_no_database(tmp_path: Path) -> None:
    """Whatever lies there is somebody else's to report."""
    (tmp_path / "igh.db").write_bytes(b"no database at all" * 100)
    assert settings_in(tmp_path) == {}
