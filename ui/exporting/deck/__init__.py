"""Slides of a pack: a sober template, text that is measured, and what is drawn with it."""
