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
NONE = unit("La loi de veille ne prévoit pas de décret sur les effectifs des foyers.")


@pytest.mark.parametrize(
    ("question", "said"),
    [("Le procureur présidant le comité, qui l'écrit ?", "Le procureur présidant le comité"),
     ("L'arrêt s'appliquant dès 2022, que faire ?", "L'arrêt s'appliquant dès 2022"),
     ("Ici : comme il court jusqu'à fin 2024, que faire ?", "il court jusqu'à fin 2024"),
     ("Le préfet rédige le bilan, bon, mais quand ?", "Le préfet rédige le bilan"),
     ("C'est la loi de 2016 qui l'a créé : où ?", "C'est la loi de 2016 qui l'a créé"),
     ("La loi nous interdit d'aider ; que faire ?", "La loi nous interdit d'aider"),
     ("Le décret permet donc la tente, comment ?", "Le décret permet donc la tente")],
)  # fmt: skip
def test_what_is_told_in_passing_is_taken_for_granted(question: str, said: str) -> None:
    assert said in [question[start:end] for start, end in assumed(question)]


@pytest.mark.parametrize(
    "question",
    ["Je prépare le budget de la commune : combien d'actions ?",
     "Quel est le montant, l'avenant de 2021 compris ?",
     "Le nouvel entrant de 2022, quelle date pour lui ?",
     "Pendant le contrat de la commune, qui écrit ?",
     "Faut-il un avenant comme avant, ou un contrat ?"],
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
     ("Quel décret de la loi de veille fixe les effectifs des foyers ?", NONE)],
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
     ("Quel article de la loi de veille parle des foyers ?", NONE)],
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
     ("L'ARS rédige le rapport annuel d'exécution, donc qui le relit ?", "département")],
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
     "Quel décret de la loi Taquet porte sur le parrainage ?"],
)  # fmt: skip
def test_an_answer_leaves_what_is_told_in_passing_and_true(question: str, ask: Ask) -> None:
    assert "false_premise" not in [one.kind for one in ask(question).warnings]
