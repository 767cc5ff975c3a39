"""A pack whose quiz has as many questions as its trainer asks, within what the facts allow."""

from dataclasses import replace

from assistant.answering import Assistant
from assistant.teaching.gathering import gather
from assistant.teaching.knowing import entries_of
from assistant.teaching.material import Bibliography
from assistant.teaching.pack import Pack, QuizItem
from assistant.teaching.quizzing import quiz
from assistant.teaching.telling import Teller
from corpus.errors import InvalidRequest
from ingest.index import Index


def with_questions(pack: Pack, count: int, assistant: Assistant, index: Index) -> Pack:
    """``pack`` with ``count`` questions: its first ones, or a longer quiz of the same seed.

    Raises:
        InvalidRequest: the proved facts don't allow that many (French, with both numbers).
    """
    if count <= len(pack.quiz):
        return _with_quiz(pack, pack.quiz[:count])
    made: tuple[QuizItem, ...] = ()
    bibliography, allowed = Bibliography(), len(pack.quiz)
    bibliography.numbers(pack.citations)
    if count <= pack.facts:
        teller = Teller(index, Bibliography())
        material = gather(pack.order, assistant, index, teller, lambda _step: None)
        made = quiz(
            material,
            entries_of(assistant.entries(), pack.order.as_of),
            index,
            bibliography,
            count,
            least=count,
        )
        allowed = max(len(made), len(pack.quiz))
    if len(made) < count:
        allowed = max(allowed, pack.facts if count > pack.facts else 0)
        raise InvalidRequest(
            f"{count} questions de quiz sont demandées, et les faits prouvés en permettent "
            f"{allowed} : demandez-en moins, ou élargissez le thème."
        )
    return _with_quiz(replace(pack, citations=bibliography.citations), made)


def _with_quiz(pack: Pack, items: tuple[QuizItem, ...]) -> Pack:
    """The quiz in place of the former one, in the run sheet too."""
    former = {item.id for item in pack.quiz}
    ids = [item.id for item in items]
    steps = []
    for step in pack.steps:
        others = [one for one in step.items if one not in former]
        asked, ids = (ids, []) if len(others) < len(step.items) else ([], ids)
        steps.append(replace(step, items=(*others, *asked)))
    return replace(pack, quiz=items, steps=tuple(steps))
