"""An answer as a terminal shows it: text, warnings, then the sources with their quotes."""

from assistant.answer import Answer, Citation
from ui import texts
from ui.cards import publishers


def plain_answer(answer: Answer) -> str:
    """Plain text, in French, lines to print."""
    lines = [f"! {caution.text}" for caution in answer.warnings if caution.kind == "danger"]
    lines.append(answer.text)
    if any(claim.verdict == "checked" for claim in answer.claims):
        lines.append(f"({texts.REWORDED})")
    lines += [f"! {caution.text}" for caution in answer.warnings if caution.kind != "danger"]
    if answer.citations:
        lines += ["", "Sources :"]
        lines += [_source(citation) for citation in answer.citations]
    if answer.follow_ups:
        lines += ["", "Pour continuer : " + " · ".join(answer.follow_ups)]
    return "\n".join(lines)


def _source(citation: Citation) -> str:
    origin = texts.origin_line(citation.origin, publishers(citation))
    sure = f", {texts.CONFIDENCE_LABELS['unknown']}" if citation.confidence == "unknown" else ""
    quote = citation.quote.replace("\n", "\n      ")
    address = f"\n      {citation.url}" if citation.url else ""
    return (
        f"  [{citation.n}] {citation.title} — {citation.locator or 'début'} "
        f"({origin[:1].lower()}{origin[1:]}{sure})\n"
        f"      « {quote} »{address}"
    )
