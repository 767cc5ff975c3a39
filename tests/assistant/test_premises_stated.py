"""Premises told in passing (a participle, a first clause), denied, given to others, misdated."""

import pytest

from assistant.presuming import assumed
from ingest.index import Index
from tests.assistant.conftest import Ask
from tests.assistant.test_evidence import unit
from tests.assistant.test_premises import corrected

FREE = unit("La démarche locale est ouverte aux communes volontaires, sans obligation.")
PENDING = unit("La réforme du tutorat est transmise au Sénat ; elle n'est pas en vigueur.")
KEPT = unit("La note de 2021 n'a pas été remplacée : elle reste valable.")
CHAIRED = unit("Le comité local est coprésidé par le département et le préfet.")
VICE = unit("Le procureur est vice-président du comité local.")
WRITTEN = unit("La synthèse annuelle est préparée par le département, puis lue par l'ARS.")
DELAYED = unit("L'interdiction des tentes vaut le premier jour du 24e mois suivant la publication.")
MADE = unit("La loi du 5 mars 2007 crée la cellule de veille, à l'article 3.")
LAW = unit("La loi de veille compte 42 articles en 8 titres.")
STILL = unit("Malgré la loi, la commune garde la faculté d'aider un jeune voyageur.")
HALVES = unit("La caisse locale est financée à parts égales par la commune et le département.")
UNEVEN = unit("Les aides de la caisse locale ne sont pas versées à parts égales.")
OVER = unit("Depuis 2022, les conventions locales ne portent plus sur les jeunes voyageurs.")
GUIDE = unit("Le guide national de veille est élaboré par la Haute Autorité de santé.")
CHOICE = unit("Le jeune voyageur choisit son garant par écrit ou oralement.")
TIED = unit("Le versement de l'aide locale est conditionné à un bilan.")
MOVED = unit("La synthèse annuelle est remise au plus tard le 30 septembre au lieu du 30 juin.")
PART = unit("Au 31 mars 2023, 28 articles sur 42 de la loi de veille étaient applicables.")
TERM = unit("Tous les contrats signés en 2021, 2022 et 2023 se terminent le 31 décembre 2023.")
COMMON = unit("La synthèse locale est écrite en commun par les services.")
RENEWED = unit("La note de mars reconduit les objectifs locaux.")
ASKED = unit("L'auteur d'une alerte locale est informé des suites s'il le demande.")
DUE = unit("La synthèse annuelle est remise au plus tard le 30 septembre 2021.")
PIECES = unit("Le versement de l'aide locale est conditionné à trois pièces obligatoires.")
BEGUN = unit("Depuis 2022, les conventions locales ne paient plus les jeunes voyageurs.")
BOTH = unit("L'article 36 de la loi de 2022 crée le guichet local, recompose le conseil des quais.")
COUNCIL = unit("L'article 1 de la loi du 14 mars 2016 crée le conseil des quais.")
NONE = unit("La loi de veille ne prévoit pas de décret sur les effectifs des foyers.")


@pytest.mark.parametrize(
    ("question", "said"),
    [("Le procureur présidant le comité, qui l'écrit ?", "Le procureur présidant le comité"),
     ("L'arrêt s'appliquant dès 2022, que faire ?", "L'arrêt s'appliquant dès 2022"),
     ("Ici : comme il court jusqu'à fin 2024, que faire ?", "il court jusqu'à fin 2024"),
     ("Le préfet rédige le bilan, bon, mais quand ?", "Le préfet rédige le bilan"),
     ("C'est la loi de 2016 qui l'a créé : où ?", "C'est la loi de 2016 qui l'a créé"),
     ("La loi nous interdit d'aider ; que faire ?", "La loi nous interdit d'aider"),
     ("Le décret permet donc la tente, comment ?", "Le décret permet donc la tente"),
     ("Les jeunes relevant encore de la loi, qui les aide ?",
      "Les jeunes relevant encore de la loi"),
     ("Le choix devant être écrit par lui, où ?", "Le choix devant être écrit par lui"),
     ("Le contrat va jusqu'en 2024, faut-il un avenant ?", "Le contrat va jusqu'en 2024"),
     ("On nous dit que l'aide est versée : à qui ?", "l'aide est versée "),
     ("Nous avions noté que l'aide est versée : à qui ?", "l'aide est versée "),
     ("Vous confirmez que l'aide est versée ?", "l'aide est versée "),
     ("Nos services croyaient que l'aide est versée : à qui ?", "l'aide est versée "),
     ("Côté État c'est l'ARS qui pilote le contrat, à qui écrire ?",
      "Côté État c'est l'ARS qui pilote le contrat"),
     ("Depuis mars on n'a plus le droit d'aider un jeune, que faire ?",
      "Depuis mars on n'a plus le droit d'aider un jeune"),
     ("On a six mois pour écrire le bilan, à partir de quand ?",
      "On a six mois pour écrire le bilan"),
     ("Un agent qui signale est informé des suites, pourquoi le demander ?",
      "Un agent qui signale est informé des suites"),
     ("Pour l'avenant aucune pièce n'était exigée, alors que joindre ?",
      "Pour l'avenant aucune pièce n'était exigée"),
     ("La note ajoute 30 communes à la liste, ça fait combien ?",
      "La note ajoute 30 communes à la liste"),
     ("C'est bien la loi de 2016 qui a créé le conseil ? quel article",
      "C'est bien la loi de 2016 qui a créé le conseil ")],
)  # fmt: skip
def test_what_is_told_in_passing_is_taken_for_granted(question: str, said: str) -> None:
    assert said in [question[start:end] for start, end in assumed(question)]


@pytest.mark.parametrize(
    "question",
    ["Je prépare le budget de la commune : combien d'actions ?",
     "Quel est le montant, l'avenant de 2021 compris ?",
     "Le nouvel entrant de 2022, quelle date pour lui ?",
     "Pendant le contrat de la commune, qui écrit ?",
     "Faut-il un avenant comme avant, ou un contrat ?",
     "On a signé en mars, c'est valable ?",
     "Les agents qui approchent de la retraite, il faut les recevoir ?",
     "L'agent se demande qui signe, ça compte ?"],
)  # fmt: skip
def test_what_asks_or_names_takes_nothing_for_granted(question: str) -> None:
    assert assumed(question) == []


@pytest.mark.parametrize(
    ("question", "statement"),
    [("Les communes sont obligées de suivre la démarche locale, que risque-t-on ?", FREE),
     ("La réforme du tutorat étant en vigueur depuis le vote de mars, qui la suit ?", PENDING),
     ("La réforme du tutorat est entrée en vigueur, donc qui la suit ?", PENDING),
     ("La note de 2021 a été remplacée, que garder ?", KEPT),
     ("Le juge des enfants préside le comité local, mais qui l'aide ?", CHAIRED),
     ("Le procureur présidant le comité local, doit-on lui écrire ?", CHAIRED),
     ("Le préfet préside seul le comité local, c'est ça ?", CHAIRED),
     ("Le préfet rédige la synthèse annuelle, bon, mais quand ?", WRITTEN),
     ("L'interdiction des tentes s'appliquant dès la parution de la loi, que faire ?", DELAYED),
     ("C'est la loi de 2016 qui a inventé la cellule de veille : quel article ?", MADE),
     ("La cellule de veille date de la réforme de 2016, non ?", MADE),
     ("Les 49 articles de la loi de veille, ils disent quoi ?", LAW),
     ("La loi de veille comporte 49 articles, lequel lire ?", LAW),
     ("La loi nous interdit d'aider un jeune voyageur, on arrête tout ?", STILL),
     ("Quel décret de la loi de veille fixe les effectifs des foyers ?", NONE),
     ("La loi de veille fixant par décret les effectifs des foyers, quel est-il ?", NONE),
     ("La caisse locale étant financée en totalité par la commune, qui décide ?", HALVES),
     ("Les aides de la caisse locale étant partagées à égalité, combien chacun ?", UNEVEN),
     ("Les jeunes voyageurs relevant encore des conventions locales, qui les aide ?", OVER),
     ("Comme le guide national de veille a été écrit par la DGCS, où le demander ?", GUIDE),
     ("Le jeune voyageur choisissant son garant par écrit uniquement, quel modèle ?", CHOICE),
     ("Le versement de l'aide locale étant sans condition, quand vient-il ?", TIED),
     ("On nous dit que la synthèse annuelle est remise au plus tard le 30 juin.", MOVED),
     ("La loi de veille comporte 52 articles : combien sont applicables ?", PART),
     ("Notre contrat signé en 2022 court jusqu'à fin 2024, que faire ?", TERM),
     ("La synthèse locale étant écrite par un seul service, qui la lit ?", COMMON),
     ("La note de mars ayant changé les objectifs locaux, lesquels suivre ?", RENEWED),
     ("Le contrat de 2022 étant valable en 2024, que faire ?", TERM),
     ("Vous confirmez que le procureur préside le comité local ?", CHAIRED),
     ("L'auteur d'une alerte locale est informé d'office des suites, pourquoi écrire ?", ASKED),
     ("Pour le versement de l'aide locale aucune pièce n'était exigée, que joindre ?", PIECES),
     ("Depuis mars on n'a plus le droit d'aider un jeune voyageur, que faire ?", STILL),
     ("Comme c'est le préfet qui rédige la synthèse annuelle, on l'attend ?", WRITTEN),
     ("La synthèse annuelle se remet jusqu'à fin décembre 2021, donc rien ne presse ?", DUE),
     ("Les conventions locales ne payant plus les jeunes voyageurs depuis 2020, et là ?", BEGUN)],
)  # fmt: skip
def test_what_is_told_in_passing_is_corrected(
    question: str, statement: object, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, statement) is not None


@pytest.mark.parametrize(
    ("question", "statement"),
    [("Les communes volontaires suivent la démarche locale, laquelle ?", FREE),
     ("La réforme du tutorat n'étant pas en vigueur, qui la suit ?", PENDING),
     ("La réforme du tutorat étant transmise au Sénat, qui la suit ?", PENDING),
     ("Le préfet préside le comité local, mais avec qui ?", CHAIRED),
     ("Le procureur présidant le comité local, doit-on lui écrire ?", VICE),
     ("Le département rédige la synthèse annuelle, mais quand ?", WRITTEN),
     ("L'interdiction des tentes s'appliquant dès 2024, que faire ?", DELAYED),
     ("C'est la loi de 2007 qui a créé la cellule de veille : quel article ?", MADE),
     ("Les 42 articles de la loi de veille, ils disent quoi ?", LAW),
     ("Les 12 articles de la loi de veille qui n'ont pas de décret, lesquels ?", LAW),
     ("La loi nous interdit de vendre un cheval, on arrête tout ?", STILL),
     ("Quel article de la loi de veille parle des foyers ?", NONE),
     ("La loi de veille ne prévoyant pas de décret, qui fixe les effectifs des foyers ?", NONE),
     ("La caisse locale étant financée à parts égales par la commune, qui décide ?", HALVES),
     ("Les jeunes voyageurs ne relevant plus des conventions locales, où aller ?", OVER),
     ("Comme le guide national de veille a été écrit par la HAS, où le demander ?", GUIDE),
     ("Le jeune voyageur choisissant son garant par écrit, quel modèle ?", CHOICE),
     ("Le versement de l'aide locale étant conditionné à un bilan, lequel ?", TIED),
     ("On nous dit que la synthèse annuelle est remise au plus tard le 30 septembre.", MOVED),
     ("La loi de veille comporte 42 articles : combien sont applicables ?", PART),
     ("Notre contrat signé en 2022 court jusqu'à fin 2023, que faire ?", TERM),
     ("Notre contrat signé en 2025 court jusqu'à fin 2027, que faire ?", TERM),
     ("La synthèse locale étant écrite en commun, qui la lit ?", COMMON),
     ("La note de mars ayant reconduit les objectifs locaux, lesquels suivre ?", RENEWED),
     ("Le contrat de 2022 étant valable en 2023, que faire ?", TERM),
     ("Vous confirmez que le procureur est vice-président du comité local ?", VICE),
     ("L'auteur d'une alerte locale est informé des suites à sa demande, quand ?", ASKED),
     ("Pour le versement de l'aide locale trois pièces étaient exigées, que joindre ?", PIECES),
     ("Comme c'est le département qui rédige la synthèse annuelle, qui la relit ?", WRITTEN),
     ("La synthèse annuelle se remet jusqu'à fin septembre 2021, donc rien ne presse ?", DUE),
     ("La synthèse annuelle se remet avant octobre 2021, donc rien ne presse ?", DUE),
     ("Les conventions locales ne payant plus les jeunes voyageurs depuis 2022, et là ?", BEGUN),
     ("Les conventions locales payant les jeunes voyageurs depuis 2020, et là ?", BEGUN)],
)  # fmt: skip
def test_what_is_told_in_passing_and_true_stays(
    question: str, statement: object, lexical_index: Index
) -> None:
    assert corrected(question, lexical_index, statement) is None


def test_a_quote_that_agrees_of_another_subject_hides_no_correction(lexical_index: Index) -> None:
    note = unit("La note de 2021 complète la note de 2020 et ne la remplace pas.")
    day = unit("La date de la première fête a été remplacée.", "Note de 2021 et note de 2020")
    question = "Puisque la note de 2021 remplace la note de 2020, que garder ?"
    assert corrected(question, lexical_index, note, day) == note.text


def test_a_text_that_makes_one_thing_makes_no_other(lexical_index: Index) -> None:
    question = "C'est bien la loi de 2022 qui a créé le conseil des quais ? quel article"
    assert corrected(question, lexical_index, BOTH, COUNCIL) == COUNCIL.text


def test_a_rule_that_held_once_does_not_agree_with_the_present(lexical_index: Index) -> None:
    now = unit("L'interdiction des tentes en ville est générale.")
    once = unit("Avant 2020, un décret permettait encore les tentes en ville.")
    question = "Le décret permet donc les tentes en ville, comment faire ?"
    assert corrected(question, lexical_index, now, once) == now.text


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "right"),
    [("Les 60 articles de la loi de 2016 sont répartis en combien de titres ?", "49 articles"),
     ("Le procureur préside le CDPE, mais qui d'autre y siège ?", "coprésid"),
     ("C'est la loi de 2007 qui a créé le CNPE : quel article ?", "2016"),
     ("La circulaire d'avril 2021 abroge celle de 2020 : quelle gouvernance suivre ?", "remplac"),
     ("L'ARS rédige le rapport annuel d'exécution, donc qui le relit ?", "département"),
     ("Notre contrat 2022-2024 va jusqu'au bout de 2024, qui fait le bilan ?", "31 décembre 2023"),
     ("Puisque le GIP est financé en totalité par l'État, qui décide ?", "parts égales"),
     ("Comme le référentiel d'évaluation des IP a été écrit par la DGCS, où est-il ?", "HAS"),
     ("Les jeunes majeurs relevant encore des Calpae en 2022, où aller ?", "plus"),
     ("C'est bien la loi de 2022 qui a créé le CNPE ? quel article", "2016"),
     ("Côté État c'est l'ARS qui pilote seule les contrats, à qui écrire ?", "copilot")],
)  # fmt: skip
def test_an_answer_corrects_what_is_told_in_passing(question: str, right: str, ask: Ask) -> None:
    answer = ask(question)
    (warning,) = [one for one in answer.warnings if one.kind == "false_premise"]
    assert right in next(c.quote for c in answer.citations if c.n in warning.citations)


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    ["Le préfet copréside le CDPE, mais qui est vice-président ?",
     "La loi de 2007 a créé la CRIP : quel article du code ?",
     "Le département prépare le rapport annuel, mais avant quelle date ?",
     "La loi Taquet interdit l'hôtel : à partir de quelle date ?",
     "L'ARS copilotant la contractualisation avec le préfet, qui signe le contrat ?",
     "Quel décret de la loi Taquet porte sur le parrainage ?",
     "Le contrat 2025-2027 du Gers va jusqu'à fin 2027, quelles sont ses priorités ?",
     "J'ai lu que la loi Taquet comporte 42 articles : combien sont applicables ?",
     "Vous confirmez que le contrat 2025-2027 comporte 14 objectifs dont 7 obligatoires ?",
     "Sachant que 30 départements sont entrés en 2020, combien s'ajoutent en 2021 ?",
     "Les dépenses de protection de l'enfance étaient de 8,8 Md€ en 2021, et en 2018 ?",
     "Notre département a mis 300 000 € en 2021, combien l'État a mis au FIR ?",
     "La part du Nord dans les 50 M€ versés en 2022 pour les jeunes majeurs ?",
     "Les jeunes confiés qui approchent de 18 ans, il faut les recevoir : combien de temps avant ?",
     "C'est bien la loi de 2016 qui a créé le CNPE ? combien de membres"],
)  # fmt: skip
def test_an_answer_leaves_what_is_told_in_passing_and_true(question: str, ask: Ask) -> None:
    assert "false_premise" not in [one.kind for one in ask(question).warnings]
