"""An answer as HTML, on its way and whole; every text of it is escaped on the way."""

import re
from collections.abc import Collection, Sequence

from assistant import wording
from assistant.answer import Answer, Caution, Claim, Part
from assistant.merging import said_before
from ui import chat_texts, texts
from ui.cards import answer_id, card_id, page_link
from ui.exporting.typography import typeset
from ui.markup import escape, flow, tag
from ui.pages.navigation import document_address

_MARKER = re.compile(r"\[(\d{1,3})\]")


def render_pending(number: int, question: str, step: str, claims: Sequence[Claim]) -> str:
    """The question with what is known of its answer so far."""
    shown = "".join(
        tag("div", flow(typeset(claim.text), _plain_marks(claim)) + _reworded(claim), "phrase")
        for claim in claims
    )
    body = tag("p", escape(step), "etape") + shown
    return _exchange(number, question, tag("div", body, "reponse en-cours"))


def render_notice(number: int, question: str, message: str) -> str:
    """The question with one French sentence in place of an answer."""
    return _exchange(
        number, question, tag("div", tag("p", escape(typeset(message))), "reponse erreur")
    )


def render_answer(number: int, answer: Answer, limits: Sequence[str] = ()) -> str:
    """The answer: urgent warnings, its state, proved claims, other warnings, what to do next.

    ``limits`` are the restrictions that a person made, in words.
    """
    urgent = [w for w in answer.warnings if w.kind in texts.URGENT_WARNINGS]
    others = [w for w in answer.warnings if w.kind not in texts.URGENT_WARNINGS]
    parts = [
        *(_warning(number, warning) for warning in urgent),
        _state(answer),
        _body(number, answer),
        *(_warning(number, warning) for warning in others),
        _next_step(answer),
        _nearby(answer),
        _foot(answer, limits),
    ]
    return _exchange(
        number, answer.question, tag("div", "".join(parts), f"reponse {answer.status}")
    )


def _exchange(number: int, question: str, body: str) -> str:
    label = tag("span", escape(texts.YOUR_QUESTION) + " ", "hors-ecran")
    asked = tag("h3", label + tag("bdi", escape(typeset(question))), "question")
    return tag("article", asked + body, "echange", id=answer_id(number), tabindex="-1")


def _state(answer: Answer) -> str:
    label = texts.STATUS_LABELS[answer.status]
    if answer.refusal:
        label += f"{texts.NBSP}: {texts.REFUSAL_LABELS[answer.refusal]}"
    return tag("p", escape(label), "etat")


def _body(number: int, answer: Answer) -> str:
    numbers = {citation.n for citation in answer.citations}
    if answer.status == "refused" or not answer.claims:
        return tag(
            "div", _linked(number, flow(typeset(_without_nearby(answer))), numbers), "explication"
        )
    if answer.parts:
        told = zip(answer.parts, said_before(answer.parts), strict=True)
        return "".join(_part(number, answer, part, before) for part, before in told)
    in_table = {
        claim
        for row in (answer.table or {}).get("rows", ())
        for cell in row["cells"]
        for claim in cell
    }
    shown = "".join(
        _claim(number, claim) for i, claim in enumerate(answer.claims) if i not in in_table
    )
    return shown + (_table(number, answer) if answer.table else "")


def _part(number: int, answer: Answer, part: Part, before: Collection[int]) -> str:
    shown = "".join(_claim(number, answer.claims[i]) for i in part.claims if i not in before)
    if above := [n for i in part.claims if i in before for n in answer.claims[i].citations]:
        said = flow(typeset(wording.SAID_ABOVE), _marks(number, above))
        shown = tag("div", said, "phrase") + shown
    if not part.claims:
        reason = texts.REFUSAL_LABELS[part.refusal] if part.refusal else ""
        label = texts.STATUS_LABELS["refused"] + (f"{texts.NBSP}: {reason}" if reason else "")
        shown = tag("p", escape(label), "etat refuse")
    return tag("section", tag("h4", escape(typeset(part.question))) + shown, "partie")


def _claim(number: int, claim: Claim) -> str:
    words = [texts.MODALITY_LABELS.get(claim.modality, ""), claim.addressee or ""]
    label = f"{texts.NBSP}: ".join(word for word in words if word)
    note = tag("p", escape(label), "portee") if words[0] else ""
    shown = flow(typeset(claim.text), _marks(number, claim.citations)) + note + _reworded(claim)
    return tag("div", shown, "phrase")


def _reworded(claim: Claim) -> str:
    """Says that a claim isn't word for word what its sources, shown beside it, say."""
    return tag("p", escape(texts.REWORDED), "portee") if claim.verdict == "checked" else ""


def _marks(number: int, citations: Sequence[int]) -> str:
    return " ".join(_mark(number, n) for n in citations)


def _mark(number: int, n: int) -> str:
    unseen = tag("span", f"{escape(texts.SOURCE)} ", "hors-ecran")
    return tag("a", f"[{unseen}{n}]", "appel", href=f"#{card_id(number, n)}")


def _plain_marks(claim: Claim) -> str:
    return " ".join(f"[{n}]" for n in claim.citations)


def _linked(number: int, shown: str, numbers: set[int]) -> str:
    """``shown`` (HTML) with the markers that name a citation of this answer made into links."""
    return _MARKER.sub(
        lambda found: _mark(number, int(found[1])) if int(found[1]) in numbers else found[0],
        shown,
    )


def _table(number: int, answer: Answer) -> str:
    """Each cell begins with its column's name, seen where a phone stacks the cells."""
    table = answer.table or {}
    heads = "".join(tag("th", escape(typeset(str(name))), scope="col") for name in table["columns"])
    rows = []
    for row in table["rows"]:
        names = [str(name) for name in table["columns"][-len(row["cells"]) :]]
        cells = "".join(
            tag("td", tag("span", escape(typeset(name)), "colonne") + _cell(number, answer, cell))
            for name, cell in zip(names, row["cells"], strict=True)
        )
        rows.append(tag("tr", tag("th", escape(typeset(str(row["label"]))), scope="row") + cells))
    corner = tag("td", "") if len(table["columns"]) == len(table["rows"][0]["cells"]) else ""
    head = tag("thead", tag("tr", corner + heads))
    caption = tag("caption", escape(texts.TABLE_CAPTION), "hors-ecran")
    inner = tag("table", caption + head + tag("tbody", "".join(rows)))
    return tag("div", inner, "tableau", tabindex="0")


def _cell(number: int, answer: Answer, claims: Sequence[int]) -> str:
    return "".join(_claim(number, answer.claims[i]) for i in claims) or escape(texts.UNKNOWN)


def _warning(number: int, warning: Caution) -> str:
    tone = (
        "urgent"
        if warning.kind in texts.URGENT_WARNINGS
        else "discret"
        if warning.kind in texts.QUIET_WARNINGS
        else "attention"
    )
    heading = texts.WARNING_TITLES[warning.kind]
    title = tag("p", escape(heading), "titre")
    text = re.sub(rf"\A{re.escape(heading)}\s*[:.] ", "", warning.text)
    text = typeset(text[:1].upper() + text[1:])
    body = _linked(number, flow(text), set(warning.citations))
    marked = {int(n) for n in _MARKER.findall(warning.text)}
    missing = [n for n in warning.citations if n not in marked]
    if missing:
        marks = _marks(number, missing)
        body = body + tag("p", marks) if marked else flow(text, marks)
    return tag("div", title + body, f"avertissement {tone}")


def _without_nearby(answer: Answer) -> str:
    """The text of a refusal less the line that names what is near: a list shows it better."""
    near = [document.title for document in answer.nearby]
    lines = answer.text.split("\n")
    return "\n".join(line for line in lines if not near or not all(title in line for title in near))


def _next_step(answer: Answer) -> str:
    if not answer.refusal:
        return ""
    label = tag("span", escape(chat_texts.NEXT_STEP), "titre")
    return tag("p", f"{label} {escape(chat_texts.NEXT_STEPS[answer.refusal])}", "suite")


def _nearby(answer: Answer) -> str:
    if not answer.nearby:
        return ""
    rows = "".join(
        tag("li", page_link(document_address(near.document_id), typeset(near.title)))
        for near in answer.nearby
    )
    return tag("div", tag("p", escape(texts.NEARBY), "titre") + tag("ul", rows), "proches")


def _foot(answer: Answer, limits: Sequence[str]) -> str:
    frame = answer.frame
    scope = texts.scope_line(
        frame.exercices, frame.cohort, frame.departement, frame.assumed, answer.as_of
    )
    quoted = sum(claim.verdict == "quoted" for claim in answer.claims)
    proof = texts.proof_line(len(answer.claims), quoted, len(answer.citations))
    model = chat_texts.rewritten_by(answer.model) if answer.mode == "written" else ""
    frame_said = " ".join(one for one in (scope, chat_texts.restricted(limits)) if one)
    rest = " ".join(one for one in (proof, model) if one)
    shown = tag("span", escape(frame_said), "cadre-dit")  # hidden where chips say the same
    proved = " " + tag("span", escape(rest), "preuve-dite") if rest else ""
    return tag("p", shown + proved, "pied")
