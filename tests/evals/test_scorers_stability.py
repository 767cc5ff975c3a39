from evals.scorers.stability import stability
from tests.evals.answers import a_case, an_answer, outcome, saying

EXPECTED = [["30 septembre 2021"], ["33 M€"]]
CASES = [a_case(id=f"q{n}", base="q1", expected=EXPECTED) for n in (1, 2, 3)]
DATE, BOTH = saying("Avant le 30/09/2021."), saying("Le 30 septembre 2021.", "33 M€ du FIR.")


def test_wordings_with_the_same_facts_agree_whatever_the_words() -> None:
    reply = [outcome(DATE, case_id="q1"), outcome(saying("30 septembre 2021"), case_id="q2")]
    found = stability(CASES[:2], reply)
    assert found["q1"].value == 1.0 and found["q1"].reason == "1 paire d'accord sur 1."


def test_each_pair_that_differs_costs() -> None:
    answers = zip(("q1", "q2", "q3"), (DATE, DATE, BOTH), strict=True)
    found = stability(CASES, [outcome(answer, case_id=name) for name, answer in answers])
    assert found["q1"].value == 1 / 3


def test_a_refusal_and_a_wrong_answer_differ() -> None:
    reply = [outcome(an_answer(), case_id="q1"), outcome(saying("Rien."), case_id="q2")]
    assert stability(CASES[:2], reply)["q1"].value == 0.0


def test_two_crashes_or_missing_outcomes_do_not_agree() -> None:
    crashed = [outcome(None, case_id="q1"), outcome(None, case_id="q2")]
    assert stability(CASES[:2], crashed)["q1"].value == 0.0
    assert stability(CASES[:2], [])["q1"].value == 0.0


def test_only_facts_that_both_wordings_ask_for_are_compared() -> None:
    cases = [CASES[0], a_case(id="q2", base="q1", expected=EXPECTED[:1])]
    reply = [outcome(BOTH, case_id="q1"), outcome(DATE, case_id="q2")]
    assert stability(cases, reply)["q1"].value == 1.0


def test_a_question_asked_once_is_left_out() -> None:
    assert stability([a_case(id="q9")], [outcome(DATE, case_id="q9")]) == {}
