"""Adapts how questions are embedded: ``python -m evals.adapting`` (a quarter of an hour).

Vectors of documents don't move: only those of questions do. Each question that a statement is
known to answer (``corpus/asked``; no evaluation question is among them), also as typed in haste,
must come nearest to that statement and to its other questions, among all those of the corpus.
What is learned is small and stays in full precision in the 4-bit model: biases and layer norms of
the upper layers, and a linear map after pooling (``ingest.adaptation``). What is printed is
measured on the development questions, that the training doesn't see.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import fold
from evals.cases import Case, load_cases
from evals.scorers.facts import is_held
from ingest.adaptation import ADAPTED, MAP
from ingest.embedding import load_embeddings
from ingest.index import Index, current_generation, open_generation
from ingest.settings import Settings
from ingest.weights import LAYER_PARTS, unpacked_model

WRITTEN = Path(__file__).parent.parent / "ingest" / ADAPTED
FROZEN_LAYERS = 6
STEPS, BATCH, RATE, WARM_UP, LEAST_RATE = 300, 48, 2e-3, 40, 0.05
TEMPERATURE, DROPOUT, SEED = 0.03, 0.1, 20211
MOST_TOKENS, SORTED_TOGETHER, MEASURED_EVERY = 96, 8, 100
TYPOS = 0.04
"""Share of letters that a hurried copy of a question swaps or drops."""

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Bank:
    """What a question may come near: float32 ``vectors``, the number of the statement that each
    belongs to, the questions with their rows, and the text of each statement."""

    vectors: Floats
    owner: Rows
    questions: tuple[str, ...]
    rows: Rows
    statements: tuple[str, ...]


def bank_of(index: Index) -> Bank:
    """All that an index knows of its statements."""
    held = index.held_statements()
    assert held is not None
    numbers: dict[tuple[str, int], int] = {}
    owner, rows = list[int](), list[int]()
    questions, statements = list[str](), list[str]()
    for row, (document_id, start, _row) in enumerate(held.places):
        number = numbers.setdefault((document_id, start), len(numbers))
        document = index.texts.document(document_id)
        assert document is not None
        anchor = next(a for a in document.anchors if a.start == start)
        if number == len(statements):
            statements.append(document.text[anchor.start : anchor.end])
            left = list(anchor.asked)
        else:
            questions.append(left.pop(0))
            rows.append(row)
        owner.append(number)
    return Bank(held.vectors, np.array(owner), tuple(questions), np.array(rows), tuple(statements))


def hurried(text: str, chance: random.Random) -> str:
    """A question as typed in haste: no accent nor capital, some letters swapped or dropped."""
    letters = list(fold(text).rstrip(" ?"))
    at = 1
    while at < len(letters):
        if letters[at].isalpha() and letters[at - 1].isalpha() and chance.random() < TYPOS:
            letters[at - 1 : at + 1] = chance.choice(([letters[at], letters[at - 1]], letters[at]))
        at += 1
    return "".join(letters)


class Encoder:
    """The unpacked model in torch, whose lower layers are run once for each text."""

    def __init__(self, folder: Path) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        self._torch = torch
        model: Any = SentenceTransformer(str(folder), device="cpu")
        self._tokenizer, self._bert = model.tokenizer, model[0].auto_model
        self._bert.eval()
        self._layers = self._bert.encoder.layer
        self.map = torch.nn.Parameter(torch.zeros(self._bert.config.hidden_size, 384))
        for parameter in self._bert.parameters():
            parameter.requires_grad_(False)

    def trained(self) -> dict[str, Any]:
        """Parameters to train, under their names in the packed file."""
        found = {MAP: self.map}
        for number, layer in enumerate(self._layers):
            for short, long in LAYER_PARTS.items() if number >= FROZEN_LAYERS else ():
                part = layer.get_submodule(long)
                found[f"l{number}.{short}.b"] = part.bias.requires_grad_(True)
                if long.endswith("LayerNorm"):
                    found[f"l{number}.{short}.w"] = part.weight.requires_grad_(True)
        return found

    def lower(self, texts: Sequence[str]) -> list[Any]:
        """What the frozen layers make of questions: one (tokens, hidden) half tensor each."""
        tokens = [
            self._tokenizer.encode(f"query: {text}", truncation=True, max_length=MOST_TOKENS)
            for text in texts
        ]
        out: list[Any] = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda n: len(tokens[n]))
        with self._torch.no_grad():
            for at in range(0, len(order), BATCH):
                chosen = order[at : at + BATCH]
                states, mask = self._padded([self._torch.tensor(tokens[n]) for n in chosen])
                states = self._bert.embeddings(input_ids=states.long())
                states = self._run(states, mask, self._layers[:FROZEN_LAYERS])
                for n, state in zip(chosen, states, strict=True):
                    out[n] = state[: len(tokens[n])].half()
        return out

    def upper(self, lowered: Sequence[Any], drop: float = 0.0) -> Any:
        """Normalised vectors (questions, hidden) of what ``lower`` gave."""
        functional = self._torch.nn.functional
        states, mask = self._padded([state.float() for state in lowered])
        states = functional.dropout(states, drop, training=drop > 0)
        states = self._run(states, mask, self._layers[FROZEN_LAYERS:])
        pooled = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        pooled = functional.normalize(pooled, dim=1)
        return functional.normalize(pooled + pooled @ self.map, dim=1)

    def _padded(self, rows: Sequence[Any]) -> tuple[Any, Any]:
        from torch.nn.utils.rnn import pad_sequence

        lengths = self._torch.tensor([len(row) for row in rows])
        states = pad_sequence(list(rows), batch_first=True)
        mask = self._torch.arange(states.shape[1])[None, :] < lengths[:, None]
        return states, mask.float()

    def _run(self, states: Any, mask: Any, layers: Any) -> Any:
        hidden = (1.0 - mask)[:, None, None, :] * -1e9
        for layer in layers:
            found = layer(states, attention_mask=hidden)
            states = found[0] if isinstance(found, tuple) else found
        return states


def train(encoder: Encoder, bank: Bank, measured: "Measured") -> None:
    """Moves the questions of a bank towards their statements, by a softmax over the whole bank."""
    import torch

    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    texts = [*bank.questions, *(hurried(text, chance) for text in bank.questions)]
    rows = np.concatenate([bank.rows, bank.rows])
    lowered = encoder.lower(texts)
    parameters = list(encoder.trained().values())
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    vectors, owner = torch.tensor(bank.vectors), torch.tensor(bank.owner)
    batches = _batches([len(one) for one in lowered], chance)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * max(LEAST_RATE, 1 - step / STEPS)
        chosen = next(batches)
        own = torch.tensor(rows[chosen])
        near = encoder.upper([lowered[n] for n in chosen], DROPOUT) @ vectors.T / TEMPERATURE
        near[torch.arange(len(chosen)), own] = -1e4  # its own copy in the bank
        alike = owner[None, :] == owner[own][:, None]
        loss = torch.logsumexp(near, 1) - torch.logsumexp(near.masked_fill(~alike, -1e4), 1)
        optimiser.zero_grad()
        loss.mean().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if (step + 1) % MEASURED_EVERY == 0:
            print(f"{step + 1} pas, perte {loss.mean().item():.3f} ; {measured.of(encoder)}")


def _batches(lengths: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    """Endless batches of questions of about the same length, in no order."""
    while True:
        order = list(range(len(lengths)))
        chance.shuffle(order)
        wide = BATCH * SORTED_TOGETHER
        blocks = [
            sorted(order[at : at + wide], key=lengths.__getitem__)
            for at in range(0, len(order), wide)
        ]
        batches = [block[at : at + BATCH] for block in blocks for at in range(0, len(block), BATCH)]
        chance.shuffle(batches)
        yield from batches


class Measured:
    """What the nearest statements hold of the facts that development questions expect."""

    def __init__(self, encoder: Encoder, bank: Bank) -> None:
        self._bank = bank
        self._cases = [c for c in load_cases() if _is_measured(c)]
        self._lowered = encoder.lower([case.question for case in self._cases])

    def of(self, encoder: Encoder) -> str:
        """Share of the expected facts in the first 1, 3 and 5 statements, in words."""
        import torch

        with torch.no_grad():
            vectors = torch.cat(
                [
                    encoder.upper(self._lowered[at : at + BATCH])
                    for at in range(0, len(self._lowered), BATCH)
                ]
            ).numpy()
        shares = dict.fromkeys((1, 3, 5), 0.0)
        for case, vector in zip(self._cases, vectors, strict=True):
            best = np.full(len(self._bank.statements), -1.0, np.float32)
            np.maximum.at(best, self._bank.owner, self._bank.vectors @ vector)
            order = np.argsort(-best)
            for count in shares:
                told = " ".join(self._bank.statements[n] for n in order[:count])
                held = [is_held(told, fact) for fact in case.expected]
                shares[count] += sum(held) / len(held)
        found = " · ".join(f"{s / len(self._cases):.3f} ({c})" for c, s in shares.items())
        return f"faits dans les premiers énoncés, par le sens seul : {found}"


def _is_measured(case: Case) -> bool:
    answered = case.status != "refused" and bool(case.expected)
    return answered and case.split == "development" and not case.history


def main() -> int:
    """Trains, writes ``ingest/adapted.safetensors`` and prints what it is worth."""
    from safetensors.numpy import save_file

    settings = Settings()
    index = open_generation(current_generation(settings.index_folder), load_embeddings(settings))
    if index.held_statements() is None:
        print("Cet index n'a pas de vecteurs : rien ne peut être appris.", file=sys.stderr)
        return 1
    bank, encoder = bank_of(index), Encoder(unpacked_model(settings.cache))
    measured = Measured(encoder, bank)
    print(f"{len(bank.questions)} questions ; avant : {measured.of(encoder)}", flush=True)
    train(encoder, bank, measured)
    values = {
        name: parameter.detach().numpy().astype(np.float16)
        for name, parameter in encoder.trained().items()
    }
    save_file(values, WRITTEN)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
