"""Evals of the evals: a broken assistant loses the scores that it should, and keeps the others.

One run of the product over a sample of the shipped cases is recorded, then broken in every way of
``MATRIX``. What isn't written there must not move at all, where both are scored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.answering import Assistant
from evals.assistants import Given, Product
from evals.bootstrap import Interval, paired_bootstrap
from evals.cases import Case, Category, load_cases
from evals.compare import compare
from evals.grounding import ground
from evals.outcome import Ground
from evals.runner import run
from evals.scoring import LABELS
from evals.summary import Run, stabilities
from ingest.index import Index
from ingest.serving import Service
from tests.evals import sabotages
from tests.evals.sabotages import Recorded, Replayed, Sabotage
from tests.evals.sample import sample

pytestmark = pytest.mark.model


def any_case(_case: Case) -> bool:
    return True


def due_refusal(case: Case) -> bool:
    return case.status == "refused"


def states_a_frame(case: Case) -> bool:
    return bool(case.exercices or case.departement)


def asks_for_a_list(case: Case) -> bool:
    return len(case.expected) >= 3


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sabotage does to scores, over the cases where it shows.

    ``lowers``: the 95 % interval of the difference is below zero. ``may``: why a score may move
    either way. Any other must be the same in every case that both assistants score.
    """

    lowers: str
    may: Mapping[str, str] = field(default_factory=dict)
    over: Callable[[Case], bool] = any_case


_NO_CLAIM = "sans phrase, il ne reste que le cadre ou l'avertissement à juger"
_TWINS = "deux formulations peuvent se mettre à échouer, ou à réussir, ensemble"
_WHOLE = "réécrite, une réponse partielle se dit entière, comme sa jumelle"
_LONG = "une section tient parfois en 300 caractères, ou en tient plus d'un millier"
_MORE = "un passage entier donne aussi des faits que la réponse n'avait pas choisis"
_OTHER_PLACE = "le passage copié n'est pas toujours celui que la réponse citait"

MATRIX: Mapping[str, Expected] = {
    "reads_the_year_before": Expected(
        "right vital_recall source_precision source_recall exercice brevity",
        {
            "okay_recall": "peu de questions de l'échantillon ont des faits utiles",
            "status": "refuser vaut mieux que répondre sur une autre année : le produit le fait",
            "refusal_type": "le refus peut devenir « autre exercice »",
            "forbidden": "l'erreur tendue est souvent le chiffre de l'année d'à côté",
            "expected_warnings": "les avertissements suivent les textes cités",
            "unwanted_warnings": "les avertissements suivent les textes cités",
            "quote_length": "d'autres citations, courtes elles aussi",
            "stability": _TWINS,
        },
    ),
    "shuffles_citations": Expected(
        "right figures citation_recall citation_precision source_precision source_recall",
        {
            "exercice": "le texte cité à tort est parfois d'un autre exercice",
            "quote_length": "les citations passent d'une réponse à l'autre",
            "stability": _WHOLE,
        },
    ),
    "changes_figures": Expected(
        "right vital_recall okay_recall figures citation_recall citation_precision brevity",
        {
            "forbidden": "le chiffre faux est parfois celui de l'année d'à côté",
            "stability": _TWINS,
        },
    ),
    "always_refuses": Expected(
        "right status vital_recall okay_recall source_recall",
        {
            "refusal_type": "« absent du corpus » est parfois le bon motif",
            "forbidden": "qui ne dit rien ne dit rien de faux",
            "exercice": _NO_CLAIM,
            "quote_length": _NO_CLAIM,
            "stability": "refuser toujours est stable : ce score ne se lit pas seul",
        },
    ),
    "never_refuses": Expected(
        "right status refusal_type",
        {
            "quote_length": "la citation de l'extrait s'ajoute à celles des avertissements",
            "exercice": "l'extrait cité peut être d'un autre exercice",
            "forbidden": "l'extrait peut dire l'erreur tendue",
        },
        due_refusal,
    ),
    "is_moody": Expected(
        "right status vital_recall okay_recall source_precision source_recall brevity stability",
        {
            "refusal_type": "le motif d'une autre question est parfois le bon",
            "forbidden": "la réponse d'une autre question dit rarement l'erreur tendue",
            "exercice": "l'exercice d'une autre question est parfois le bon",
            "departement": "le territoire d'une autre question est rarement le bon",
            "expected_warnings": "les avertissements d'une autre question",
            "unwanted_warnings": "les avertissements d'une autre question",
            "quote_length": "les citations passent d'une réponse à l'autre",
        },
    ),
    "gives_first_section": Expected(
        "quote_length brevity",
        {
            "right": "sur une question simple, la première section est souvent la réponse",
            "vital_recall": _MORE,
            "okay_recall": _MORE,
            "forbidden": _MORE,
            "source_precision": _OTHER_PLACE,
            "source_recall": _OTHER_PLACE,
            "exercice": _OTHER_PLACE,
            "reading_time": _LONG,
            "stability": _TWINS,
        },
    ),
    "gives_six_sections": Expected(
        "right forbidden source_precision quote_length reading_time brevity",
        {
            "vital_recall": _MORE,
            "okay_recall": _MORE,
            "source_recall": _MORE,
            "exercice": _OTHER_PLACE,
            "stability": _TWINS,
        },
    ),
    "quotes_whole_sections": Expected(
        "quote_length brevity",
        {
            "right": "la section est plus complète, et parfois trop longue à lire",
            "vital_recall": _MORE,
            "okay_recall": _MORE,
            "forbidden": _MORE,
            "source_precision": "deux citations d'une même section n'en font plus qu'une",
            "reading_time": _LONG,
            "stability": _TWINS,
        },
    ),
    "halves_lists": Expected(
        "right vital_recall",
        {
            "okay_recall": "un fait utile est parfois dans la moitié perdue",
            "forbidden": "l'erreur aussi",
            "source_precision": "la moitié perdue cite parfois ailleurs",
            "source_recall": "la moitié perdue cite parfois ailleurs",
            "exercice": "la moitié perdue cite parfois un autre exercice",
            "quote_length": "la médiane se prend sur les citations qui restent",
            "brevity": "la moitié perdue est parfois du remplissage",
            "stability": _TWINS,
        },
        asks_for_a_list,
    ),
    "slow": Expected("latency"),
    "misplaces_quotes": Expected("validity"),
    "searches_elsewhere": Expected("ndcg_10 recall_5 recall_10 mrr"),
    "reads_no_frame": Expected("right exercice departement", over=states_a_frame),
    "never_warns": Expected(
        "expected_warnings",
        {
            "unwanted_warnings": "se taire évite aussi les fausses alertes",
            "quote_length": "les citations des seuls avertissements s'en vont",
            "stability": _WHOLE,
        },
    ),
    "always_warns": Expected(
        "unwanted_warnings",
        {"expected_warnings": "crier toujours donne aussi l'avertissement attendu"},
    ),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The sound run and what is needed to break it."""

    cases: Mapping[str, Case]
    index: Index
    ground: Ground
    recorded: Recorded
    sound: Run
    folder: Path

    def replayed(self, name: str, recorded: Recorded) -> Run:
        path = self.folder / f"{name}.jsonl"
        return run(list(self.cases.values()), Replayed(name, recorded), self.ground, path)

    def broken(self, name: str) -> Run:
        """The run of the assistant that a row of the matrix names."""
        if name == "reads_the_year_before":
            assistant = Assistant(lambda: self.index)
            found = sabotages.reads_the_year_before(self.recorded, assistant, self.cases)
        else:
            sabotage: Sabotage = getattr(sabotages, name)
            found = sabotage(self.recorded, self.index.texts.document)
        return self.replayed(name, found)


@pytest.fixture(scope="module")
def scene(shipped_service: Service, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder, index = tmp_path_factory.mktemp("sabotages"), shipped_service.index()
    cases = sample(load_cases())
    real = run(cases, Product(index), ground(index), folder / "product.jsonl")
    recorded = {row["id"]: _given(row) for row in real.rows}
    known = {case.id: case for case in cases}
    bare = Scene(known, index, ground(index), recorded, real, folder)
    sound = bare.replayed("sound", recorded)
    return Scene(known, index, bare.ground, recorded, sound, folder)


def _given(row: Mapping[str, Any]) -> Given:
    places = tuple((document_id, locator) for document_id, locator in row["retrieved"])
    return Given(row["answer"], places, row["elapsed_ms"])


def over(run: Run, keep: Callable[[Case], bool], cases: Mapping[str, Case]) -> Run:
    return Run(run.fingerprint, [row for row in run.rows if keep(cases[row["id"]])])


def moved(sound: Run, broken: Run, cases: Mapping[str, Case]) -> dict[str, Interval]:
    """The difference of each score that isn't the same everywhere; stability among them."""
    found = {change.name: change.difference for change in compare(sound, broken).changes}
    first, second = stabilities(sound, cases), stabilities(broken, cases)
    if first:
        columns = {"first": list(first.values()), "second": [second[base] for base in first]}
        pair = paired_bootstrap(columns, [("second", "first")])
        found["stability"] = pair["second - first"]
    return {name: gap for name, gap in found.items() if gap.low != 0 or gap.high != 0}


@pytest.mark.parametrize("name", MATRIX)
def test_a_sabotage_lowers_what_it_breaks_and_nothing_else(name: str, scene: Scene) -> None:
    row = MATRIX[name]
    sound, broken = (over(r, row.over, scene.cases) for r in (scene.sound, scene.broken(name)))
    found, lowers = moved(sound, broken, scene.cases), row.lowers.split()
    kept = [score for score in lowers if score not in found or found[score].high >= 0]
    assert not kept, f"{name} devrait baisser {kept} : {found}"
    strays = found.keys() - set(lowers) - row.may.keys()
    assert not strays, f"{name} ne devrait pas toucher {strays} : {found}"


def test_the_same_answers_get_the_same_scores(scene: Scene) -> None:
    again = scene.replayed("again", scene.recorded)
    assert [row["scores"] for row in again.rows] == [row["scores"] for row in scene.sound.rows]


def test_every_score_is_lowered_by_some_sabotage() -> None:
    lowered = {score for row in MATRIX.values() for score in row.lowers.split()}
    assert lowered == set(LABELS)
    assert {score for row in MATRIX.values() for score in row.may} <= set(LABELS)


def test_no_score_is_both_expected_and_excused() -> None:
    assert not [name for name, row in MATRIX.items() if set(row.lowers.split()) & row.may.keys()]


def test_half_of_a_list_leaves_an_answer_of_one_line_as_it_is(scene: Scene) -> None:
    halved = sabotages.halves_lists(scene.recorded, scene.index.texts.document)
    short = [n for n, given in scene.recorded.items() if len(given.answer["claims"]) == 1]
    short = [n for n in short if "\n" not in scene.recorded[n].answer["claims"][0]["text"]]
    assert short
    for name in short:
        said = [each[name].answer["claims"][0]["text"] for each in (scene.recorded, halved)]
        assert said[0] == said[1]


def test_the_sample_is_small_and_has_every_category(scene: Scene) -> None:
    assert {case.category for case in scene.cases.values()} == set(get_args(Category))
    assert {case.split for case in scene.cases.values()} == {"development"}
    assert len(scene.cases) <= 90
