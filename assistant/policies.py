"""Contracts of other policies and exceptions: what a question must name to be told of them."""

from collections.abc import Iterable
from functools import cache

from assistant.asking import Question
from assistant.contents import terms_of
from assistant.framing import Named
from corpus.lexicon import entries, exceptions
from corpus.lexicon import other_policies as _named_policies

_OF_ANY_CONTRACT = (
    "contrat convention instruction rapport département départemental État préfet local stratégie "
    "objectif moyen pluriannuel circulaire"
)


def is_of_our_contract(question: Question, named: Named) -> bool:
    """Whether « le contrat » can only be that of préfet, ARS and département: no other policy
    or contract is named."""
    asked = set(question.terms)
    other = asked & _policy_words() or named.text or named.references
    return not other and "contrat" in asked and "=jeune-majeur" not in asked


def names_exception(words: frozenset[str], asked: Iterable[str]) -> bool:
    """Whether words name an exception that the question doesn't."""
    named = frozenset(f"={one}" for one in exceptions())
    return bool(named & words) and not named & set(asked)


@cache
def other_policies() -> frozenset[str]:
    """Terms that name contracts of other policies."""
    return frozenset(f"={one}" for one in _named_policies())


@cache
def _policy_words() -> frozenset[str]:
    """What names a contract of another policy, in part too: « sur la pauvreté »."""
    said = {
        t for one in entries() if one.other_policy for form in one.forms for t in terms_of(form)
    }
    return other_policies() | said - frozenset(terms_of(_OF_ANY_CONTRACT))
