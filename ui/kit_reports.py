"""A session and its refresh as a terminal shows them."""

from collections.abc import Mapping, Sequence

from assistant.teaching.fates import Outcome
from assistant.teaching.framing import FrameId
from assistant.teaching.offering import Part
from assistant.teaching.pack import Pack
from assistant.teaching.refreshing import Item, Refresh
from assistant.wording import day
from ui.exits import printable

PARTS: Mapping[Part | FrameId, str] = {
    "frame": "Titre, objectifs et déroulé",
    "points": "Points clés",
    "timeline": "Chronologie",
    "roles": "Qui fait quoi",
    "comparison": "Comparaison",
    "words": "Glossaire",
    "cases": "Études de cas",
    "quiz": "Quiz",
    "disputes": "Points à manier avec prudence",
}
OUTCOMES: Mapping[Outcome, str] = {
    "holds": "Tient",
    "changed": "Changé",
    "gone": "Disparu",
    "new": "Nouveau",
}
UNCHANGED = "Rien n'a changé : la séance peut être donnée telle quelle."


def counted(number: int, one: str, several: str = "") -> str:
    """« 1 fait », « 2 faits »; French puts 0 in the singular."""
    return f"{number} {(several or f'{one}s') if number > 1 else one}"


def summary(pack: Pack) -> tuple[str, ...]:
    """What a pack holds and what it lacks, lines for stderr."""
    minutes = sum(step.minutes for step in pack.steps)
    items = len(pack.points) + len(pack.cases) + len(pack.disputes)
    head = (
        f"« {pack.title} » : {counted(pack.facts, 'fait')} à interroger, "
        f"{counted(len(pack.quiz), 'question')} de quiz, "
        f"{counted(items, 'élément')} (points, cas, points discutés), "
        f"{counted(minutes, 'minute')} sur {pack.order.minutes}, "
        f"état au {day(pack.order.as_of)}."
    )
    return head, *(f"Manque : {one}" for one in pack.missing)


def plain_refresh(found: Refresh, saved: Pack) -> str:
    """The whole account: what holds is counted, the rest is told before and after."""
    counts = ", ".join(
        (
            counted(found.count("holds"), "élément tient", "éléments tiennent"),
            counted(found.count("changed"), "changé"),
            counted(found.count("gone"), "disparu"),
            counted(found.count("new"), "nouveau", "nouveaux"),
        )
    )
    days = f"du {day(saved.order.as_of)} au {day(found.pack.order.as_of)}"
    lines = [f"« {found.pack.title} », {days} : {counts}."]
    if found.count("holds") == len(found.items):
        lines.append(UNCHANGED)
    for part, title in PARTS.items():
        items = [item for item in found.items if item.part == part]
        if items:
            lines += ["", f"{title} :", *(f"- {line}" for line in _lines(items))]
    return "\n".join(printable(line) for line in lines)


def _lines(items: Sequence[Item]) -> list[str]:
    return [_line(item) for item in items]


def _line(item: Item) -> str:
    said = OUTCOMES[item.outcome]
    because = f" ({item.why})" if item.why else ""
    before, after = _quoted(item.before), _quoted(item.after)
    if item.outcome in ("holds", "new"):
        return f"{said} : {after}"
    if item.outcome == "gone":
        return f"{said}{because} : {before}"
    told = before if before == after else f"{before} → {after}"
    return f"{said}{because} : {told}"


def _quoted(text: str | None) -> str:
    return f"« {' '.join((text or '').split())} »"
