"""A kept answer, and what became of it since, as a terminal shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answer import Answer, Claim, Request
from assistant.records import Record
from assistant.replaying import AROUND, Change, Replay
from assistant.wording import day
from ui import texts
from ui.exits import printable
from ui.terminal import plain_answer

SHORT_ID = 12
_FIELDS = texts.IDENTITY_LABELS | {
    "exercices": "exercices",
    "cohort": "vague",
    "departement": "collectivité",
    "text": "texte",
    "assumed": "supposé",
    "evidence": "Lu pour cet énoncé",
    "confidence": "Accord des sources",
    "kinds": "types de source",
    "include": "seulement",
    "exclude": "sans",
}
_VALUES = texts.EVIDENCE_LABELS | texts.CONFIDENCE_LABELS
_ENDINGS = texts.STATUS_LABELS | {
    name: f"{texts.STATUS_LABELS['refused']} ({why})" for name, why in texts.REFUSAL_LABELS.items()
}
_SEARCHES = {"hybrid": "par le sens et par les mots", "lexical": "par les mots seulement"}
_QUOTED = "extraits exacts, sans modèle"
_CHANGES: Mapping[str, str] = {
    "as_of": "Date de référence : {before} → {after}",
    "corpus": "Le corpus a changé : {before} → {after}",
    "settings": "Les réglages ou la version ont changé : {before} → {after}",
    "retrieval": "Recherche : {before} → {after}",
    "model": "Rédaction : {before} → {after}",
    "frame": "Cadre compris, {field} : {before} → {after}",
    "status": "Issue : {before} → {after}",
    "claim_lost": "Énoncé perdu : « {before} »",
    "claim_added": "Énoncé ajouté : « {after} »",
    "document_gone": "Document retiré : {title} ({document_id})",
    "quote_changed": "Passage changé dans {title} : « {before} » → {after}",
    "citation_changed": "{title}, {field} : {before} → {after}",
    "warning_lost": "Avertissement levé, {field} : {before}",
    "warning_added": "Avertissement nouveau, {field} : {after}",
}


def summary_line(record: Record) -> str:
    """One line of the list: id, time, how it ended, question."""
    answer = record.answer
    said = (
        answer.id[:SHORT_ID],
        f"{record.answered_at:%Y-%m-%d %H:%M}",
        _ENDINGS[answer.refusal or answer.status],
        f"« {answer.question} »",
    )
    return _safe("  ".join(map(_line, said)))


def plain_record(record: Record) -> str:
    """A whole account: what was asked and understood, the answer, and how it was proved."""
    answer, request = record.answer, record.request
    lines = [
        f"Réponse {answer.id}, {_time(record)}, gardée jusqu'au {day(record.until)}.",
        *(f"Après « {turn.question} »" for turn in request.history),
        f"Question : « {request.question} »",
        f"À la date du {day(request.as_of)}{_restrictions(request)}",
        f"Cadre compris : {_frame(answer)}",
        f"Issue : {_ENDINGS[answer.refusal or answer.status]}",
        _made_with(answer),
        "",
        *plain_answer(answer).splitlines(),
    ]
    if answer.claims:
        lines += ["", "Vérifications :"]
        lines += [f"  {n}. {_proof(claim)}" for n, claim in enumerate(answer.claims, 1)]
    return "\n".join(map(_safe, lines))


def plain_replay(record: Record, replay: Replay) -> str:
    """What changed since an answer: around it, then in it; or that nothing did."""
    on = day(replay.answer.as_of)
    lines = [f"Réponse {record.answer.id[:SHORT_ID]}, {_time(record)}, rejouée à la date du {on}."]
    if replay.by_quote:
        lines.append(_written(record.answer, replay.answer))
    titles = {one.document_id: one.title for one in record.answer.citations}
    around = [c for c in replay.changes if c.kind in AROUND]
    within = [c for c in replay.changes if c.kind not in AROUND]
    if not replay.changes:
        lines.append("Rien n'a changé.")
    if around:
        lines += ["Autour de la réponse :", *(f"- {_change(c, titles)}" for c in around)]
    if within:
        lines += ["Dans la réponse :", *(f"- {_change(c, titles)}" for c in within)]
    elif around:
        lines.append("La réponse dit la même chose, des mêmes textes.")
    return "\n".join(map(_safe, lines))


def _change(change: Change, titles: Mapping[str, str]) -> str:
    if change.kind == "quote_changed":
        after = f"« {_line(change.after)} »" if change.after else "n'y est plus"
    else:
        after = _value(change, change.after)
    return _CHANGES[change.kind].format(
        before=_value(change, change.before),
        after=after,
        field=_field(change),
        title=_line(titles.get(change.document_id or "", "")),
        document_id=change.document_id,
    )


def _field(change: Change) -> str:
    name = change.field or ""
    labels = texts.WARNING_TITLES if change.kind.startswith("warning") else _FIELDS
    return labels.get(name, name)


def _value(change: Change, value: Any) -> str:
    if change.kind == "corpus":
        return str(value)[:SHORT_ID]
    if change.kind == "model":
        return value or _QUOTED
    if change.kind == "status":
        return _ENDINGS[value]
    if change.kind == "retrieval":
        return _SEARCHES[value]
    if change.kind == "as_of" or (value and (change.field or "").startswith("in_force")):
        return day(date.fromisoformat(value))
    if isinstance(value, list):
        return _listed(value)
    return "non précisé" if value is None else _line(_VALUES.get(value, str(value)))


def _time(record: Record) -> str:
    return f"du {day(record.answered_at.date())} à {record.answered_at:%H:%M}"


def _restrictions(request: Request) -> str:
    """What the request restricted, on the same line as its date."""
    given = {
        "exercices": request.exercices,
        "cohort": (request.cohort,) if request.cohort else (),
        "departement": (request.departement,) if request.departement else (),
        "kinds": request.kinds,
        "include": request.include,
        "exclude": request.exclude,
    }
    said = [f"{_FIELDS[name]} : {_listed(values)}" for name, values in given.items() if values]
    return "".join(f" ; {one}" for one in said)


def _frame(answer: Answer) -> str:
    frame = answer.frame
    given = {
        "exercices": frame.exercices,
        "cohort": (frame.cohort,) if frame.cohort else (),
        "departement": (frame.departement,) if frame.departement else (),
        "text": (frame.text,) if frame.text else (),
    }
    said = [
        f"{_FIELDS[name]} {_listed(values)}{' (supposé)' if name in frame.assumed else ''}"
        for name, values in given.items()
        if values
    ]
    return " ; ".join(said) or "aucun"


def _made_with(answer: Answer) -> str:
    times = answer.timings_ms
    return (
        f"Corpus {answer.corpus_digest[:SHORT_ID]}, réglages {answer.settings_fingerprint}, "
        f"recherche {_SEARCHES[answer.retrieval]}, "
        f"{'reformulé par ' + answer.model if answer.model else _QUOTED}, "
        f"{times.get('total', 0)} ms dont {times.get('retrieve', 0)} de recherche"
    )


def _proof(claim: Claim) -> str:
    said = [
        "extrait exact" if claim.verdict == "quoted" else texts.REWORDED,
        texts.MODALITY_LABELS.get(claim.modality, ""),
        claim.addressee or "",
    ]
    numbers = " ".join(f"[{n}]" for n in claim.citations)
    return f"{numbers} {', '.join(part for part in said if part)}"


def _written(old: Answer, new: Answer) -> str:
    if new.model is None:
        done = f"{old.model} l'avait reformulée ; elle est rejouée sans modèle"
    elif old.model is None:
        done = f"Elle n'était faite que d'extraits ; {new.model} la reformule"
    else:
        done = f"{old.model} l'avait reformulée ; {new.model} la reformule"
    return f"{done} : les extraits cités sont comparés, pas les phrases."


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(_FIELDS.get(str(value), str(value)) for value in values) or "aucun"


def _line(text: str) -> str:
    return " ".join(text.split())


def _safe(line: str) -> str:
    """A line for a terminal, its unbreakable spaces made plain."""
    return printable(line.replace(texts.NBSP, " ").replace(texts.THIN, " "))
