"""Words that tell a person's name from the rest: first names, public names, words of the corpus."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.catalogue import documents_folder
from corpus.lexicon import entries, fold

FIRST_NAMES = frozenset(
    """
    aaron abdoulaye adam adem adrien agathe agnes ahmed aicha aissata alain alban albert
    alexandra alexandre alexia alexis alfred alice amadou ambre amelie amina aminata amine amir
    anais andre andrea angelique anna anne annick annie anthony antoine arlette armand armelle
    arnaud arthur audrey aurelie aurelien axel aya aymeric ayoub baptiste bastien beatrice
    benjamin benoit bernadette bernard bertrand bilal blandine boris brahim brandon brice
    brigitte bruno bryan carine caroline catherine cathy cecile cedric celia celine chaima
    chantal charlene charles charlie charline charlotte cheick chloe christine christophe cindy
    clara claude claudette claudine clemence clementine colette corentin corinne cyril damien
    daniel daniele danielle david delphine denis diane didier dimitri djenaba djibril dorothee
    dylan edith edmond edouard elena eliane elias eliott elisa elisabeth elise ella ellie elodie
    elsa emeline emile emilie emma emmanuel emmanuelle enzo eric ernest erwan estelle esther
    ethan etienne eugene eva evelyne fabien fabienne fabiola fabrice fanny farida fatima fatou
    fatoumata felix ferdinand fernand fernande firmin florian francis franck francois francoise
    frederic gabin gabriel gabrielle gaelle gaetan gaston gauthier genevieve georges gerald
    geraldine gerard germaine ghislaine gilbert gilles ginette gisele gregoire guillaume guy
    gwenael gwenaelle gwladys hakim hamid hamza hanna hassan helene heloise henri herve hicham
    hubert hugues huguette ibrahim ibrahima ilyes imane inaya ines isaac isabelle ismael issa
    jacqueline jacques jade janine jason jean jeanne jeannette jeannine jennifer jeremy jerome
    jessica jimmy jocelyne joel joelle jonathan jordan jordane joris joseph josette josiane
    jules julia julie julien juliette justin justine karen karim karima karine katia kenza kenzo
    kevin khadija killian kylian laetitia lamine laura laure laurence laurene laurent lea leila
    lena leo leon leonard leonie liam liliane lilou lily lina linda lionel lisa loic loick lola
    louane louis louise luc lucas luce lucette lucie lucien lucienne lucile lucille ludivine
    ludovic lyna mael maelle maelys maeva magali malik mamadou manel manon marc marcel marcelle
    margot marguerite mariam mariama marianne marina marion marjorie marlene martial maryam
    maryline maryse mateo mathias mathieu mathilde mathis matteo matthieu maud maxence maxime
    maya mehdi melanie melissa michael michel michele micheline mickael mila mireille mohamed
    mohammed monique morgan morgane mounir moussa muriel murielle nabil nadege nadia nadine
    naima nathalie nathan nelly nicolas nicole nina noa noah noe noemi noemie nolan nora norbert
    nour oceane odette odile olivier ophelie oscar ousmane pascale pascaline patrice patricia
    patrick paul paulette pauline peggy perrine philippe philomene priscilla quentin rachid
    raphael rayan rayane raymond regis remi remy rene renee robert robin rodolphe roger roland
    rolande romane roselyne ryan sabine sabrina safia safiya said salim salima salimata salome
    sami samia samira samuel samy sandra sandrine sara sarah sebastien serge severine shaima
    simon simone sofia sofiane solange solene sonia sophia sophie souleymane stephane stephanie
    suzanne sylvain sylviane sylvie teo theo therese thibault thibaut thierry thomas tiago timeo
    timothe tiphaine tony tristan ugo valentin valentine valere valerie vanessa vanina victor
    virginie viviane walid wassim william xavier yacine yael yanis yann yannick yannis yasmina
    yasmine yassin yassine yoan yoann yohan youssef yvan yves yvette yvonne zineb zoe
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

_PUBLIC_PEOPLE = frozenset(
    {
        ("edouard", "durand"),
        ("jean-pierre", "rosenczveig"),
        ("marie-paule", "martin-blachais"),
        ("nathalie", "mathieu"),
    }
)
"""People of the field (first name, surname) whose surname alone says nothing."""

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
        return (first_name, surname) in people | _PUBLIC_PEOPLE
    return any(last == surname for _first, last in people)
