"""The script: scene files, their errors, and the season they make."""

from .findings import Finding, StoryError
from .schema import schemas
from .story import Story, default_folder

__all__ = ["Finding", "Story", "StoryError", "default_folder", "schemas"]
