"""Words that can't both be true of one thing: optional or obligatory, replaced or completed,
taking part or refusing to, done by one actor or by another."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.evidence import Evidence
from corpus.collectivites import find_collectivites
from corpus.lexicon import fold

# How much of the premise the correcting quote must speak of, and how near to it a quote that
# agrees may be.
SUBJECT_SHARE, AGREEING_SHARE = 0.45, 0.70
_STEM_CHARS = 6
_NOT = r"\bn(?:e |')[^.;]{0,30}?\bpas (?:ete )?(?:une? )?"
# What a question takes for granted, then what a quote says to the contrary (folded text).
_OPPOSITES = tuple(
    (re.compile(said), re.compile(contrary))
    for said, contrary in (
        (
            r"\bfacultati\w+|\bvolontaires?\b|\bpas obligatoires?\b|\boptionnel\w*",
            r"(?<!pas )\bobligatoires?\b|\bobligation\b",
        ),
        (
            r"(?<!pas )\bobligatoires?\b",
            r"\bfacultati\w+|\bvolontaires?\b|\bpas (?:une )?obligat\w+",
        ),
        (
            r"(?<!pas )\b(?:interdit|prohibe)\w*",
            r"\b(?:est|sont|restent?|demeurent?) (?:autoris|permis)\w*|\bpermet(?:tent)?\b",
        ),
        (r"(?<!pas )\b(?:autoris|permis|permet)\w*", r"\b(?:interdi\w+|prohib\w+)"),
        (
            r"\b(?:remplac|abrog|annul|supprim)\w+",
            rf"\bcomplet(?:e|ent|ant)\b|{_NOT}(?:remplac|abrog|annul|supprim)\w+"
            r"|\bne (?:l[ae] |les |l')?(?:remplac|abrog|annul|supprim)\w+ pas\b",
        ),
    )
)
_NEGATED = re.compile(rf"{_NOT}\w+|\bne (?:l[ae] |les |l')?\w+ pas\b")
_REFUSES = re.compile(
    r"\brefus\w*|\brejet\w*|\bpas ete retenue?\b|\bnon retenue?\b|\bpas candidat\w*|\bpas signe\w*"
)
_ACTORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bprefets?\b|\bprefectures?\b",
        r"\bars\b|\bagences? regionales? de sante\b",
        r"\bdepartements?\b|\bconseils? departementa\w+",
        r"\bgarde des sceaux\b|\bministre de la justice\b|\bchancellerie\b",
        r"\bpremier ministre\b|\bmatignon\b",
        r"\bministre de l'interieur\b",
        r"\bjuges?\b",
        r"\bprocureurs?\b|\bparquet\b",
        r"\bregions?\b|\bconseils? regiona\w+",
        r"\bmaires?\b|\bmairies?\b|\bcommunes?\b",
    )
)
_PREFECT = re.compile(r"\b(prefets?) de (?:departement|region)s?\b")
_ALONE = re.compile(r"\b(?<!pas )(?<!non )(?:seule?s?|uniquement|exclusivement|unique)\b")
# What one does, as a verb or as a noun: « pilote », « copilotent », « signataire », « signé ».
_ENDING = r"(?:ataires?|at(?:eur|rice)s?|eurs?|age|ant|ent|er|ees?|e[sz]?)"
_DOING = re.compile(rf"\b(?!seul|unique|exclusiv)(?:co-?)?(?P<root>[a-z]{{4,}}?){_ENDING}\b")
_ATTACHED = re.compile(r"\b(?:depend\w*|relev(?:e|ent|ant)|rattache\w*|aupres|sous l'autorite)\b")
Share = Callable[[Evidence, str], float]
"""Share of a premise, some of its words aside, that a quote speaks of."""


def contrary(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """The best quote that says the contrary of ``said``, unless another near one agrees."""
    folded = fold(said)
    for claim, opposite in _OPPOSITES:
        match = claim.search(folded)
        if match is None or _NEGATED.search(folded):
            continue
        rows = [
            (
                share(one, match[0]),
                bool(claim.search(_NEGATED.sub(" ", fold(one.unit.text)))),
                bool(opposite.search(fold(one.unit.text))),
                one,
            )
            for one in candidates
        ]
        found = _unopposed(rows, SUBJECT_SHARE)
        if found is not None:
            return found
    return (
        _refusing(said, candidates)
        or _shared(folded, candidates, share)
        or _other_actor(folded, candidates, share)
    )


def _unopposed(rows: Iterable[tuple[float, bool, bool, Evidence]], least: float) -> Evidence | None:
    """The evidence that speaks most of the premise among those that oppose it; rows are the
    share, whether it agrees, whether it opposes."""
    rows = list(rows)
    best = max(
        (share for share, agrees, opposes, _one in rows if opposes and not agrees), default=0
    )
    if best < least or any(
        agrees for share, agrees, _o, _one in rows if share >= AGREEING_SHARE * best
    ):
        return None
    return next(one for share, _a, opposes, one in rows if opposes and share == best)


def _refusing(said: str, candidates: Iterable[Evidence]) -> Evidence | None:
    """A quote by which a collectivité, said to take part, refuses or isn't retained."""
    codes = {m.collectivite.code for m in find_collectivites(f". {said}")}
    if not codes or _REFUSES.search(fold(said)):
        return None
    for one in candidates:
        named = {m.collectivite.code for m in find_collectivites(f". {one.unit.text}")}
        if codes & named and one.fits and _REFUSES.search(fold(one.unit.text)):
            return one
    return None


def _shared(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote by which the actor said to do something alone does it with another one."""
    alone, named = _ALONE.search(said), [actor for actor in _ACTORS if actor.search(_named(said))]
    if alone is None or len(named) != 1:
        return None
    (actor,) = named
    for doing in _DOING.finditer(said):
        if any(other.search(doing[0]) for other in _ACTORS):
            continue
        rows = []
        for one in candidates:
            quote = _named(one.unit.text)
            weight = share(one, f"{alone[0]} {doing[0]}")
            joint = [actors for actors in _together(doing["root"], quote) if actor in actors]
            agrees = bool(_ALONE.search(quote)) and any(len(actors) == 1 for actors in joint)
            rows.append((weight, agrees, any(len(actors) > 1 for actors in joint), one))
        if found := _unopposed(rows, SUBJECT_SHARE):
            return found
    return None


def _together(root: str, quote: str) -> list[list[re.Pattern[str]]]:
    """Actors of each part of a quote that says something done: all those of the part when it is
    done in common (« copilotent »), else those before the verb or after « par »."""
    found = []
    for part in re.split(r"[;:.]", quote):
        done = re.search(
            rf"\b(?P<co>co-?)?{re.escape(root)}{_ENDING}\b(?P<by>.{{0,60}}? par )?", part
        )
        if done is None:
            continue
        where = part[done.end() :] if done["by"] else part[: done.start()]
        where = part if done["co"] else where
        found.append([actor for actor in _ACTORS if actor.search(where)])
    return found


def _named(text: str) -> str:
    """A folded text where « préfet de département » names no département."""
    return _PREFECT.sub(r"\1", fold(text))


def _other_actor(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote that gives to another actor what ``said`` gives to the only one it names: it says
    who does that very thing."""
    named = [(actor, match) for actor in _ACTORS if (match := actor.search(said))]
    if len(named) != 1:
        return None
    ((actor, match),) = named
    verb = _verb(said, match)
    if not verb or _NEGATED.search(said):
        return None
    doing = []
    for one in candidates:
        agents = _agents(verb, fold(one.unit.text))
        if agents:
            doing.append((share(one, match[0]), actor in agents, actor not in agents, one))
    return _unopposed(doing, SUBJECT_SHARE)


def _verb(said: str, actor: re.Match[str]) -> str:
    """Stem of what an actor is said to do: « le préfet prépare », « préparé par le préfet »,
    « rattaché au préfet »."""
    attached = _ATTACHED.search(said[: actor.start()])
    if attached is not None:
        return attached[0]
    passive = re.search(r"(\w{5,}) par (?:l[ae] |les |l')?$", said[: actor.start()])
    active = re.match(r" (?:doit |peut |ne |n'|se )?(\w{5,})", said[actor.end() :])
    found = passive or active
    return found[1][:_STEM_CHARS] if found else ""


def _agents(verb: str, quote: str) -> list[re.Pattern[str]]:
    """Actors that a quote makes do something: those after « … par », else those before the verb;
    those it attaches something to, when ``verb`` says that."""
    if _ATTACHED.match(verb):
        attached = _ATTACHED.search(quote)
        where = re.split(r"[,;:]", quote[attached.end() :])[0] if attached else ""
        return [actor for actor in _ACTORS if actor.search(where)]
    match = re.search(rf"\b{re.escape(verb)}\w*(?P<by> par )?", quote)
    if match is None:
        return []
    where = quote[match.end() :] if match["by"] else quote[: match.start()]
    where = re.split(r"[,;:]", where)[0] if match["by"] else where
    return [actor for actor in _ACTORS if actor.search(where)]
