"""The slips that students make, each with its name and what to look at again.

>>> print(described("lambda lost"))
A factor `lambda` is missing: it is in the weight `exp(lambda*z[i])` and in its derivative.
"""

from symbolic.language.prose import sentence

__all__ = ["SLIPS", "described"]

SLIPS = {
    "lambda lost": "a factor `lambda` is missing: it is in the weight `exp(lambda*z[i])` and in its derivative",
    "lambda twice": "one factor `lambda` is too many, or one is missing: count how often the chain rule was used",
    "T and lambda confused": "`T` is `1/lambda`: what grows with one falls with the other",
    "the sum in Z was held fixed": "`Z` depends on every logit, so the quotient rule has a second term",
    "i = j forgotten": "the two classes may be one: that case has a term of its own",
    "the diagonal only": "this is right where the two classes are one; where they differ it is another value",
    "sign turned round": "the size is right and the sign is not",
    "wrong index": "the right letters stand at the wrong places: which class moves, and which answers?",
    "log of a sum taken as a sum of logs": "the logarithm of a sum is not the sum of the logarithms",
    "exp of a sum taken as a sum of exps": "`exp(a + b)` is a product, `exp(a)*exp(b)`",
    "not normalised": "without the division by `Z` these numbers do not sum to 1",
    "the tie forgotten": "several classes may share the largest logit",
    "n = 1 forgotten": "with a single class there is no other: look at `n == 1`",
    "divided by what may be 0": "this is not defined where the divisor is 0",
    "plain mean for the mean under p": "the mean is weighted by p: it is `sum(p[k]*z[k], k)`, not `sum(z[k], k)/n`",
    "square of the mean taken as mean of the square": "the mean of the squares is larger than the square of the mean",
    "a shift taken as a factor": "adding to all logits changes nothing; multiplying them is another temperature",
    "a factor of 2": "a factor of 2 is lost, or is one too many",
    "a class counted twice": "one class is counted twice, or is left out",
    "the limit of one term only": "every term of the sum moves, not only this one",
    "the limit taken too early": "what goes to 0 here is divided by what goes to 0 as well",
    "strict where it may be equal": "there is a point where the two sides are equal",
    "the wrong way round": "the inequality points the other way",
    "convexity read backwards": "Jensen's inequality points the other way for a concave function such as the logarithm",
    "true for two classes only": "try three classes",
    "a sign taken for granted": "a real number may be negative, or 0",
    "hypothesis not met": "the point has to satisfy the hypotheses: one where they fail says nothing",
    "energy and logit confused": "an energy is a logit with the opposite sign",
    "the sum is not 1": "nothing says that these numbers sum to 1",
    "order of magnitude": "the powers of `lambda` on the two sides do not agree",
    "the other end": "this is the value at the other end of the temperature",
    "assumed the conclusion": "this supposes what is to be shown",
    "more assumed than is needed": "it holds, but much less is enough",
    "the difference as it stands": "this is what is to have a sign: write it so that the sign can be seen",
    "a logit by itself": "softmax knows differences of logits only",
    "absolute for relative": "in proportion means divided by what the class has",
    "too symmetric": "where all numbers are equal, most things are: take different ones",
}


def described(slip: str) -> str:
    """What to look at again, as a sentence."""
    return sentence(SLIPS[slip])
