"""What a statement has from the question alone: "the malaria vaccine", where the articles are about another vaccine.

A chat model takes over what a question takes for granted. Names, numbers and dates that no quote has are faults
anyway; this finds the common nouns. Pure rules for English.
"""

from __future__ import annotations

from qa.claims.words import take_apart

BEFORE_A_NOUN = frozenset(
    """a an the this that these those its his her their our my your no any some each every both another of in on at by
    for with from against after before during about over under near into between among without""".split()
)


def borrowed(claim: str, question: str, evidence: str) -> list[str]:
    """The nouns of a statement that the question has and the evidence does not, in order.

    A noun is told by an article or a preposition before it, or by standing first.
    """
    granted = {word.stem for word in take_apart(question).words if word.content} - take_apart(evidence).stems
    words = take_apart(claim).words
    return [
        word.text
        for place, word in enumerate(words)
        if word.stem in granted and (not place or words[place - 1].low in BEFORE_A_NOUN)
    ]
