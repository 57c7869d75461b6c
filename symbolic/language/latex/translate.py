r"""From the tree of a formula to plain text.

What is ambiguous is refused with its readings, except where there is a convention: \sum_k a_k + b ends at the plus,
\log x^2 is \log(x^2), a/b \sum_k c_k is (a/b) \sum_k c_k, H(p)^2 is (H(p))^2, \operatorname{softmax}(z_i) is
\operatorname{softmax}(z)_i, and the letter at the top of a sum is the number of classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from symbolic.language.errors import SyntaxErrorInClaim
from symbolic.language.forms import is_function
from symbolic.language.latex.letters import DISTRIBUTIONS, MARKS, NUMBERS, Letters, bare, bound, extremises, free
from symbolic.language.latex.lexer import MATRICES
from symbolic.language.latex.pieces import ATOM, POWER, PRODUCT, SUM, Piece, call, glued, listed, piece, tight
from symbolic.language.latex.tree import Node, parts_of, unbracketed

__all__ = ["translated"]

INDICES = ("k", "l", "m", "r", "s", "u", "v", "q")


def translated(tree: Node, source: str) -> Piece:
    """The plain text of a line, or of hypotheses."""
    said, trailing = (tree, None) if tree.kind == "hypotheses" else _split(tree)
    defined = [each for part in said.parts if part.kind == "definitions" for each in part.inside.parts]
    conditions = [*said.parts[1:], *([trailing] if trailing else [])]
    translator = _Translator(source, Letters(tree))
    if tree.kind == "hypotheses":
        return listed(translator.hypotheses(tree.inside.parts))
    stated, given = translator.stated(said.inside.parts)
    given += [made for each in conditions if each.kind != "definitions" for made in translator.hypotheses(each.parts)]
    if defined:
        stated = glued(stated, " where ", listed(map(translator.definition, defined)))
    return glued(stated, " given ", listed(given)) if given else stated


class _Translator:
    """`within` is the index that a bare family gets, inside <...>; empty outside."""

    def __init__(self, source: str, letters: Letters) -> None:
        self.source, self.letters, self.within = source, letters, ""
        self.fresh = [*(each for each in INDICES if each not in letters.all), *(f"k{at}" for at in range(1, 100))]

    # --- what is claimed, and what is given ---

    def stated(self, items: tuple[Node, ...]) -> tuple[Piece, list[Piece]]:
        """What a line states, and the conditions on its indices after commas."""
        first, *rest = items
        if first.kind == "for_all":
            if first.word == "for some":
                raise _error(r"a claim is about every class; for how many a relation holds is \#\{k : z_k > c\}", first)
            first, over = first.parts
            rest = [*(each for each in over.parts if each.kind != "NAME"), *rest]
        for each in rest:
            if not _compares_names(each):
                raise self.ambiguous(each, "two claims, each a line", r"a hypothesis, after \text{ given }")
        return self.statement(first), self.hypotheses(rest)

    def statement(self, node: Node) -> Piece:
        r"""A relation, p_i \to 1 \text{ as } T \to 0, or two with \iff or \implies; or an expression."""
        if node.kind == "equivalence":
            first, iff, second = node.parts
            return glued(self.relation(first), piece(iff, f" {iff.word} "), self.relation(second))
        if node.kind == "tending":
            return self.tending(node)
        return self.relation(node) if node.kind == "relation" else self.expression(node)

    def tending(self, node: Node) -> Piece:
        what, goes, *side = node.parts
        for each in (what, goes):
            if each.kind != "relation" or [part.word for part in each.parts[1::2]] != ["->"]:
                raise _error(r"expected what goes where: p_i \to 1 \text{ as } T \to 0", each)
        inside, arrow, value = what.parts
        made = self.limit_at(what, inside, goes, side[0].word if side else "")
        return glued(made, piece(arrow, " == "), self.expression(value))

    def definition(self, node: Node) -> Piece:
        if node.kind != "relation" or [each.word for each in node.parts[1::2]] != ["=="]:
            raise _error(r"expected a definition: s_k = w_k x + b_k", node)
        name, equals, value = node.parts
        return glued(self.expression(name), piece(equals, " = "), self.whole(value) or self.expression(value))

    def hypotheses(self, items: Iterable[Node]) -> list[Piece]:
        made: list[Piece] = []
        for each in items:
            if each.kind == "for_all":
                made += self.universal(each)
            elif each.kind == "relation":
                made.append(self.relation(each))
            else:
                raise _error(r"expected a hypothesis, such as i \neq j, n \geq 2 or z_i = \max z", each)
        return made

    def universal(self, node: Node) -> list[Piece]:
        """all(relation, conditions on the bound index), or what holds for some, and what the list goes on with."""
        said, over = node.parts
        letter = _subject(over.parts[0])
        own = tuple(each for each in over.parts if _subject(each) == letter)
        further = [each for each in over.parts if _subject(each) != letter]
        if node.word == "for some":
            made = glued(self.relation(said), " for some ", self.conditions(own))
        else:
            made = call(node, "all", self.relation(said), self.conditions(own))
        return [made, *self.hypotheses(further)]

    def relation(self, node: Node) -> Piece:
        if node.kind != "relation":
            raise _error(r"expected a relation, such as z_k = \max z", node)
        if interval := self.interval(node):
            return interval
        made: list[Piece] = []
        for each in node.parts:
            if each.word in ("->", "~"):
                raise _error(r"a limit is written \lim_{T \to 0} p_i = 1", each)
            made.append(piece(each, f" {each.word} ") if each.kind == "RELATION" else self.side(each, node))
        return glued(*made)

    def interval(self, node: Node) -> Piece | None:
        r"""p_i \in (0, 1] is 0 < p_i <= 1."""
        ends = node.parts[-1]
        if len(node.parts) != 3 or node.parts[1].word != "in" or ends.kind != "bracket" or len(ends.items) != 2:
            return None
        opened, closed = ends.word, self.source[: ends.end].rstrip()[-1:]
        low, high = (self.expression(each) for each in ends.items)
        if opened not in ("(", "[") or closed not in (")", "]"):
            return None
        return glued(
            low, " < " if opened == "(" else " <= ", self.expression(node.parts[0]),
            " < " if closed == ")" else " <= ", high,
        )  # fmt: skip

    def whole(self, node: Node) -> Piece | None:
        r"""All of \operatorname{softmax}(z), where it has no index."""
        found = unbracketed(node)
        softmax = found.kind == "apply" and found.word == "softmax" and not found.below and not found.above
        if not softmax or found.inside.kind != "bracket" or unbracketed(found.inside).is_entry:
            return None
        return self.softmax(found, found.inside, None)

    def side(self, node: Node, relation: Node) -> Piece:
        if extremises(node):
            body = unbracketed(node.inside)
            return call(node, node.word, self.family(body.inside if body.is_entry and node.below else body))
        if whole := self.whole(node):
            return whole
        sets = any(each.word in ("in", "not in") or extremises(each) for each in relation.parts)
        return piece(node) if node.kind == "NAME" and sets else self.expression(node)

    # --- numbers ---

    def expression(self, node: Node) -> Piece:
        """A number."""
        return getattr(self, f"_{node.kind.lower()}", self._other)(node)

    def tight(self, node: Node, least: int) -> Piece:
        return tight(self.expression(node), least)

    def _other(self, node: Node) -> Piece:
        raise _error("expected an expression", node)

    def _int(self, node: Node) -> Piece:
        return piece(node)

    _decimal = _infinity = _int

    def _name(self, node: Node) -> Piece:
        if node.word in ("delta", "indicator"):
            raise _error(r"\delta has two indices here: \delta_{ij}", node)
        if self.within and self.is_family(node.word):
            return glued(piece(node), "[", self.within, "]")
        return piece(node, "n" if node.word == self.letters.classes else "")

    def is_family(self, letter: str) -> bool:
        """May this letter, without an index inside <...>, be a family?"""
        return letter in self.letters.families or letter not in self.letters.numbers | NUMBERS

    def _expr(self, node: Node) -> Piece:
        self.refuse_escaping([each for each in node.parts if each.kind != "SIGN"])
        made: list[Piece] = []
        for each in node.parts:
            if each.kind == "SIGN":
                made.append(piece(each, f" {each.word} ") if made else Piece(((each.word.strip("+"), each.start),)))
            else:
                made.append(self.tight(each, PRODUCT))
        return glued(*made, level=SUM)

    def refuse_escaping(self, terms: list[Node]) -> None:
        r"""In \sum_k a_k + b_k the second k is outside of the sum."""
        for at, term in enumerate(terms[:-1]):
            last = parts_of(term.parts[-1] if term.kind == "term" else term)[-1]
            for later in terms[at + 1 :]:
                if letter := next(iter(bound(last) & free(later)), ""):
                    whole = f"`{self.text(last)}` runs over more, and needs a bracket"
                    raise self.ambiguous(
                        later, whole, f"the {letter} outside of it is another one, and needs another letter"
                    )

    def _term(self, node: Node) -> Piece:
        made = self.tight(node.parts[0], PRODUCT)
        for at in range(1, len(node.parts), 2):
            operator, operand = node.parts[at : at + 2]
            if operator.word == "/":
                made = glued(made, "/", self.denominator(node.parts[at - 1], operand), level=PRODUCT)
            else:
                made = glued(made, "*", self.tight(operand, PRODUCT), level=PRODUCT)
        return made

    def denominator(self, above: Node, below: Node) -> Piece:
        """a/b c can be (a/b) c and a/(b c); but 1/n before a sum is a factor."""
        first, *rest = parts_of(below)
        if not rest:
            return self.tight(below, POWER)
        if not (len(rest) == 1 and rest[0].kind == "big" and above.isa("INT", "NAME") and first.isa("INT", "NAME")):
            over, under, beside = self.text(above), self.text(first), self.source[rest[0].start : below.end]
            raise self.ambiguous(
                above, rf"`\frac{{{over}}}{{{under}}} {beside}`", rf"`\frac{{{over}}}{{{under} {beside}}}`"
            )
        return listed((self.tight(each, POWER) for each in (first, *rest)), "*")

    def _product(self, node: Node) -> Piece:
        for first, second in pairwise(node.parts):
            self.refuse_beside(first, second)
        return listed((self.tight(each, PRODUCT) for each in node.parts), "*", level=PRODUCT)

    def refuse_beside(self, first: Node, second: Node) -> None:
        """Two factors side by side that could be something else."""
        left, right = self.text(first), self.text(second)
        if second.isa("INT", "DECIMAL"):
            raise _error(
                r"a number stands before what it multiplies; a class is z_{1}, a name with a digit \mathit{x1}", second
            )
        if _open(first):
            taken = self.text(first.inside)
            word = left.removesuffix(taken).strip()
            raise self.ambiguous(first, f"`{word}({taken}) {right}`", f"`{word}({taken} {right})`")
        if first.is_entry and second.kind == "NAME" and self.perhaps_an_index(first, second):
            base, own = self.text(first.inside), self.text(first.below.parts[0]) if first.below else ""
            raise self.ambiguous(
                first, rf"`{base}_{{{own}{right}}}`, with two indices, which no family has here",
                rf"a product, `{base}_{{{own}}} \cdot {right}`",
            )  # fmt: skip
        letter = first.kind == "NAME" or (first.kind == "scripted" and first.inside.kind == "NAME")
        if letter and second.kind == "bracket" and second.word in ("(", "["):
            inside = unbracketed(second)
            if second.word == "[" and inside.isa("NAME", "INT"):
                plain, other = f"{left}[{self.text(inside)}]", f"{left}_{self.text(inside)}"
                raise _error(f"`{plain}` is {other} in LaTeX: write all of the line in one of the two", first)
            if len(second.items) > 1 or inside.isa("NAME", "INT", "relation") or inside.is_entry:
                raise self.ambiguous(first, "a function, which has no name here", rf"a product, `{left} \cdot {right}`")

    def perhaps_an_index(self, entry: Node, letter: Node) -> bool:
        """May the j of p_ij, or of p_i j, be a second index? One that stands elsewhere as a number is none."""
        if entry.inside.word in MARKS:
            return False
        if letter.word in {"i", "j", "k", "l", *self.letters.indices}:
            return True
        alone = re.sub(r"\\[A-Za-z]+", " ", self.source).count(letter.word) == 1
        return alone and entry.end == letter.start and self.source[entry.end - 1] != "}"

    def _fraction(self, node: Node) -> Piece:
        above, below = node.parts
        return glued(self.tight(above, PRODUCT), "/", self.tight(below, POWER), level=PRODUCT)

    def _root(self, node: Node) -> Piece:
        return call(node, "sqrt", self.expression(node.inside))

    # --- brackets ---

    def _bracket(self, node: Node) -> Piece:
        first, *more = node.items
        if node.word == "<":
            return self.average(node)
        if node.word == "|":
            return self.bars(node)
        if node.word == "cases":
            return self.cases(node)
        if node.word in ("[", "indicator") and first.kind == "relation":
            return self.indicator(node, first)
        if more or len(node.parts) > 1 or first.isa("relation", "for_all", "one_sided"):
            raise _error("expected an expression in these brackets", node)
        return self.expression(first)

    def cases(self, node: Node) -> Piece:
        r"""a if i = j, b otherwise, is a \delta_{ij} + b (1 - \delta_{ij}), if both have a value in either case."""
        refused = _error(
            r"of cases those of i = j and i \neq j are read; others are a line each, with \text{ given }", node
        )
        if len(node.items) != 4:
            raise refused
        value, condition, other, rest = node.items
        for each in (condition, rest):
            if each.kind == "relation" and not (_compares_names(each) and len(each.parts) == 3):
                raise refused
        pair = [each.word for each in condition.parts[::2]]
        negated = {"==": "!=", "!=": "=="}.get(condition.parts[1].word if condition.kind == "relation" else "")
        against = (
            rest.kind == "relation"
            and rest.parts[1].word == negated
            and {each.word for each in rest.parts[::2]} == {*pair}
        )
        of_classes = self.letters.indices.intersection(pair)
        if negated is None or not of_classes or not (against or rest.word == "otherwise"):
            raise refused
        same, apart = (value, other) if negated == "!=" else (other, value)
        made = self.tight(same, PRODUCT), self.tight(apart, PRODUCT)
        for each, said in zip((same, apart), map(str, made), strict=True):
            if re.search(r"/|\^|\b(?:log|logit|sqrt|limit|diff|max|min|kl|entropy)\b", said):
                raise _error(
                    r"a case that may have no value in the other one is a line of its own, with \text{ given }", each
                )
        delta = call(node, "delta", *map(self.index, condition.parts[::2]))
        return glued(made[0], "*", delta, " + ", made[1], "*(1 - ", delta, ")", level=SUM)

    def average(self, node: Node) -> Piece:
        """<e> is the mean of e under p; <v, w> is the sum of the products of the entries."""
        letter = self.fresh[0]
        if len(node.items) > 1:
            return call(node, "sum", listed((tight(self.indexed(each), PRODUCT) for each in node.items), "*"), letter)
        return call(node, "mean", self.indexed(node.items[0]), letter)

    def indexed(self, node: Node) -> Piece:
        """With the first fresh index at each family without one: z in <z^2>; in <v w> one could be a number."""
        letters = bare(node) - NUMBERS
        if not any(map(self.is_family, letters)):
            raise _error(r"expected a family here, as in \langle z \rangle, or an index, \langle z_k \rangle_k", node)
        unknown = letters - self.letters.families - self.letters.numbers
        if unknown and len(letters) > 1:
            each = min(unknown)
            raise self.ambiguous(
                node, f"{each} is a number", rf"{each} is a family, as in `\langle {each}_k ... \rangle_k`"
            )
        before = self.within, self.fresh
        self.within, *self.fresh = self.fresh
        made = self.expression(node)
        self.within, self.fresh = before
        return made

    def bars(self, node: Node) -> Piece:
        """|x| is the absolute value, |A| the size of a set, a capital letter that is no number elsewhere."""
        inside = node.items[0]
        if len(node.parts) > 1 or (inside.kind == "bracket" and len(inside.parts) > 1):
            return self.count(node if len(node.parts) > 1 else inside)
        if inside.kind == "NAME" and inside.word.isupper() and inside.word not in self.letters.numbers | NUMBERS:
            return call(node, "size", piece(inside))
        return call(node, "abs", self.expression(inside))

    def _number_of(self, node: Node) -> Piece:
        if node.inside.kind == "NAME":
            return call(node, "size", piece(node.inside))
        return self.count(node.inside)

    def count(self, node: Node) -> Piece:
        if node.kind != "bracket" or len(node.parts) < 2:
            raise _error(r"expected \#\{k : z_k = \max z\}", node)
        over, relation = node.parts
        return call(node, "count", self.relation(relation.parts[0]), self.conditions(over.parts))

    def indicator(self, node: Node, relation: Node) -> Piece:
        r"""[i = j] is \delta_{ij}."""
        relation = unbracketed(relation)
        if relation.kind != "relation" or [each.word for each in relation.parts[1::2]] != ["=="]:
            raise _error(r"an indicator is of i = j here, and is \delta_{ij}", node)
        return call(node, "delta", *map(self.index, relation.parts[::2]))

    # --- subscripts and exponents ---

    def _scripted(self, node: Node) -> Piece:
        base, below, above = node.inside, node.below, node.above
        if above and not below and base.word == "e" and base.kind == "NAME":
            return call(node, "exp", self.exponent(node))
        made = self.subscripted(node, below.parts) if below else self.expression(base)
        return self.power(made, self.exponent(node)) if above else made

    def power(self, base: Piece, exponent: Piece) -> Piece:
        return glued(tight(base, ATOM), "^", tight(exponent, ATOM), level=POWER)

    def exponent(self, node: Node) -> Piece:
        """What a superscript says, if it is a power and no label."""
        above = node.above or node
        inside, *more = above.parts
        label = inside.kind == "bracket" and node.inside.word != "e" and unbracketed(inside).isa("NAME", "INT")
        if more or label or inside.isa("relation", "for_all", "one_sided"):
            raise _error("a superscript is an exponent here", above)
        if inside.word == "T" and not self.braced(inside):
            raise self.ambiguous(above, "`x^{T}`, where T is the temperature", f"a transpose, and {MATRICES}")
        return self.expression(inside)

    def subscripted(self, node: Node, items: tuple[Node, ...]) -> Piece:
        base, first = node.inside, items[0]
        if base.word in ("delta", "indicator") or (base.kind == "INT" and unbracketed(first).kind == "relation"):
            return self.delta(node, items)
        if base.kind == "bracket" and base.word == "<":
            return call(node, "mean", self.expression(base.items[0]), self.index(first))
        if base.word == "Z" and first.kind != "INT":
            return call(node, "sum", call(node, "exp", self.indexed(first)), self.fresh[0])
        whole = unbracketed(base)
        if whole.kind == "apply" and whole.word in DISTRIBUTIONS:
            return glued(self.family(whole), "[", self.index(first), "]")
        if base.kind != "NAME":
            raise _error(
                r"this has no entries: an index stands at a family, z_i, or at \operatorname{softmax}(z)_i", node
            )
        if len(items) > 1 or not first.isa("NAME", "INT"):
            raise _error(f"one index, a letter or a number, stands at a family, as in {base.word}_i; {MATRICES}", first)
        if first.word.isupper() and not self.braced(first):
            label = f"a label, {base.word}_{first.word}, for which another letter is to stand"
            raise self.ambiguous(node, label, f"the entry at an index {first.word}, `{base.word}_{{{first.word}}}`")
        return glued(piece(base), "[", self.index(first), "]")

    def braced(self, node: Node) -> bool:
        return self.source[: node.start].rstrip().endswith("{")

    def delta(self, node: Node, items: tuple[Node, ...]) -> Piece:
        if unbracketed(items[0]).kind == "relation":
            return self.indicator(node, items[0])
        indices = [each for item in items for each in parts_of(item)]
        if len(indices) != 2:
            raise _error(r"\delta has two indices here: \delta_{ij}, \delta_{1 2}", node)
        return call(node, "delta", *map(self.index, indices))

    def index(self, node: Node) -> Piece:
        if not node.isa("NAME", "INT"):
            raise _error("an index is a letter or the number of a class", node)
        return piece(node)

    # --- functions ---

    def _apply(self, node: Node) -> Piece:
        if is_function(node.word):
            return self.function(node, node.word)
        return getattr(self, f"apply_{node.word}")(node)

    def function(self, node: Node, head: str) -> Piece:
        """log x, log(x), log^2 x; but log(x)^2 could be two things, except of the sigmoid."""
        argument = node.inside
        if node.below:
            raise _error(r"a logarithm to the base b is \frac{\log x}{\log b}", node.below)
        if argument.is_power and head == "sigmoid":
            return self.raised(argument, call(node, head, self.expression(argument.inside)))
        if argument.is_power:
            whole, inside = self.text(node), self.text(argument)
            word, base = whole.removesuffix(inside).strip(), self.text(argument.inside)
            raise self.ambiguous(node, f"`({word}{base}){inside.removeprefix(base)}`", f"`{word}({inside})`")
        return self.raised(node, call(node, head, self.expression(argument)))

    def raised(self, node: Node, made: Piece) -> Piece:
        r"""To the power that stands at \log^2, or after the brackets of H(p)^2."""
        if not node.above:
            return made
        exponent = self.exponent(node)
        if str(exponent).startswith("-"):
            raise self.ambiguous(
                node, "an inverse function, which has no name here", "one over the function, `\\frac{1}{...}`"
            )
        return self.power(made, exponent)

    def of_brackets(self, node: Node, make: Iterable[str | Piece]) -> Piece:
        """word(arguments), and a power after the brackets is one of the whole."""
        made = call(node, node.word, *make)
        return self.raised(node.inside if node.inside.is_power else node, made)

    def brackets(self, node: Node) -> Node:
        """What a word such as H or KL stands before."""
        return node.inside.inside if node.inside.is_power else node.inside

    def apply_entropy(self, node: Node) -> Piece:
        return self.of_brackets(node, [self.family(self.brackets(node))])

    apply_logsumexp = apply_entropy

    def apply_kl(self, node: Node) -> Piece:
        brackets = self.brackets(node)
        if brackets.kind != "bracket" or len(brackets.items) != 2:
            raise _error(r"expected two distributions: \mathrm{KL}(p \| q)", brackets)
        return self.of_brackets(node, map(self.family, brackets.items))

    def apply_mean(self, node: Node) -> Piece:
        r"""\mathbb{E}[z], \operatorname{Var}(z), \operatorname{Var}_k(z_k), \mathbb{E}_{k \sim p}[z_k]: all under p."""
        argument = unbracketed(self.brackets(node))
        letter = self.averaged_over(node.below) if node.below else ""
        made = self.expression(argument) if letter else self.indexed(argument)
        return self.of_brackets(node, [made, letter or self.fresh[0]])

    apply_var = apply_mean

    def averaged_over(self, below: Node) -> str:
        r"""The index of _k and _{k \sim p}; none of _p."""
        first = below.parts[0]
        if first.kind == "relation" and first.parts[1].word == "~" and first.parts[2].word == "p":
            first = first.parts[0]
        elif first.kind != "NAME" or len(below.parts) > 1:
            raise _error(r"an expectation is under p here; another is a sum: \sum_k q_k z_k", below)
        return "" if first.word == "p" else str(self.index(first))

    def apply_sigma(self, node: Node) -> Piece:
        r"""\sigma(x) is the sigmoid, and \sigma(z)_i softmax."""
        argument = node.inside
        if argument.kind == "scripted" and argument.inside.kind == "bracket" and argument.below:
            return self.apply_softmax(node)
        if "sigma" in self.letters.numbers:
            raise self.ambiguous(
                node, r"a factor \sigma", "the sigmoid, which stands with its argument in all of the line"
            )
        entry = unbracketed(argument)
        if entry.is_entry and r"\sum" in self.source:
            text = self.text(entry)
            raise self.ambiguous(node, rf"`\operatorname{{sigmoid}}({text})`", rf"`\operatorname{{softmax}}({text})`")
        return self.function(node, "sigmoid")

    def apply_slope(self, node: Node, times: int = 1) -> Piece:
        at = unbracketed(node.inside)
        if not (at.kind == "NAME" or at.is_entry):
            raise _error(r"\sigma' is taken at a letter here, \sigma'(x)", at)
        made = self.expression(at)
        return call(node, "diff", call(node, "sigmoid", made), *[made] * times)

    def apply_curve(self, node: Node) -> Piece:
        return self.apply_slope(node, 2)

    # --- softmax ---

    def apply_softmax(self, node: Node) -> Piece:
        """An entry: softmax(z)_i, softmax_i(z) and softmax(z_i) are the same."""
        argument, entry = node.inside, unbracketed(node.inside)
        if argument.kind == "scripted" and argument.inside.kind == "bracket" and argument.below:
            made = glued(self.softmax(node, argument.inside, node.below), "[", self.index(argument.below.parts[0]), "]")
            return self.power(made, self.exponent(argument)) if argument.above else made
        if node.below:
            made = glued(self.softmax(node, argument, None), "[", self.index(node.below.parts[0]), "]")
        elif entry.is_entry and entry.below:
            made = glued(call(node, "softmax", piece(entry.inside)), "[", self.index(entry.below.parts[0]), "]")
        else:
            raise SyntaxErrorInClaim(r"softmax has entries: expected an index, \operatorname{softmax}(z)_i", node.end)
        return self.raised(node, made)

    def apply_log_softmax(self, node: Node) -> Piece:
        return call(node, "log", self.apply_softmax(node))

    def family(self, node: Node) -> Piece:
        """What stands where a family does."""
        node = unbracketed(node)
        if node.kind == "apply" and node.word in DISTRIBUTIONS:
            return self.softmax(node, node.inside, node.below)
        return piece(node) if node.kind == "NAME" else self.expression(node)

    def softmax(self, node: Node, argument: Node, scale: Node | None) -> Piece:
        """softmax(w), softmax(c w), and, with c at the foot, softmax_c(w)."""
        if scale and scale.parts[0].word in ("T", "tau"):
            raise self.ambiguous(node, r"`\operatorname{softmax}(z/T)`", r"`\operatorname{softmax}(T z)`")
        if scale:
            return call(node, "softmax", self.family(argument), self.expression(scale.parts[0]))
        family, factor = self.scaled(unbracketed(argument)) or (self.family(argument), None)
        return call(node, "softmax", family, *([factor] if factor else []))

    def scaled(self, node: Node) -> tuple[Piece, Piece | None] | None:
        """Of a product with one family in it, the family and the rest."""
        node = unbracketed(node)
        if node.kind == "NAME":
            return piece(node), None
        if node.kind == "expr" and len(node.parts) == 2 and (inside := self.scaled(node.parts[1])):
            return inside[0], glued(
                node.parts[0].word.strip("+"), tight(inside[1], PRODUCT) if inside[1] else "1", level=SUM
            )
        slanted = node.kind == "term" and len(node.parts) == 3 and node.parts[1].word == "/"
        if (node.kind == "fraction" or slanted) and (inside := self.scaled(node.parts[0])):
            over = tight(inside[1], PRODUCT) if inside[1] else "1"
            return inside[0], glued(over, "/", self.tight(node.parts[-1], POWER), level=PRODUCT)
        return self.scaled_product(parts_of(node)) if node.kind == "product" else None

    def scaled_product(self, factors: tuple[Node, ...]) -> tuple[Piece, Piece | None] | None:
        letters = [each for each in factors if each.kind == "NAME" and self.is_family(each.word)]
        families = [each for each in letters if each.word in self.letters.families] or letters
        if len(families) > 1:
            raise self.ambiguous(
                factors[0], *(f"{each.word} is the family, as in `{each.word}_k`" for each in families)
            )
        rest = [self.tight(each, PRODUCT) for each in factors if each not in families]
        return (piece(families[0]), listed(rest, "*", level=PRODUCT)) if families else None

    # --- operators ---

    def _big(self, node: Node) -> Piece:
        if node.word == "limit":
            return self.limit(node)
        if extremises(node):
            raise _error(rf"the classes where it is largest stand in a hypothesis: A = \{node.word} z", node)
        if not node.below:
            return self.extreme(node)
        ranges = self.ranges(node.below.parts)
        if node.above and node.above.parts[0].kind != "NAME":
            raise _error(
                r"a sum runs over all classes, to n; over fewer, it is \sum_{k \neq i} or \sum_{k \in A}", node.above
            )
        made = self.expression(node.inside)
        for each in reversed(ranges):
            made = call(node, node.word, made, each)
        return made

    def extreme(self, node: Node) -> Piece:
        r"""\max z, and \max(a, b) of numbers."""
        if node.word in ("sum", "prod"):
            raise _error(rf"expected the index that it runs over: \{node.word}_{{k}}", node)
        inside = unbracketed(node.inside)
        if inside.kind == "bracket":
            return call(node, node.word, *map(self.expression, inside.items))
        if node.inside.kind == "product":
            first, rest = self.text(inside.parts[0]), self.source[inside.parts[1].start : inside.end]
            raise self.ambiguous(node, rf"`(\{node.word} {first}) {rest}`", rf"`\{node.word}({first} {rest})`")
        return call(node, node.word, self.family(inside))

    def ranges(self, items: tuple[Node, ...]) -> list[Piece]:
        r"""What stands under a sum: of \sum_{i,j} two indices, else one and where it runs."""
        several = [each for item in items for each in parts_of(item)]
        if len(several) > 1 and all(each.kind == "NAME" for each in several):
            return list(map(self.index, several))
        return [self.conditions(items)]

    def conditions(self, items: tuple[Node, ...]) -> Piece:
        """A bound index and the conditions on it: k, k = 1, k != i, k in A."""
        made: list[Piece] = []
        for each in items:
            if each.kind == "NAME" and made:  # k != i, j
                made.append(glued(_subject(items[0]), " != ", piece(each)))
            elif each.kind != "NAME" and (found := self.condition(each)):
                made.append(found)
        return listed(made) if made else self.index(items[0].parts[0] if items[0].parts else items[0])

    def condition(self, node: Node) -> Piece | None:
        refused = _error(r"a sum runs over all classes, k, or those with k \neq i, k \in A, k \notin A", node)
        if node.kind != "relation" or len(node.parts) != 3:
            raise refused
        letter, operator, other = node.parts
        if operator.word == "==" and other.word == "0":
            raise _error(r"classes are numbered from 1: \sum_{k=1}^{n}", node)
        if operator.word == "==" and other.word == "1":
            return None
        if operator.word not in ("!=", "in", "not in") or not other.isa("NAME", "INT"):
            raise refused
        return glued(self.index(letter), piece(operator, f" {operator.word} "), piece(other))

    def limit(self, node: Node) -> Piece:
        goes = node.below.parts[0] if node.below else node
        side = goes.word if goes.kind == "one_sided" else ""
        goes = goes.parts[0] if side else goes
        if goes.kind != "relation" or goes.parts[1].word != "->":
            raise _error(r"expected what goes where: \lim_{T \to 0}", node)
        return self.limit_at(node, node.inside, goes, side)

    def limit_at(self, node: Node, inside: Node, goes: Node, side: str) -> Piece:
        variable, point = self.expression(goes.parts[0]), self.expression(goes.parts[2])
        expected = not side or (side == "+" and str(variable) in ("lambda", "T") and str(point) == "0")
        return call(
            node, "limit", self.expression(inside), variable, point,
            *([] if expected else ["right" if side == "+" else "left"]),
        )  # fmt: skip

    def _derivative(self, node: Node) -> Piece:
        inside, below = node.parts
        variables = [one for each in below.parts for one in self.variable(each)]
        if node.below or (node.above.parts[0].word if node.above else "1") != str(len(variables)):
            raise _error("the order of the derivative is not that of the variables below it", node)
        return call(node, "diff", self.expression(inside), *variables)

    def _along(self, node: Node) -> Piece:
        r"""\partial_{z_j} p_i; of \partial_i p_j it is not said what moves."""
        below, above = node.below, node.above
        if below is None or (above is not None and not above.parts[0].word.isdigit()):
            raise _error(r"a derivative is \partial_{z_j} p_i, or \frac{\partial p_i}{\partial z_j}", node)
        variables = [one for item in below.parts for each in parts_of(item) for one in self.variable(each)]
        for each in below.parts:
            if each.isa("NAME") and each.word in {"i", "j", "k", "l", *self.letters.indices}:
                raise _error(rf"expected what moves, as in \partial_{{z_{each.word}}}", each)
        times = int(above.parts[0].word) if above else len(variables)
        if (times != len(variables) and len(variables) > 1) or not 0 < times < 20:
            raise _error("the order of the derivative is not that of the variables below it", node)
        return call(
            node, "diff", self.expression(node.inside), *(variables * times if len(variables) == 1 else variables)
        )

    def variable(self, node: Node) -> list[Piece]:
        r"""z_j, once or, in \partial z_j^2, twice."""
        if node.kind != "scripted" or not node.above:
            return [self.expression(node)]
        times = node.above.parts[0].word
        if not (times.isdigit() and 0 < int(times) < 20):
            raise _error("the order of a derivative is a number such as 2", node.above)
        base = piece(node.inside)
        return [glued(base, "[", self.index(node.below.parts[0]), "]") if node.below else base] * int(times)

    # --- messages ---

    def text(self, node: Node) -> str:
        """The LaTeX of a part, for a message."""
        text = self.source[node.start : node.end]
        return text if len(text) <= 40 else f"{text[:40]}..."

    def ambiguous(self, node: Node, *readings: str) -> SyntaxErrorInClaim:
        return _error(f"this could be read in two ways: {'; or '.join(readings)}", node)


def _error(message: str, node: Node) -> SyntaxErrorInClaim:
    return SyntaxErrorInClaim(message, node.start)


# --- what a tree looks like ----------------------------------------------------------------------

PATH = ("line", "items", "relation", "equivalence", "tending", "expr", "term", "product", "big", "derivative", "apply")


def _split(node: Node) -> tuple[Node, Node | None]:
    r"""The bracket with a relation in it that ends a line, taken off: ... \quad (i \neq j) are hypotheses."""
    last = max(node.parts, key=lambda each: each.end, default=node)
    if node.kind == "product" and last.word == "(" and any(each.isa("relation", "for_all") for each in last.items):
        rest = node.parts[:-1]
        return rest[0] if len(rest) == 1 else replace(node, parts=rest), last.parts[0]
    if node.kind not in PATH or last.end != node.end:
        return node, None
    changed, found = _split(last)
    return replace(node, parts=tuple(changed if each is last else each for each in node.parts)), found


def _compares_names(node: Node) -> bool:
    """i != j, i = j, i in A, n >= 2: a condition rather than a claim."""
    return node.kind == "relation" and all(each.isa("NAME", "INT", "RELATION") for each in node.parts)


def _subject(node: Node) -> str:
    """The letter that a condition is on."""
    return node.parts[0].word if node.kind == "relation" else node.word


def _open(node: Node) -> bool:
    r"""Is this a function without brackets, as \log x, so that what follows could belong to its argument?"""
    if node.kind not in ("apply", "along"):
        return False
    argument = node.inside.inside if node.inside.kind == "scripted" else node.inside
    return (
        _open(argument)
        if argument.isa("apply", "along")
        else not argument.isa("bracket", "fraction", "root", "derivative")
    )
