"""French wording of quiz items; what is stated comes from a row or a quote."""

from collections.abc import Mapping

from assistant.checking import without_brackets
from assistant.teaching.fact import Fact, FactKind, blanked
from assistant.units import Unit
from corpus.quantities import normalised
from corpus.registry import Deadline, Eligibility, Obligation

GAP = "[…]"
TRUE, FALSE = "Vrai", "Faux"
_ASKED: Mapping[FactKind, str] = {
    "date": "Quelle date manque dans cette phrase ?",
    "month": "Quel mois manque dans cette phrase ?",
    "amount": "Quel montant manque dans cette phrase ?",
    "percent": "Quel pourcentage manque dans cette phrase ?",
    "duration": "Quelle durée manque dans cette phrase ?",
    "number": "Quel nombre manque dans cette phrase ?",
}
_AGE = "Quel âge manque dans cette phrase ?"
_FROM: Mapping[FactKind, str] = {
    "date": "Cette date vient d'un autre énoncé",
    "month": "Ce mois vient d'un autre énoncé",
    "amount": "Ce montant vient d'un autre énoncé",
    "percent": "Ce pourcentage vient d'un autre énoncé",
    "duration": "Cette durée vient d'un autre énoncé",
    "number": "Ce nombre vient d'un autre énoncé",
    "actor": "Cet acteur est nommé pour autre chose",
    "wave": "Cette année est celle d'une autre collectivité",
    "objective": "Cet objectif est d'une autre liste",
}
OBJECTIVES: Mapping[str, tuple[str, str]] = {
    "fondamental": ("un objectif fondamental", "des objectifs fondamentaux"),
    "facultatif": ("un objectif facultatif", "des objectifs facultatifs"),
    "nouveau 2022": ("un objectif nouveau en 2022", "des objectifs nouveaux en 2022"),
    "socle 2025": (
        "un objectif obligatoire des contrats 2025-2027",
        "des objectifs obligatoires des contrats 2025-2027",
    ),
}
"""How a list of objectives is named, for one of them and for several."""


def sentence(unit: Unit) -> str:
    """A statement as a sentence by itself: without the end of a list item nor notes."""
    return _closed(unit.text)


def capital(text: str) -> str:
    """A text with a capital."""
    return text[:1].upper() + text[1:]


def label(fact: Fact) -> str:
    """A short heading of a fact."""
    return capital(fact.subject)


def proof_of(fact: Fact) -> str:
    """What proves a right answer: the quote, and of which text it is said."""
    return f"« {sentence(fact.unit)} »"


def told_of(rival: Fact) -> str:
    """Where a wrong value really comes from."""
    source = "Cet âge vient d'un autre énoncé" if rival.is_age else _FROM[rival.kind]
    return f"{source} : « {sentence(rival.unit)} »"


def choice_prompt(fact: Fact) -> str:
    """The question of a single choice."""
    row = fact.row
    if isinstance(row, Obligation) and fact.kind == "actor":
        return f"{_exercice(row)}Qui {_verb(row)} {_task(row)} ?"
    if isinstance(row, Eligibility):
        return f"En quelle année cette collectivité est-elle entrée dans la démarche : {row.name} ?"
    if fact.kind == "objective":
        return f"Lequel de ces objectifs est {OBJECTIVES[fact.subject][0]} ?"
    if isinstance(row, Deadline) and _names_date(row.event) and not gives_away(row.event, fact):
        return f"{_exercice(row)}Quelle est la {row.event} ?"
    return f"{_AGE if fact.is_age else _ASKED[fact.kind]} « {_with(fact, GAP)} »{_where(fact)}"


def true_false_prompt(fact: Fact, value: str) -> str:
    """A statement to judge, with ``value`` in the place of the right one."""
    row = fact.row
    if isinstance(row, Obligation) and fact.kind == "actor":
        return f"{_exercice(row)}Vrai ou faux ? {capital(value)} {_verb(row)} {_task(row)}."
    if isinstance(row, Eligibility):
        return f"Vrai ou faux ? Collectivité entrée dans la démarche en {value} : {row.name}."
    if fact.kind == "objective":
        return f"Vrai ou faux ? « {fact.shown} » est {OBJECTIVES[fact.subject][0]}."
    return f"Vrai ou faux ? « {_with(fact, value)} »{_where(fact)}"


def gives_away(words: str, fact: Fact) -> bool:
    """Whether words hold the answer, years aside."""
    given = {one for one in normalised(words) if not one.startswith("year:")}
    return bool(normalised(fact.shown) & given)


def _closed(text: str) -> str:
    text = without_brackets(text).strip().rstrip(" ;.")
    return f"{capital(text)}."


def _with(fact: Fact, value: str) -> str:
    return _closed(blanked(fact.unit.text, fact.gaps, "\0")).replace("\0", value)


def _where(fact: Fact) -> str:
    """The text that a bare list item is of, unless its name gives the answer away."""
    identity = fact.unit.document.identity
    name = identity.short_title or identity.title
    if fact.unit.group is None or not name or gives_away(name, fact):
        return ""
    return f" (texte : {name})"


def _names_date(event: str) -> bool:
    return event.startswith(("date ", "première date"))


def _exercice(row: Deadline | Obligation) -> str:
    """« Exercice 2021. » in front, unless the row says its year."""
    years = [row.exercice] if isinstance(row, Deadline) else list(row.exercices)
    told = row.event if isinstance(row, Deadline) else _task(row)
    if not years or any(str(year) in told for year in years):
        return ""
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return f"Exercice{'s' if len(years) > 1 else ''} {span}. "


def _verb(row: Obligation) -> str:
    return "doit" if row.modality == "must" else "peut"


def _task(row: Obligation) -> str:
    return f"{row.what} (condition : {row.condition})" if row.condition else row.what
