"""Who does a thing: a quote that gives it to another actor, or to several, than a question does."""

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.opposing import NEGATED, SUBJECT_SHARE, Share, unopposed
from corpus.lexicon import fold

_STEM_CHARS = 6
# Verbs of one deed: who prepares, writes or draws up a report does the same thing.
_WRITING = r"(?:redig|prepar|ecri[tv]|elabor|etabli)"
_ACTORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bprefets?\b|\bprefectures?\b",
        r"\bars\b|\bagences? regionales? de sante\b",
        r"\bdepartements?\b|\bconseils? departementa\w+",
        r"\bgarde des sceaux\b|\bminist(?:re|ere) de la justice\b|\bchancellerie\b",
        r"\bpremier ministre\b|\bmatignon\b",
        r"\bminist(?:re|ere) de l'interieur\b",
        r"\bjuges?\b(?: des enfants| aux affaires familiales)?",
        r"\bprocureurs?\b(?: de la republique)?|\bparquet\b",
        r"\bregions?\b|\bconseils? regiona\w+",
        r"\bhas\b|\bhaute autorite de sante\b",
        r"\bdgcs\b|\bdirection generale de la cohesion sociale\b",
        r"\bdrees\b",
        r"\bmaires?\b|\bmairies?\b|\bcommunes?\b",
    )
)
_PREFECT = re.compile(r"\b(prefets?) de (?:departement|region)s?\b")
_ALONE = re.compile(r"\b(?<!pas )(?<!non )(?:seule?s?|uniquement|exclusivement|unique)\b")
# What one does, as a verb or as a noun: « pilote », « copilotent », « signataire », « signé ».
_ENDING = r"(?:ataires?|at(?:eur|rice)s?|eurs?|age|ant|ent|er|ees?|e[sz]?)"
_DOING = re.compile(rf"\b(?!seul|unique|exclusiv)(?:co-?)?(?P<root>[a-z]{{4,}}?){_ENDING}\b")
_ATTACHED = re.compile(r"\b(?:depend\w*|relev(?:e|ent|ant)|rattache\w*|aupres|sous l'autorite)\b")


_NOUN = re.compile(r"\b(?:l[ae]s?|du|des?|aux?|une?|ce|cette|son|sa|leur|vice) $|\b[ld]'$")


def shared(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote by which the actor said to do something alone does it with another one."""
    alone, named = _ALONE.search(said), [actor for actor in _ACTORS if actor.search(_named(said))]
    if alone is None or len(named) != 1:
        return None
    (actor,) = named
    for doing in _DOING.finditer(said):
        if any(other.search(doing[0]) for other in _ACTORS) or _NOUN.search(said[: doing.start()]):
            continue
        rows = []
        for one in candidates:
            quote = _named(one.unit.text)
            weight = share(one, f"{alone[0]} {doing[0]}")
            joint = [actors for actors in _together(doing["root"], quote) if actor in actors]
            agrees = bool(_ALONE.search(quote)) and any(len(actors) == 1 for actors in joint)
            rows.append((weight, agrees, any(len(actors) > 1 for actors in joint), one))
        if found := unopposed(rows, SUBJECT_SHARE):
            return found
    return None


def _together(root: str, quote: str) -> list[list[re.Pattern[str]]]:
    """Actors of each part of a quote that says something done: all those of the part when it is
    done in common (« copilotent »), else those before the verb or after « par »."""
    found = []
    for part in re.split(r"[;:.]", quote):
        found_in = re.finditer(
            rf"\b(?<!vice-)(?P<co>co-?)?{re.escape(root)}{_ENDING}\b(?P<by>.{{0,60}}? par )?", part
        )
        done = next((m for m in found_in if not _NOUN.search(part[: m.start()])), None)
        if done is None:
            continue
        where = part[done.end() :] if done["by"] else part[: done.start()]
        where = part if done["co"] else where
        found.append([actor for actor in _ACTORS if actor.search(where)])
    return found


def _named(text: str) -> str:
    """A folded text where « préfet de département » names no département."""
    return _PREFECT.sub(r"\1", fold(text))


def other_actor(said: str, candidates: Sequence[Evidence], share: Share) -> Evidence | None:
    """A quote that gives to another actor what ``said`` gives to the only one it names: it says
    who does that very thing."""
    named = [(actor, match) for actor in _ACTORS if (match := actor.search(said))]
    if len(named) != 1:
        return None
    ((actor, match),) = named
    verb = _verb(said, match)
    if not verb or NEGATED.search(said):
        return None
    doing = []
    for one in candidates:
        agents = _agents(verb, fold(one.unit.text))
        if agents:
            doing.append((share(one, match[0]), actor in agents, actor not in agents, one))
    return unopposed(doing, SUBJECT_SHARE)


def _verb(said: str, actor: re.Match[str]) -> str:
    """Stem of what an actor is said to do: « le préfet prépare », « préparé par le préfet »,
    « rattaché au préfet »."""
    attached = _ATTACHED.search(said[: actor.start()])
    if attached is not None:
        return attached[0]
    passive = re.search(r"(\w{5,}) par (?:l[ae] |les |l')?$", said[: actor.start()])
    active = re.match(r" (?:qui )?(?:doit |peut |ne |n'|se |co-?)?(\w{5,})", said[actor.end() :])
    found = passive or active
    return found[1].removeprefix("co")[:_STEM_CHARS] if found else ""


def _agents(verb: str, quote: str) -> list[re.Pattern[str]]:
    """Actors that a quote makes do something: those after « … par », else those before the verb;
    those it attaches something to, when ``verb`` says that."""
    if _ATTACHED.match(verb):
        attached = _ATTACHED.search(quote)
        where = re.split(r"[,;:]", quote[attached.end() :])[0] if attached else ""
        return [actor for actor in _ACTORS if actor.search(where)]
    root = _WRITING if re.match(_WRITING, verb) else re.escape(verb)
    for match in re.finditer(rf"\b(?<!vice-)(?:co-?)?{root}\w*(?P<by> par )?", quote):
        if _NOUN.search(quote[: match.start()]):
            continue
        where = quote[match.end() :] if match["by"] else quote[: match.start()]
        where = re.split(r"[,;:]", where)[0] if match["by"] else where
        return [actor for actor in _ACTORS if actor.search(where)]
    return []
