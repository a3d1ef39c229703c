"""What is sent and what comes back, as OpenAPI describes it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

_TEXT = (
    "The council passed its budget for the coming year on Thursday. Officials said in a statement "
    "that roads and schools would take the largest share."
)
_SOURCES = ("text", "html", "url")

_HALF = re.compile("[\ud800-\udfff]")


def _whole(text: str) -> str:
    """Put the replacement character for half a pair of surrogates, as browsers do.

    JSON can hold one, where a program cut a text inside an emoji; no encoding can.
    """
    return _HALF.sub("\ufffd", text)


Text = Annotated[str, AfterValidator(_whole)]
ModelName = Annotated[
    str | None, Field(description="Name of a model, as `/v1/models` lists it; else the one in use.")
]
Unit = Annotated[float, Field(ge=0, le=1)]


def _exactly_one(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [
        {"required": [name], "properties": {name: {"type": "string"}}} for name in _SOURCES
    ]


class ArticleIn(BaseModel):
    """An article: exactly one of `text`, `html` and `url`."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra=_exactly_one,
    )

    text: Text | None = Field(None, description="The article as plain text.")
    html: Text | None = Field(None, description="The page it is on; the article is found in it.")
    url: Text | None = Field(
        None, description="Its http(s) address, where the operator lets addresses be fetched."
    )
    title: Text | None = Field(None, description="Its headline, read above the text.")
    language: str | None = Field(
        None,
        pattern="^([A-Za-z]{2}|und)$",
        description="ISO 639-1 code; detected where it is not given, or `und`.",
    )
    model: ModelName = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(getattr(self, name) is not None for name in _SOURCES) != 1:
            raise ValueError("give exactly one of text, html and url")
        return self


class BatchIn(BaseModel):
    """Articles, answered in order."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    articles: Annotated[
        list[Any],
        WithJsonSchema(
            {
                "type": "array",
                "items": {"anyOf": [{"$ref": "#/components/schemas/ArticleIn"}, {}]},
                "description": "What is no article of the right shape has its error in the answer.",
            }
        ),
    ]
    model: ModelName = None


class ReasonOut(BaseModel):
    """Why a verdict is `unclear`."""

    code: str
    note: str


class LevelsOut(BaseModel):
    """How the text reads, from plain over one-sided to blatant propaganda."""

    score: float = Field(ge=0, le=4, description="Mean of the levels, from 0 to 4.")
    levels: list[Unit] = Field(
        min_length=5,
        max_length=5,
        description="Probabilities of plain, journalism with a voice, one-sided, propaganda and "
        "blatant propaganda; the last three add up to `p_propaganda`.",
    )


class GenreOut(BaseModel):
    """What kind of text it is; `other` is no article."""

    name: Literal["news", "analysis", "opinion", "interview", "official", "other"]
    p: Unit


class EvidenceOut(BaseModel):
    """One reason that can be looked at; `start` and `end` are code points of the text as given."""

    start: int | None
    end: int | None
    text: str | None
    kind: Literal["phrase", "passage", "style"]
    weight: float = Field(description="In log-odds; above zero speaks for propaganda.")
    note: str


class ModelOut(BaseModel):
    """Which model said so."""

    name: str
    version: str
    sha256: str = Field(description="Of the model's SHA256SUMS.")


class AnswerOut(BaseModel):
    """The answer to one article."""

    verdict: Literal["propaganda", "journalism", "unclear"] | None
    p_propaganda: Unit | None = Field(
        description="That a careful reader would find the text one-sided or worse. Null where the "
        "model must not judge."
    )
    reading: LevelsOut | None = Field(description="Null where `p_propaganda` is.")
    genre: GenreOut | None = Field(description="Null where `p_propaganda` is.")
    p_persuasion: Unit | None
    language: str | None = Field(description="ISO 639-1, or `und`.")
    why_unclear: list[ReasonOut]
    words: int | None
    signals: dict[str, Unit] = Field(description="The views behind the verdict, by name.")
    evidence: list[EvidenceOut]
    model: ModelOut | None
    error: str | None = Field(description="One sentence; then the rest is null or empty.")


class CardOut(ModelOut):
    """The model's manifest, with its card and its checksum."""

    model_config = ConfigDict(extra="allow")

    card: str = Field(description="The card for people, Markdown.")


class ListedOut(BaseModel):
    """A model that can be asked for."""

    name: str = Field(description="What `model` takes.")
    version: str
    sha256: str = Field(description="Of the model's SHA256SUMS, as in answers.")
    languages: list[str] = Field(description="ISO 639-1.")
    in_use: bool = Field(description="Whether it answers where no other is asked for.")


class StateOut(BaseModel):
    """That the service is there."""

    status: Literal["ok"]


class ProblemOut(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="One sentence.")


MODEL_EXAMPLE = {"name": "krynica", "version": "0.1.0", "sha256": "9f2c…"}
CARD_EXAMPLE = MODEL_EXAMPLE | {"languages": {"en": ["articles"]}, "card": "# Krynica\n\n…"}
LISTED_EXAMPLE = [MODEL_EXAMPLE | {"languages": ["en", "pl"], "in_use": True}]
ANSWER_EXAMPLE = {
    "verdict": "propaganda",
    "p_propaganda": 0.93,
    "reading": {"score": 2.84, "levels": [0.02, 0.05, 0.2, 0.53, 0.2]},
    "genre": {"name": "opinion", "p": 0.81},
    "p_persuasion": 0.62,
    "language": "en",
    "why_unclear": [],
    "words": 412,
    "signals": {"encoder": 0.95, "words": 0.88, "style": 0.67, "persuasion": 0.71},
    "evidence": [
        {
            "start": 120,
            "end": 133,
            "text": "puppet regime",
            "kind": "phrase",
            "weight": 0.41,
            "note": "More usual in texts that read as propaganda.",
        }
    ],
    "model": MODEL_EXAMPLE,
    "error": None,
}
FAILED_EXAMPLE = dict.fromkeys(ANSWER_EXAMPLE) | {
    "why_unclear": [],
    "signals": {},
    "evidence": [],
    "error": "The text is empty.",
}
ARTICLE_EXAMPLES = {
    "text": {"summary": "A text", "value": {"text": _TEXT}},
    "titled": {
        "summary": "A text with its headline, in a language that is known",
        "value": {"text": _TEXT, "title": "Council passes budget", "language": "en"},
    },
    "html": {
        "summary": "A page",
        "value": {"html": f"<html><body><article><p>{_TEXT}</p></article></body></html>"},
    },
}
BATCH_EXAMPLES = {
    "two": {"summary": "Two articles", "value": {"articles": [{"text": _TEXT}, {"text": ""}]}}
}
