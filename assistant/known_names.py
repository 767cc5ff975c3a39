"""Words that tell a person's name from the rest: first names, public names, words of the corpus."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.catalogue import documents_folder
from corpus.lexicon import entries, fold

FIRST_NAMES = frozenset(
    """
    aaron abdoulaye adam adem adrien agathe agnes ahmed aicha aissata alexandra alexandre
    alexia alexis alice amadou ambre amelie amina aminata amine amir anais andre andrea anna
    anne annie anthony antoine armand arnaud arthur audrey aurelie aurelien axel aya ayoub
    baptiste bastien beatrice benjamin bernard bertrand bilal brahim brandon brigitte bruno
    bryan carine caroline catherine cathy cecile cedric celia celine chaima charlene charles
    charlie charline charlotte cheick chloe christine christophe clara claude clemence
    clementine corinne cyril damien daniel danielle david delphine denis diane didier djenaba
    djibril dylan elena elias eliott elisa elisabeth elise ella ellie elodie elsa emile emilie
    emma emmanuel emmanuelle enzo eric estelle esther ethan etienne eva fabien fabrice fanny
    farida fatima fatou fatoumata florian francois francoise frederic gabin gabriel gabrielle
    gaelle gaetan gauthier georges gerard gilles gregoire guillaume gwenaelle hakim hamid hamza
    hanna hassan helene heloise herve hicham ibrahim ibrahima ilyes imane inaya ines isaac
    isabelle ismael issa jacqueline jacques jade jason jean jeanne jeremy jerome jessica
    jocelyne jonathan jordan joseph jules julia julie julien juliette justin justine karim
    karima kenza kenzo kevin khadija killian kylian laetitia lamine laura laure laurence lea
    leila lena leo leon leonie liam lilou lily lina linda lisa loic lola louane louis louise
    luc lucas lucie lucien lucille ludovic lyna mael maelle maelys maeva malik mamadou manel
    manon marc marcel margot mariam mariama marianne marina marion marjorie mateo mathias
    mathieu mathilde mathis matteo matthieu maud maxence maxime maya mehdi melanie melissa
    michael michel michele mickael mila mohamed mohammed monique morgane mounir moussa nadia
    nadine nathalie nathan nicolas nicole nina noa noah noe noemie nolan nora nour oceane
    olivier oscar ousmane patrice patricia patrick paul pauline perrine philippe priscilla
    quentin rachid raphael rayan rayane regis remi remy rene renee robert robin roland romane
    ryan sabine sabrina safia safiya said salim salima salimata salome sami samia samira samuel
    samy sandra sandrine sara sarah sebastien serge shaima simon sofia sofiane sonia sophia
    sophie souleymane stephane stephanie sylvie teo theo therese thibault thierry thomas tiago
    timeo timothe tony tristan valentin valerie vanessa victor virginie walid wassim william
    xavier yacine yael yanis yann yannick yasmina yasmine yassin yassine yoann yohan youssef
    yves zoe
    """.split()
)
"""Common first names, folded, that are hardly ever another word."""

WORD_NAMES = frozenset(
    """
    aime ali aude ange aurore avril blanche camille capucine cerise claire clement constant
    dominique eve fleur florence hugo iris lou loup madeleine manuel marie marine martin
    martine maurice max noel olive pascal perle pierre prudence romain rosa rose sacha sam tom
    victoire vincent violette
    """.split()
)
"""First names that are also words, places or saints: they need more than themselves."""

_PUBLIC = frozenset(
    """
    arnaud-melchiorre attal autissier avenel barnier bayrou belloubet berge bonne borne bourguignon
    buzyn castex caubel cotxet creoff darmanin darrieussecq debre dini durkheim eboue goulet guedj
    hadizadeh hedon hugo josso lecornu louffok louwagie macron meunier migaud moulin naves peyron
    pompidou retailleau rist rossignol santiago sarkozy sauve sichel taquet vautrin veil veran
    """.split()
)
"""Surnames of people whose texts, reports or buildings the field names."""

_EVERYDAY = frozenset(
    """
    allo alors avocat avocate ben bled bon bonjour bonsoir bref brigadier cadre cas ce ces cet cette
    coucou cpe dame depuis dispo eh environ es et euh famille fete flic fort gars gendarme gosse
    hier ici ils jamais janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
    decembre lundi mardi mercredi jeudi vendredi samedi dimanche madame maire maman mec merci
    monsieur mort morte moi nana net nous on ou ouais oui papa papi parce pardon part peut pote
    policier pourquoi pourtant prof qu quand quel quelle quels quelles qui quoi roi reine sa salut
    sans ses si slt son stp surtout svp tata toi tonton tous tout toute tres type vas vous weekend
    recomposee monoparentale elargie nombreuse adoptive biologique proche entiere precaire pauvre
    aisee roumaine syrienne etrangere rom gitane nucleaire relais dit dite refuse refusent vit
    habite part veut parle pleure crie dort fugue aime sait croit tape boit seul seule malade
    blesse blessee handicape handicapee autiste majeur majeure adulte migrant migrante isole isolee
    stagiaire titulaire agree agreee bizarre gentil gentille francais etranger etrangere suivi
    suivie place placee confie confiee prefet prefete presidente directrice couronne
    """.split()
)
"""Ordinary words that the corpus may not hold, folded."""

_FRONT_MATTER = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?=\b([A-ZÀ-Ý][\w-]{1,20}) (?:(?:El|Le|La|De) )?([A-ZÀ-Ý][\w-]{1,20}))")


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words of the corpus; ``people`` are pairs (first name, surname)."""

    lower: frozenset[str]
    every: frozenset[str]
    people: frozenset[tuple[str, str]]


@cache
def _corpus_words() -> _Words:
    texts = [
        _FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        for path in sorted(documents_folder().glob("*.md"))
    ]
    every = {word for text in texts for word in _WORD.findall(text)}
    every |= {word for entry in entries() for form in entry.forms for word in _WORD.findall(form)}
    pairs = {pair for text in texts for pair in _PAIR.findall(text)}
    people = {(fold(first), fold(last)) for first, last in pairs}
    return _Words(
        frozenset(fold(word) for word in every if word.islower()),
        frozenset(fold(word) for word in every),
        frozenset(pair for pair in people if is_first_name(pair[0], alone=False)),
    )


def is_ordinary(word: str) -> bool:
    """Whether a folded word, or each part of a hyphenated one, is common in lower case."""
    lower = _corpus_words().lower
    return all(part in lower or part in _EVERYDAY for part in word.split("-"))


def is_known(word: str) -> bool:
    """Whether a folded word is common, or a name of the corpus: an institution, a place."""
    every = _corpus_words().every
    return all(part in every or part in _EVERYDAY for part in word.split("-"))


def is_first_name(word: str, *, alone: bool = True) -> bool:
    """Whether a folded word is a first name; ``alone``, one that is hardly anything else."""
    if "-" in word:
        return all(part in FIRST_NAMES or part in WORD_NAMES for part in word.split("-"))
    return word in FIRST_NAMES or (not alone and word in WORD_NAMES)


def is_public(surname: str, first_name: str | None = None) -> bool:
    """Whether someone, by folded names, is known by the texts of the field.

    A surname that the corpus holds is only trusted with its first name, or with none.
    """
    people = _corpus_words().people
    if surname in _PUBLIC:
        return True
    if first_name is not None:
        return (first_name, surname) in people
    return any(last == surname for _first, last in people)
