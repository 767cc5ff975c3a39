"""Short headings of sentences."""

import re

LABEL_CHARS = 80


def after_colon(label: str) -> str:
    """« Renforcer la cellule » of « Objectif 6 : renforcer la cellule »."""
    said = label.partition(" : ")[2] or label
    return f"{said[:1].upper()}{said[1:]}"


def short(text: str) -> str:
    """The heading that a text makes: its beginning, with a capital, cut at a word."""
    head = re.split(r" \(|, (?=qui|selon|après|par|et|dans)", text)[0].strip()
    if len(head.partition(" : ")[0].split()) >= 3:
        head = head.partition(" : ")[0]
    if len(head) > LABEL_CHARS:
        head = f"{head[:LABEL_CHARS].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
    return f"{head[:1].upper()}{head[1:]}"
