"""The encoder in torch: layers of the BERT kind, and the heads that it is tuned with."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from krynica.training.encoder.weights import HEADS, Weights

GENRES = ("news", "analysis", "opinion", "interview", "official", "other")


DROPPED = 0.1
"""Share of columns that is dropped in training."""


class Layer(nn.Module):
    """One layer: attention, then the feed-forward part, each with its norm behind it.

    Parameters
    ----------
    weights, number
        The encoder, and which of its layers this is.
    """

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        own = {
            name.split(".", 1)[1]: torch.tensor(value)
            for name, value in weights.tensors.items()
            if name.startswith(f"{number}.")
        }
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows, columns = own[f"{name}.w"].shape
            linear = nn.Linear(columns, rows)
            linear.weight.data, linear.bias.data = own[f"{name}.w"], own[f"{name}.b"]
            setattr(self, name, linear)
        for name in ("aln", "oln"):
            setattr(self, name, norm(own[f"{name}.w"], own[f"{name}.b"], weights.epsilon))
        self.drop = Drop()

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Read a batch.

        Parameters
        ----------
        x
            Shape (batch, length, width).
        bias
            Added to attention, shape (batch, 1, 1, length): far below zero where nothing stands.
        """
        batch, length, width = x.shape
        q, k, v = (
            linear(x).view(batch, length, HEADS, width // HEADS).transpose(1, 2)
            for linear in (self.q, self.k, self.v)
        )
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.aln(x + self.drop(self.ao(mixed)))
        out: Tensor = self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))
        return out


class Drop(nn.Module):
    """Dropout of whole columns of a sequence: as good here as of single numbers, and much cheaper.

    Drawing a random number for each of them takes a tenth of the time of a step.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Drop columns while in training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) > DROPPED
        return x * kept.to(x.dtype) / (1.0 - DROPPED)


def norm(weight: Tensor, bias: Tensor, epsilon: float) -> nn.LayerNorm:
    """Return a layer norm with these numbers."""
    made = nn.LayerNorm(len(weight), eps=epsilon)
    made.weight.data, made.bias.data = weight, bias
    return made


class Embedding(nn.Module):
    """Pieces and places as vectors."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        tensors = {name: torch.tensor(weights.tensors[name]) for name in ("word", "pos", "type")}
        self.word, self.pos, self.type = tensors["word"], tensors["pos"], tensors["type"]
        first, bias = (torch.tensor(weights.tensors[name]) for name in ("eln.w", "eln.b"))
        self.norm = norm(first, bias, weights.epsilon)

    def forward(self, ids: Tensor) -> Tensor:
        """Turn numbers of pieces, shape (batch, length), into vectors."""
        out: Tensor = self.norm(self.word[ids] + self.pos[: ids.shape[1]] + self.type)
        return out


class Heads(nn.Module):
    """What the encoder is tuned to say: linear in the mean over a text's tokens.

    Parameters
    ----------
    width
        Numbers of a vector.
    techniques
        Their number.
    """

    def __init__(self, width: int, techniques: int) -> None:
        super().__init__()
        self.score = nn.Linear(width, 1)
        self.cuts = nn.Parameter(torch.tensor([-0.5, 0.8, 2.2, 4.5]))
        self.genre = nn.Linear(width, len(GENRES))
        self.marked = nn.Linear(width, 2)
        self.techniques = nn.Linear(width, techniques)

    def levels(self, vectors: Tensor) -> Tensor:
        """Return log-odds of a score of 1, 2, 3 and 4 or more (proportional odds, McCullagh 1980).

        Parameters
        ----------
        vectors
            Shape (batch, width).
        """
        out: Tensor = self.score(vectors) - self.cuts
        return out


def padded(known: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Return which places of a batch hold a token, and the bias that hides the others.

    Parameters
    ----------
    known
        Length of each sequence.
    """
    there = torch.arange(max(known))[None] < torch.tensor(list(known))[:, None]
    bias = torch.zeros(len(known), 1, 1, max(known)).masked_fill(~there[:, None, None, :], -1e9)
    return there, bias.bfloat16()
