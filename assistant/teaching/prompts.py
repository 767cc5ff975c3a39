"""French wording of quiz items; what is stated comes from a row or a quote."""

import re
from collections.abc import Mapping

from assistant.checking import facts, without_brackets
from assistant.teaching.fact import Fact, FactKind, blanked
from assistant.teaching.gaps import magnitude
from assistant.teaching.holdings import same, within
from assistant.teaching.plausible import is_told_by_the_others
from assistant.units import Unit
from corpus.lexicon import fold
from corpus.quantities import find_quantities, normalised
from corpus.registry import Deadline, Eligibility, Objective, Obligation

GAP = "[…]"
_OF_A_YEAR = re.compile(r" de 20\d\d$")
_MODALITIES = {
    "must": re.compile(
        r"\b(?:dev\w+|doi(?:t|vent)|oblig\w+|impos\w+|tenue?s? d\w*|charge\w*|exig\w+|incomb\w+"
        r"|faut|necessaires?|conditionnee?s?)\b"
    ),
    "may": re.compile(r"\b(?:peu(?:t|vent)|pou\w+|possib\w+|facult\w+|permet\w*|autoris\w+)\b"),
}
"""Words by which a statement says, itself, that one must or may."""
_RELATIVE = re.compile(
    r"\b(?:lendemain|surlendemain|veille)\b|\b(?:jours?|mois|ans?) (?:apres|avant|plus tard)\b"
)
"""Words that tell one date by another (folded)."""
_NEXT_DAYS = 15
"""Days within which one date told in a sentence gives the other away: published, then in force."""
_ON_THE_DAY = re.compile(r"(?:(?<![\w'])au|\b(?:a|en) (?:la )?date du) $")
_NOT = re.compile(r"\bn(?:e |').{1,60}?\b(?:pas|plus|jamais|aucune?s?|ni|encore)\b")
_AT_READING = re.compile(r"\ba (?:la|sa|notre) (?:date de )?(?:notre |sa )?lecture\b|\blue?s? le $")
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
_NOT_OF: Mapping[FactKind, str] = {
    "actor": "Cette tâche revient à un autre acteur",
    "date": "Cet événement est d'une autre date",
    "wave": "Cette collectivité est entrée une autre année",
    "objective": _FROM["objective"],
}
OBJECTIVES: Mapping[str, tuple[str, str]] = {
    "fondamental": ("un objectif fondamental de 2020", "des objectifs fondamentaux de 2020"),
    "facultatif": ("un objectif facultatif de 2020", "des objectifs facultatifs de 2020"),
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


def not_of(other: Fact) -> str:
    """Why a fact isn't one of those that a list is of."""
    return f"{_NOT_OF[other.kind]} : « {sentence(other.unit)} »"


def choice_prompt(fact: Fact) -> str:
    """The question of a single choice."""
    row = fact.row
    if isinstance(row, Obligation) and fact.kind == "actor":
        if not _says_modality(fact, row):
            return f"{_exercice(row)}D'après le texte, à qui revient-il {_of(_task(row))} ?"
        return f"{_exercice(row)}Qui {_verb(row)} {_task(row)} ?"
    if isinstance(row, Eligibility):
        return f"En quelle année cette collectivité est-elle entrée dans la démarche : {row.name} ?"
    if fact.kind == "objective":
        return f"Lequel de ces objectifs est {list_named(fact.subject, fact.unit)} ?"
    if isinstance(row, Deadline) and _names_date(row.event) and not gives_away(row.event, fact):
        return f"{_exercice(row)}Quelle est la {fact.subject} ?"
    if isinstance(row, Deadline) and betrays(fact):
        asked = "Quel est le mois" if fact.kind == "month" else "Quelle est la date"
        return f"{_exercice(row)}{asked} de cet événement : {fact.subject} ?"
    return f"{_AGE if fact.is_age else _ASKED[fact.kind]} « {_with(fact, GAP)} »{_where(fact)}"


def true_false_prompt(fact: Fact, value: str) -> str:
    """A statement to judge, with ``value`` in the place of the right one."""
    row = fact.row
    if isinstance(row, Obligation) and fact.kind == "actor":
        if not _says_modality(fact, row):
            named = f"D'après le texte, il revient {_to(value)} {_of(_task(row))}."
            return f"{_exercice(row)}Vrai ou faux ? {named}"
        return f"{_exercice(row)}Vrai ou faux ? {capital(value)} {_verb(row)} {_task(row)}."
    if isinstance(row, Eligibility):
        return f"Vrai ou faux ? Collectivité entrée dans la démarche en {value} : {row.name}."
    if fact.kind == "objective":
        false = isinstance(row, Objective) and row.kind != fact.subject
        named = OBJECTIVES[fact.subject][0] if false else list_named(fact.subject, fact.unit)
        return f"Vrai ou faux ? « {fact.shown} » est {named}."
    if isinstance(row, Deadline) and betrays(fact):
        when = value if fact.kind == "month" else f"le {value}"
        return f"{_exercice(row)}Vrai ou faux ? « {capital(fact.subject)} : {when}. »"
    return f"Vrai ou faux ? « {_with(fact, value)} »{_where(fact)}"


def gives_away(words: str, fact: Fact) -> bool:
    """Whether words hold the answer, years aside."""
    given = {one for one in normalised(words) if not one.startswith("year:")}
    return bool(normalised(fact.shown) & given)


def betrays(fact: Fact) -> bool:
    """Whether a fact's statement gives its value again elsewhere, whatever the form: « le […] ;
    c'est de là que vient le « 11 mars » »."""
    if not fact.gaps:
        return False
    left = {f"{q.kind}:{q.value}" for q in find_quantities(fact.words)}
    dates = [magnitude(one) for one in left if fact.kind == "date" and one[:6] == "date:2"]
    if dates and _RELATIVE.search(fold(fact.unit.text)):
        return True
    if any(abs(magnitude(fact.value) - one) <= _NEXT_DAYS for one in dates):
        return True
    longer = fact.kind == "duration" and any(same(fact.value, one) for one in left)
    return longer or any(fact.value == one or within(fact.value, one) for one in left)


def list_named(kind: str, unit: Unit, several: bool = False) -> str:
    """The name of a list of objectives, with its year where the statement or its text gives it."""
    named = OBJECTIVES[kind][several]
    identity = unit.document.identity
    given = facts(" ; ".join([unit.text, identity.title, *map(str, identity.exercices)]))
    return _OF_A_YEAR.sub("", named) if facts(named) - given else named


def can_be_asked(fact: Fact) -> bool:
    """Whether a question on a fact needn't hold its answer: a date of the calendar may be asked by
    the name of its event. What isn't yet so on the day of a reading wasn't so the day before
    either: that day is no answer."""
    if (fact.kind in ("date", "month") and _is_of_a_reading(fact)) or is_told_by_the_others(fact):
        return False
    if not betrays(fact):
        return True
    if not isinstance(fact.row, Deadline) or gives_away(fact.row.event, fact):
        return False
    return not facts(fact.row.event) - facts(fact.unit.text)  # the name says no more than its proof


def _is_of_a_reading(fact: Fact) -> bool:
    """Whether a date is that on which something was seen not to be, or a text was read."""
    text = fold(fact.unit.text)
    before = [fold(fact.unit.text[:start]) for start, _end in fact.gaps]
    if _AT_READING.search(text) or any(_AT_READING.search(one) for one in before):
        return True
    return any(_ON_THE_DAY.search(one) for one in before) and _NOT.search(text) is not None


def _closed(text: str) -> str:
    text = without_brackets(text).strip().rstrip(" ;.")
    return f"{capital(text)}."


def _with(fact: Fact, value: str) -> str:
    value = _as_written(value, fact)
    return _closed(blanked(fact.unit.text, fact.gaps, "\0")).replace("\0", value)


def _as_written(value: str, fact: Fact) -> str:
    """An amount with the sign that the statement uses: « 33 M€ » beside other « M€ »."""
    for words, sign in (("million", "M€"), ("milliard", "Md€")):
        if sign in fact.unit.text:
            value = re.sub(rf" {words}s? d'euros$", f" {sign}", value)
    return value


def _where(fact: Fact) -> str:
    """The text that a bare list item is of, or the deposited document that says a sentence, unless
    its name gives the answer away or it is no text but a summary of ours."""
    identity = fact.unit.document.identity
    name = identity.short_title or identity.title
    if identity.origin == "summary" and identity.kind == "inconnue":
        return ""
    if not name or gives_away(name, fact):
        return ""
    if fact.unit.anchor is None:
        return f" (document : {name})"
    if fact.unit.group is None:
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


def _says_modality(fact: Fact, row: Obligation) -> bool:
    """Whether the statement itself says that one must or may."""
    return _MODALITIES[row.modality].search(fold(fact.unit.text)) is not None


def _verb(row: Obligation) -> str:
    return "doit" if row.modality == "must" else "peut"


def _task(row: Obligation) -> str:
    return task_of(row, told=True)


def task_of(row: Obligation, told: bool = False) -> str:
    """What an obligation asks, with its condition and, unless it is ``told`` besides, that it is
    no duty where it isn't one."""
    limits = [] if told or row.modality == "must" else ["possibilité"]
    limits += [f"condition : {row.condition}"] if row.condition else []
    if limits and row.what.endswith(")"):
        return f"{row.what[:-1]} ; {' ; '.join(limits)})"
    return f"{row.what} ({' ; '.join(limits)})" if limits else row.what


def _of(task: str) -> str:
    return f"d'{task}" if fold(task)[0] in "aeiouyh" else f"de {task}"


def _to(actor: str) -> str:
    return f"au {actor[3:]}" if actor.startswith("le ") else f"à {actor}"
