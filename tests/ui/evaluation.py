"""A case of the evaluation over the tiny corpus."""

CASE = """cases:
- id: {id}
  question: "Avant quelle date le contrat est-il signé ?"
  category: deadline
  status: answered
  expected: [["{wording}"]]
  documents: [note]
  as_of: 2026-11-21
  split: {split}
  base: {id}
  author: test
"""
