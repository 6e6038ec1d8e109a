"""Xiaohao (销号): work off the problems an inspection named, and close each one on proof."""

__version__ = "0.1.0"
