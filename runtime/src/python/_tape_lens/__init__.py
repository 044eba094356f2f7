"""Tape Lens inside Python: runs a snippet, says how it ended, and holds the way to the operations."""
