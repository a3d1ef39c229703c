"""Tune the upper layers of the encoder: readings, fact checks and marked passages in one run.

The lower layers stay as published; what they say of each window is computed once and kept in
memory. A text of several windows is learned from its first and its last, which is what its reader
saw; its vector is the mean over their tokens, as in the classifier.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from krynica.classifier.arrays import IntArray
from krynica.classifier.windows import windows
from krynica.training.encoder.network import GENRES, Embedding, Heads, Layer, padded
from krynica.training.encoder.texts import Lesson
from krynica.training.encoder.weights import Weights

PREFIX = "passage: "
"""What the published encoder expects before a text."""
TOKENS = 7_000
"""Most tokens of a batch, padding included."""
RATE, HEAD_RATE, WARM = 1.2e-4, 1e-3, 0.06
"""Learning rates of layers and heads, and the part of the steps in which they rise."""
GENRE_WEIGHT, MARKED_WEIGHT, TECHNIQUES_WEIGHT = 0.15, 0.5, 1.0
THRESHOLDS = (0.7, 1.3, 1.0, 0.6)
"""What each threshold between two scores counts; that between 1 and 2 is the verdict's."""


@dataclass(frozen=True)
class Settings:
    """How the encoder is tuned.

    Parameters
    ----------
    top
        Layers that are tuned, counted from the top.
    epochs
        Times that every reading is met; each marked passage is met once.
    seed
        Of the order and of the dropout.
    """

    top: int = 6
    epochs: int = 3
    seed: int = 0


class Kept:
    """What the lower layers say of every window.

    Parameters
    ----------
    weights, tokeniser
        The encoder.
    passages
        Of each text.
    lower
        Layers that stay as they are.
    """

    def __init__(
        self,
        weights: Weights,
        tokeniser: Tokenizer,
        passages: Sequence[Sequence[str]],
        lower: Sequence[Layer],
        say: Callable[[str], None],
    ) -> None:
        self.of_text: list[list[int]] = []
        frame = [weights.bos, *tokeniser.encode(PREFIX.strip()).ids]
        self.front = len(frame)
        ids: list[IntArray] = []
        for at in range(0, len(passages), 1000):
            part = passages[at : at + 1000]
            flat = tokeniser.encode_batch([text for own in part for text in own])
            coded = iter(flat)
            for own in part:
                found = windows([next(coded).ids for _ in own])
                ends = found if len(found) <= 2 else [found[0], found[-1]]
                self.of_text.append(list(range(len(ids), len(ids) + len(ends))))
                ids += [np.array([*frame, *window.ids, weights.eos]) for window in ends]
        self.lengths = [len(one) for one in ids]
        self.begins = np.concatenate([[0], np.cumsum(self.lengths)]).tolist()
        width = weights.tensors["word"].shape[1]
        self.flat = torch.empty(self.begins[-1], width, dtype=torch.bfloat16)
        say(f"{len(ids)} windows, {self.begins[-1]} tokens")
        embedding = Embedding(weights).eval()
        order = np.argsort(self.lengths, kind="stable").tolist()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batched in _by_tokens(order, self.lengths):
                known = [self.lengths[at] for at in batched]
                batch = torch.full((len(batched), max(known)), weights.pad)
                for row, at in enumerate(batched):
                    batch[row, : known[row]] = torch.tensor(ids[at])
                _, bias = padded(known)
                x = embedding(batch)
                for layer in lower:
                    x = layer(x, bias)
                for row, at in enumerate(batched):
                    self.flat[self.begins[at] : self.begins[at + 1]] = x[row, : known[row]]

    def batch(self, texts: Sequence[int]) -> tuple[Tensor, list[int], list[int]]:
        """Return the windows of some texts as a batch, their lengths, and whose they are."""
        rows = [(number, at) for number, text in enumerate(texts) for at in self.of_text[text]]
        known = [self.lengths[at] for _, at in rows]
        x = torch.zeros(len(rows), max(known), self.flat.shape[1], dtype=torch.bfloat16)
        for row, (_, at) in enumerate(rows):
            x[row, : known[row]] = self.flat[self.begins[at] : self.begins[at + 1]]
        return x, known, [number for number, _ in rows]

    def cost(self, text: int) -> int:
        """Return the tokens of a text."""
        return sum(self.lengths[at] for at in self.of_text[text])

    def longest(self, text: int) -> int:
        """Return the length of a text's longest window."""
        return max(self.lengths[at] for at in self.of_text[text])


def _by_tokens(
    order: Sequence[int], lengths: Sequence[int] | Mapping[int, int], most: int = TOKENS
) -> list[list[int]]:
    """Cut sequences, ordered by length, into batches of so many tokens at most."""
    found: list[list[int]] = [[]]
    for at in order:
        if found[-1] and (len(found[-1]) + 1) * lengths[at] > most:
            found.append([])
        found[-1].append(at)
    return [part for part in found if part]


class Tuner:
    """The upper layers and their heads, in training.

    Parameters
    ----------
    weights, kept
        The encoder, and what its lower layers say.
    lessons
        The texts, in the order of `kept`.
    settings
        How to tune.
    """

    def __init__(
        self, weights: Weights, kept: Kept, lessons: Sequence[Lesson], settings: Settings
    ) -> None:
        self.kept, self.lessons, self.settings = kept, lessons, settings
        first = weights.layers - settings.top
        self.layers = nn.ModuleList(Layer(weights, at) for at in range(first, weights.layers))
        names = sorted({name for lesson in lessons for name in lesson.techniques})
        self.techniques = {name: at for at, name in enumerate(names)}
        self.heads = Heads(weights.tensors["word"].shape[1], max(len(names), 1))
        there = [at for at, own in enumerate(kept.of_text) if own]
        self.readings = [at for at in there if lessons[at].levels and not lessons[at].held]
        self.passages = [at for at in there if not lessons[at].levels and not lessons[at].held]
        self.held = [at for at in there if lessons[at].held]

    def vectors(self, texts: Sequence[int]) -> Tensor:
        """Return the mean over the tokens of each text, shape (n_texts, width)."""
        x, known, whose = self.kept.batch(texts)
        there, bias = padded(known)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        inside = there.clone()
        inside[:, : self.kept.front] = False
        inside[torch.arange(len(known)), torch.tensor(known) - 1] = False
        sums = torch.einsum("btw,bt->bw", x.float(), inside.float())
        owner = torch.tensor(whose)
        total = torch.zeros(len(texts), x.shape[2]).index_add(0, owner, sums)
        count = torch.zeros(len(texts)).index_add(0, owner, inside.sum(1).float())
        return total / count.clamp(min=1)[:, None]

    def loss(self, texts: Sequence[int]) -> Tensor:
        """Return the loss of a batch, which holds readings alone or passages alone."""
        vectors = self.vectors(texts)
        own = [self.lessons[at] for at in texts]
        weight = torch.tensor([lesson.weight for lesson in own])
        if own[0].levels:
            truth = torch.tensor([lesson.levels for lesson in own])
            each = functional.binary_cross_entropy_with_logits(
                self.heads.levels(vectors), truth, reduction="none"
            )
            loss = (each @ torch.tensor(THRESHOLDS) * weight).mean()
            genre = torch.tensor(
                [GENRES.index(one.genre) if one.genre in GENRES else -1 for one in own]
            )
            if (genre >= 0).any():
                told = functional.cross_entropy(self.heads.genre(vectors), genre, ignore_index=-1)
                loss = loss + GENRE_WEIGHT * told
            return loss
        side = torch.tensor([int(lesson.subjective) for lesson in own])
        truth = torch.tensor([float(bool(lesson.marked)) for lesson in own])
        logits = self.heads.marked(vectors).gather(1, side[:, None]).squeeze(1)
        loss = MARKED_WEIGHT * functional.binary_cross_entropy_with_logits(logits, truth)
        named = torch.tensor([bool(lesson.techniques) for lesson in own])
        if named.any():
            each = torch.zeros(len(own), len(self.techniques))
            for row, lesson in enumerate(own):
                each[row, [self.techniques[name] for name in lesson.techniques]] = 1.0
            told = functional.binary_cross_entropy_with_logits(
                self.heads.techniques(vectors)[named], each[named]
            )
            loss = loss + TECHNIQUES_WEIGHT * told
        return loss

    def batches(self, epoch: int) -> list[list[int]]:
        """Return the batches of an epoch: all readings, and its part of the passages."""
        rng = np.random.default_rng([self.settings.seed, epoch])
        shuffled = np.random.default_rng(self.settings.seed).permutation(self.passages).tolist()
        part = shuffled[epoch :: self.settings.epochs]
        found = []
        for texts, windows_each in ((rng.permutation(self.readings).tolist(), 2), (part, 1)):
            for at in range(0, len(texts), 800):
                chunk = sorted(texts[at : at + 800], key=self.kept.longest)
                lengths = {text: windows_each * self.kept.longest(text) for text in chunk}
                found += _by_tokens(chunk, lengths)
        return [found[at] for at in rng.permutation(len(found))]

    def tune(self, say: Callable[[str], None], checkpoint: Path, results: Path) -> None:
        """Tune all epochs; what was done is kept after each, and found again.

        Parameters
        ----------
        say
            Told how far the run is.
        checkpoint
            File of the layers, heads and optimiser after the last whole epoch.
        results
            File of what each epoch reached on texts held out, a JSON object a line.
        """
        torch.manual_seed(self.settings.seed)
        plan = [self.batches(epoch) for epoch in range(self.settings.epochs)]
        steps = sum(map(len, plan))
        optimiser = torch.optim.AdamW(
            [
                {"params": list(self.layers.parameters()), "lr": RATE},
                {"params": list(self.heads.parameters()), "lr": HEAD_RATE},
            ],
            weight_decay=0.01,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / (WARM * steps)) * (1 - step / steps)
        )
        first = self._resume(checkpoint, optimiser, schedule)
        begin, done = time.monotonic(), 0
        for epoch in range(first, self.settings.epochs):
            self.layers.train()
            losses = []
            for texts in plan[epoch]:
                loss = self.loss(texts)
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.layers.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                losses.append(float(loss.detach()))
                done += 1
                if done % 100 == 0:
                    spent = time.monotonic() - begin
                    say(f"epoch {epoch}, step {done}, {spent:.0f} s, loss {np.mean(losses):.3f}")
            torch.save(
                {
                    "epoch": epoch + 1,
                    "layers": self.layers.state_dict(),
                    "heads": self.heads.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                },
                checkpoint,
            )
            result = json.dumps({"epoch": epoch, **self.measured()})
            with results.open("a") as file:
                file.write(f"{result}\n")
            say(result)

    def _resume(
        self,
        checkpoint: Path,
        optimiser: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LambdaLR,
    ) -> int:
        if not checkpoint.exists():
            return 0
        kept = torch.load(checkpoint, weights_only=True)
        self.layers.load_state_dict(kept["layers"])
        self.heads.load_state_dict(kept["heads"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        return int(kept["epoch"])

    def measured(self) -> dict[str, float]:
        """Return AUCs on what is held out: readings by language, passages by language."""
        self.layers.eval()
        scores: dict[int, float] = {}
        order = sorted(self.held, key=self.kept.longest)
        lengths = {text: 2 * self.kept.longest(text) for text in order}
        with torch.no_grad():
            for texts in _by_tokens(order, lengths):
                vectors = self.vectors(texts)
                score = self.heads.score(vectors).squeeze(1)
                marked = self.heads.marked(vectors)
                for row, at in enumerate(texts):
                    lesson = self.lessons[at]
                    side = int(lesson.subjective)
                    scores[at] = float(score[row] if lesson.levels else marked[row, side])
        groups: dict[str, list[tuple[bool, float]]] = {}
        for at, score_ in scores.items():
            lesson = self.lessons[at]
            if lesson.levels:
                names = [f"2+ {lesson.language}", "2+"]
                truth = lesson.levels[1] > 0.5
                groups.setdefault("3+", []).append((lesson.levels[2] > 0.5, score_))
            else:
                names = [f"{'subjective' if lesson.subjective else 'marked'} {lesson.language}"]
                truth = bool(lesson.marked)
            for name in names:
                groups.setdefault(name, []).append((truth, score_))
        return {
            name: round(float(roc_auc_score(*zip(*rows, strict=True))), 4)
            for name, rows in sorted(groups.items())
            if len({truth for truth, _ in rows}) == 2
        }
