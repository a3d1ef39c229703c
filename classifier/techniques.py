"""Techniques of persuasion: their names for people, and which one a passage is likely marked for.

The names and what they mean follow the guidelines of SemEval-2023 task 3 (Piskorski et al. 2023)
and of the shared task UNLP 2025 (Kyslyi et al. 2025), by whose annotators passages were marked.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from krynica.classifier.arrays import FloatArray
from krynica.classifier.parameters import Techniques
from krynica.classifier.sentence import Sentence
from krynica.classifier.views import sigmoid

LEAST_NAMED, MOST_NAMED = 1 / 3, 2
"""Least probability of a technique that is named, given that a reader marks the passage, and how
many are named. Of marked passages, from a third to three quarters of the names are those that
people gave, by technique as the card tells; at 1/2 most would hardly ever be named."""

TECHNIQUES: Mapping[str, Sentence] = {
    "appeal_to_authority": Sentence(
        "Appeal to authority: a claim is held to be right because somebody weighty says so."
    ),
    "appeal_to_fear_prejudice": Sentence(
        "Appeal to fear: an idea is pressed by fear, threat or prejudice."
    ),
    "appeal_to_hypocrisy": Sentence(
        "Appeal to hypocrisy: an opponent is charged with doing the same or worse."
    ),
    "appeal_to_pity": Sentence("Appeal to pity: compassion takes the place of an argument."),
    "appeal_to_popularity": Sentence(
        "Appeal to popularity: something is held to be right because everybody does or thinks it."
    ),
    "appeal_to_time": Sentence(
        "Appeal to time: it is said that the moment has come and there is no time to think."
    ),
    "appeal_to_values": Sentence(
        "Appeal to values: fine words that all agree with, such as freedom or tradition, stand in "
        "for a reason."
    ),
    "causal_oversimplification": Sentence(
        "One cause for all: a single cause is given where there are several."
    ),
    "cherry_picking": Sentence("Cherry picking: only the facts that suit the claim are told."),
    "consequential_oversimplification": Sentence(
        "Slippery slope: one step is said to lead straight to a chain of consequences."
    ),
    "conversation_killer": Sentence(
        "Conversation killer: a ready phrase ends the discussion instead of an answer."
    ),
    "doubt": Sentence(
        "Doubt: somebody's word or ability is called in question instead of what they say."
    ),
    "euphoria": Sentence(
        "Euphoria: a good event is used to raise the spirits beyond what happened."
    ),
    "exaggeration_minimisation": Sentence(
        "Exaggeration or minimisation: something is made much larger or smaller than it is."
    ),
    "false_dilemma_no_choice": Sentence(
        "False dilemma: two ways are offered as if there were no other."
    ),
    "false_equivalence": Sentence(
        "False equivalence: things that differ in kind are treated as the same."
    ),
    "flag_waving": Sentence("Flag waving: a claim leans on pride in a nation or a group."),
    "guilt_by_association": Sentence(
        "Guilt by association: somebody is tied to a group or an idea that readers detest."
    ),
    "loaded_language": Sentence(
        "Loaded language: words with a strong emotional charge where neutral ones would do."
    ),
    "name_calling_labeling": Sentence(
        "Name calling: a person or a group is given a label that readers love or hate."
    ),
    "obfuscation_vagueness_confusion": Sentence(
        "Vagueness: the wording is so unclear that readers may understand what they like."
    ),
    "questioning_the_reputation": Sentence(
        "Attack on reputation: somebody's character is attacked instead of their argument."
    ),
    "red_herring": Sentence("Red herring: something beside the point draws attention away."),
    "repetition": Sentence("Repetition: the same words or the same claim come again and again."),
    "slogans": Sentence("Slogans: a short catching phrase stands in for an argument."),
    "straw_man": Sentence("Straw man: an opponent is refuted in what they did not say."),
    "whataboutism": Sentence(
        "Whataboutism: a charge is answered by pointing at somebody else's wrong."
    ),
}
"""By key: the name, and what it means in one sentence."""


def describe(name: str) -> Sentence:
    """Name a technique and say what it means; one of a corpus' own is named alone."""
    return TECHNIQUES.get(name) or Sentence("{name}.", name=name.replace("_", " ").capitalize())


def likely(techniques: Techniques, vector: FloatArray) -> list[tuple[str, float]]:
    """Name the techniques that a passage is likely marked for, likeliest first.

    Parameters
    ----------
    techniques
        The language's techniques.
    vector
        Of the passage, shape (width,).

    Returns
    -------
    list of (str, float)
        Keys, and probabilities given that a reader marks the passage at all.
    """
    p = sigmoid(techniques.vector.of(vector))
    order = np.argsort(-p, kind="stable")[:MOST_NAMED].tolist()
    return [(techniques.names[at], float(p[at])) for at in order if p[at] >= LEAST_NAMED]
