"""From what is typed to the core of the claim language: tree to tree, before letters are told apart.

    sigmoid(x)             1/(1 + exp(-x))             words that others define: a row each in forms.py
    softmax(z/T)[i]        softmax(z, 1/T)[i]          expressions where a family stands, entry by entry
    max(x, 0)              (x + 0 + abs(x - 0))/2      the largest of numbers
    limit(e, x, a, right)  limit(f, t, oo)             f is e with a + 1/t for x, t a new letter (one_sided.py)
    L  where  L = ...      ...                         definitions, put in before anything else is done
    a <= b <= c            a <= b  and  b <= c         chains: a statement is one claim or several

Definitions are put in lazily, under the binders that use them; a bound letter is renamed where it would capture.
What is made stands at the place in the line that it was made of, so messages point to what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, count, pairwise
from typing import Any, NamedTuple, cast

from lark import Token, Tree

from symbolic.language.forms import FORMS, Form, Shape
from symbolic.language.grammar import parsed
from symbolic.language.letters import compares
from symbolic.language.one_sided import at_infinity
from symbolic.language.ranges import Ranges
from symbolic.language.standing import Standing
from symbolic.language.trees import (
    BOUND,
    FAMILIES,
    INFINITE,
    NO_NAMES,
    Node,
    bound_by,
    error,
    form_in,
    free_indices,
    is_chain,
    is_family,
    is_letter,
    is_range,
    names_in,
    nodes,
    place_of,
    tokens,
    typed,
)
from symbolic.language.uses import Uses, lifted
from symbolic.language.where_clauses import Definition, definitions

__all__ = ["Core", "elaborated"]

NODES = 50_000  # of what a line stands for
NEGATED = {"==": "!=", "=": "!=", "!=": "==", "≠": "==", "<": ">=", ">=": "<", "≥": "<", ">": "<=", "<=": ">", "≤": ">"}
RISING, FALLING = ("==", "=", "<", "<=", "≤"), ("==", "=", ">", ">=", "≥")


class Core(NamedTuple):
    """The core of a line: a tree for each claim that it makes, whose children are what is said and what is given."""

    trees: list[Tree[Token]]
    as_typed: bool  # word by word
    remarks: tuple[str, ...] = ()  # how letters were read that can be meant otherwise


def elaborated(tree: Tree[Token], text: str) -> Core:
    """The core of a line."""
    said, defined, given, some = _clauses(tree)
    work = _Elaboration(tree, text)
    hypotheses = [made for each in given for made in work.hypothesis(each)]
    statements = work.statements(said)
    if tree.data == "claim" or some:
        made = work.of_one_line(statements, given, hypotheses, some)
    else:
        made = [[*each, *hypotheses] for each in statements]
        work.standing.refuse(chain.from_iterable(made))
    trees = [Tree(tree.data, each, tree.meta) for each in made]
    work.refuse_unused()
    as_typed = not defined and [tokens(each) for each in trees] == [[*tokens(said), *chain(*map(tokens, given))]]
    return Core(trees, as_typed, tuple(work.uses.remarks()))


def _clauses(tree: Tree[Token]) -> tuple[Node, list[Node], list[Node], list[Token]]:
    """What is said, what is defined, what is given, and the classes that are given as some."""
    said, *clauses = tree.children
    parts: dict[str, list[Any]] = {"where": [], "given": [], "some": []}
    for each in clauses:
        parts[cast(Tree[Token], each).data] += cast(Tree[Token], each).children
    return said, parts["where"], parts["given"], parts["some"]


def _links(relation: Node) -> list[Tree[Token]]:
    """The relations that a chain claims, in order."""
    tree = cast(Tree[Token], relation)
    if len(tree.children) <= 3:
        return [tree]
    operators = cast(list[Token], tree.children[1::2])
    if not any(all(each in direction for each in operators) for direction in (RISING, FALLING)):
        strange = next(each for each in operators if each not in RISING or operators[0] not in RISING)
        raise error("a chain goes one way: its relations are all of ==, <, <= or all of ==, >, >=", strange)
    return [
        Tree("relation", [left, op, right], tree.meta)
        for op, (left, right) in zip(operators, pairwise(tree.children[::2]), strict=True)
    ]


# --- places ----------------------------------------------------------------------------------------


class _Family(NamedTuple):
    """What stands where a family does: as the core says it, if it does, and its entry at an index."""

    core: Node | None
    at: Callable[[Token], Node]


@dataclass(frozen=True)
class _Place:
    """What stands for the letters here; with `lift`, a bare family is its entry there; with `moved`, in a row."""

    indices: Mapping[str, Token] = field(default_factory=dict)
    numbers: Mapping[str, Node] = field(default_factory=dict)
    families: Mapping[str, _Family] = field(default_factory=dict)
    lift: Token | None = None
    moved: Token | None = None

    def level(self) -> _Place:
        return replace(self, lift=None)


NOWHERE = _Place()


class _Elaboration:
    """One line. Every node that is made is counted: definitions in definitions grow fast."""

    def __init__(self, tree: Tree[Token], text: str) -> None:
        said, defined, given, some = _clauses(tree)
        self.definitions, self.left, self.text = definitions(defined, said, given), NODES, text
        self.used: set[str] = set()
        self.everywhere: set[str] = set()  # indices at which families are equal
        self.taken = {each.value for each in names_in(tree)}
        self.risky = {each.value for made in self.definitions.values() for each in names_in(made.body)}
        self.uses = Uses(tree, text, self.definitions)
        self.ranges = Ranges(given, self._indices_of_claim(said) | {each.value for each in some})
        self.standing = Standing(self.fresh)
        self._check_arguments()

    def expand(self, node: Node, place: _Place) -> Node:
        """What a part of the line stands for."""
        self._spend(node)
        if isinstance(node, Token):
            return self._token(node, place)
        if node.data == "entry":
            return self._entry(node, place)
        if node.data == "call":
            return self._call(node, place)
        if node.data == "relation" and len(node.children) > 3:
            raise error("a chain of relations is a claim or a hypothesis: here stands one relation", node)
        return self._rebuilt(node, [self.expand(each, place) for each in node.children], place)

    def _indices_of_claim(self, said: Node) -> set[str]:
        """The indices that may be free in what is said: those of its definitions, too."""
        bodies = [each.body for each in self.definitions.values()]
        compared = names_in(said) if isinstance(said, Tree) and said.data in ("iff", "implies") else ()
        return {name for each in (said, *bodies) for name in free_indices(each)} | {each.value for each in compared}

    def statements(self, said: Node) -> list[list[Node]]:
        """What is claimed, and under which hypotheses of its own: a chain is several claims, and so is `iff`;
        of `implies` the first side is given, with its indices those of the claim."""
        if not isinstance(said, Tree) or said.data not in ("relation", "iff", "implies"):
            return [[self.expand(said, NOWHERE)]]
        if said.data == "relation":
            return [[self.relation(link)] for link in _links(said)]
        *given, second = (self._side(side) for side in said.children)
        first = list(chain.from_iterable(given))
        if said.data == "implies":
            wanted = {name: at for name, at in _joined_indices(first).items() if name not in self.everywhere}
            return [[self._about(self._as_relation(each), wanted), *first] for each in second]
        return [*self._implications(first, second), *self._implications(second, first)]

    def of_one_line(
        self, statements: list[list[Node]], given: list[Node], hypotheses: list[Node], some: list[Token]
    ) -> list[list[Node]]:
        """The statements and their hypotheses; last, what is given of families that stand for expressions. A hypothesis
        is about the whole line: each statement is about the indices in it that are of any, and about some class."""
        if some and not all(isinstance(each[0], Tree) and each[0].data == "relation" for each in statements):
            raise error("some class is one of a claim: here an expression stands", some[0])
        spoken = _joined_indices(hypotheses) | {token.value: token for each in given for token in self._compared(each)}
        standing = [self.standing.indices(said) for said, *_ in statements]
        of_line = {name for each in standing for name in each} | (
            _joined_indices(each[0] for each in statements).keys() - self.everywhere
        )
        wanted = {name: at for name, at in spoken.items() if name in of_line} | {each.value: each for each in some}
        for each in given:
            self._refuse_unknown_class(each, of_line | wanted.keys(), given)
        return [
            [
                self._about(cast(Tree[Token], said), {**wanted, **indices}),
                *own,
                *hypotheses,
                *self.standing.given(said, [*own, *hypotheses]),
            ]
            for (said, *own), indices in zip(statements, standing, strict=True)
        ]

    def _compared(self, node: Node) -> list[Token]:
        """The indices of i != j and of i in A."""
        tree = cast(Tree[Token], node)
        if tree.data == "membership":
            return [cast(Token, tree.children[0])]
        if tree.data != "relation" or len(tree.children) > 3 or not compares(tree, self.uses.indices):
            return []
        return [each for each in cast(list[Token], tree.children[::2]) if each.type == "NAME"]

    def _refuse_unknown_class(self, node: Node, known: Collection[str], given: list[Node]) -> None:
        """z[i] < z[j], i != j: is that one class j, or every one? It is asked for where the claim has no j."""
        for letter in self._compared(node):
            left, sign, *_, right = cast(Tree[Token], node).children
            about = [each for each in given if each is not node and letter in names_in(each)]
            if letter.value in known or not about or sign in ("=", "=="):
                continue
            condition = f"{right} != {left}" if right == letter else typed(node, self.text)
            said = typed(about[0], self.text)
            raise error(
                f"the claim names no class `{letter}`: say whether some is meant, `{said} for some {condition}`, "
                f"or every one, `{said} for all {condition}`",
                letter,
            )

    def _side(self, side: Node) -> list[Node]:
        """One side of `iff`; an equation of two families is one of their entries, at every class."""
        if not isinstance(side, Tree) or side.data != "relation" or len(side.children) > 3:
            return list(self._expanded(side))
        made = self.relation(side)
        if free_indices(made).keys() & self.everywhere and any(_where_defined(cast(Tree[Token], made))):
            raise error(
                "these families may be undefined at some classes: beside iff say what holds at one, as x[i]", side
            )
        return [made]

    def _implications(self, given: list[Node], said: list[Node]) -> list[list[Node]]:
        """Each relation of one side, given the other, where all of its own side is defined; the indices of both are
        those of the claim, except those at which families are equal: that is at every class."""
        links = [self._as_relation(each) for each in said]
        return [self._implication(given, each, [other for other in links if other is not each]) for each in links]

    def _implication(self, given: list[Node], said: Tree[Token], beside: list[Tree[Token]]) -> list[Node]:
        """The relation under the hypotheses; turned round, if so it has all indices."""
        exists: list[Node] = [made for each in beside for made in _where_defined(each)]
        free = (pair for each in (*given, *exists) for pair in free_indices(each).items())
        wanted = {name: index for name, index in free if name not in self.everywhere}
        if len(given) == 1 and not exists and free_indices(said).keys() < wanted.keys():
            return [_negated(self._as_relation(given[0])), _negated(said)]
        return [self._about(said, wanted), *given, *exists]

    def _as_relation(self, node: Node) -> Tree[Token]:
        """What is said of classes, said in numbers: i == j is delta(i, j) == 1."""
        tree = cast(Tree[Token], node)
        first, *_, last = cast(list[Token], tree.children)
        if tree.data == "membership":
            row, holds = "sum(delta(k, i), k in A)", len(tree.children) == 3
        elif compares(tree, self.uses.indices):
            row, holds = "delta(i, A)", tree.children[1] in ("=", "==")
        else:
            return tree
        return cast(
            Tree[Token], self.expand(_row(f"{row} == {int(holds)}"), _Place({"i": first, "A": last}, moved=first))
        )

    def _about(self, relation: Tree[Token], indices: Mapping[str, Token]) -> Tree[Token]:
        """The relation, with 0*z[i] for an index that is not in it: in a hypothesis it would stand for every class."""
        made, known = relation, free_indices(relation)
        for name in (each for each in indices if each not in known):
            left, op, right = made.children
            place = _Place({"i": indices[name]}, {"x": right}, moved=indices[name])
            made = Tree("relation", [left, op, self.expand(_row("x + 0*z[i]"), place)], made.meta)
        return made

    def relation(self, link: Tree[Token]) -> Node:
        """An equation of two families is one of their entries, at an index that stands nowhere else; where another
        index is free in it, that one may be meant."""
        left, op, right = link.children
        if op in ("=", "==") and self._is_of_families(left) and self._is_of_families(right):
            index = self.fresh(cast(Token, op), "ijkl")
            made = self.expand(link, _Place(lift=index))
            if free_indices(made).keys() == {index.value}:
                self.everywhere.add(index.value)
                return made
        return self.expand(link, NOWHERE)

    def _is_of_families(self, side: Node) -> bool:
        """Is this a family, or does it hold one where its entry would stand?"""
        return any(self._is_whole(each) for each in lifted(side))

    def _is_whole(self, node: Node) -> bool:
        if isinstance(node, Tree):
            return True
        made = self.definitions.get(node.value)
        return self.uses.is_family(node) if made is None else made.is_family

    def hypothesis(self, node: Node) -> Iterator[Node]:
        """A hypothesis; an equation of two families is one for every class."""
        if isinstance(node, Tree) and node.data == "relation" and len(node.children) == 3:
            yield from self._extremisers(node) or [self.relation(node)]
        else:
            yield from self._expanded(node)

    def _expanded(self, node: Node) -> Iterator[Node]:
        """A chain is several hypotheses, and so is one on where an expression of families is largest."""
        if isinstance(node, Tree) and node.data == "relation":
            for link in _links(node):
                yield from self._extremisers(link) or [self.expand(link, NOWHERE)]
        elif isinstance(node, Tree) and node.data == "call" and node.children[0] == "all" and is_chain(node):
            word, links, *ranges = node.children
            for link in _links(links):
                yield self.expand(Tree("call", [word, link, *ranges], node.meta), NOWHERE)
        else:
            yield self.expand(node, NOWHERE)

    def refuse_unused(self) -> None:
        """A definition that is not used may be a slip of the name."""
        for name, made in self.definitions.items():
            if name not in self.used:
                raise error(f"`{name}` is defined and not used", made.name)

    def _extremisers(self, relation: Tree[Token]) -> list[Node]:
        """A == argmax(e): in A it is the largest, elsewhere it is less."""
        subset, _, call = relation.children
        if not isinstance(call, Tree) or call.data != "call" or call.children[0] not in ("argmax", "argmin"):
            return []
        family = self._family(call.children[1], Shape.FAMILY, NOWHERE) if len(call.children) == 2 else None
        if family is None or family.core is not None or not is_letter(subset):
            return []
        extreme, less = ("max", "<") if call.children[0] == "argmax" else ("min", ">")
        place = _Place({"A": cast(Token, subset)}, families={"w": family}, moved=cast(Token, call.children[0]))
        rows = (f"all(w[k] == {extreme}(w), k in A)", f"all(w[k] {less} {extreme}(w), k not in A)")
        return [self.expand(_row(each), place) for each in rows]

    def _spend(self, node: Node) -> None:
        self.left -= 1
        if self.left < 0:
            raise error(f"this stands for more than {NODES} words and signs", node)

    def _counted(self, node: Node) -> Node:
        for _ in nodes(node):
            self._spend(node)
        return node

    def _rebuilt(self, node: Tree[Token], children: list[Any], place: _Place) -> Tree[Token]:
        return Tree(node.data, children, place_of(place.moved) if place.moved else node.meta)

    def fresh(self, like: Token, letters: str = "klm") -> Token:
        """A letter that does not occur."""
        name = next(name for name in chain(letters, map("k{}".format, count())) if name not in self.taken)
        self.taken.add(name)
        return like.update(type="NAME", value=name)

    # --- letters ---

    def _token(self, token: Token, place: _Place) -> Node:
        if token.type != "NAME":
            return _moved(token, place)
        if token.value in place.numbers:
            return self._counted(place.numbers[token.value])
        if token.value in INFINITE:
            return _moved(token.update(value="oo"), place)
        if place.moved is None and token.value in self.definitions:
            return self._defined(token, place.lift)
        if place.lift is not None and self.uses.is_family(token):
            return self._at(token, place, place.lift)
        return _moved(place.indices.get(token.value, token), place)

    def _defined(self, token: Token, index: Token | None) -> Node:
        """What a defined name stands for, at an index if it is a family."""
        self.used.add(token.value)
        name, bound, body, argument, whole = self.definitions[token.value]
        if argument is not None:
            raise error(f"`{name}` is defined as a function: its value is {name}({argument})", token)
        if whole and index is not None and self._is_of_families(body):
            return self.expand(body, _Place(lift=index))
        if whole and index is not None:
            raise error(f"`{name}` is defined as a number and has no entries", token)
        if whole:
            raise error(f"`{name}` is defined as a family; an entry of it is {name}[i]", token)
        if bound is None:
            return self.expand(body, NOWHERE)
        if index is None:
            raise error(f"`{name}` is defined as a family; an entry of it is {name}[i]", token)
        return self.expand(body, _Place({bound.value: index}))

    def _check_arguments(self) -> None:
        """What stands for the argument of a function is a number."""
        for made in self.definitions.values():
            letter = made.argument
            if letter is not None and letter.value in self.uses.families | self.uses.indices:
                raise error(
                    f"the argument of a definition is a number: `{letter}` is used as a family or an index", letter
                )

    def _applied(self, node: Tree[Token], made: Definition, place: _Place) -> Node:
        """The value of a defined function: what it stands for, with the argument put in."""
        arguments = node.children[1:]
        self.used.add(made.name.value)
        if len(arguments) != 1 or (isinstance(arguments[0], Tree) and arguments[0].data in ("relation", "membership")):
            raise error(f"`{made.name}` is defined for one number: {made.name}({made.argument})", node)
        value = self.expand(arguments[0], place.level())
        return self.expand(made.body, _Place(numbers={cast(Token, made.argument).value: value}))

    def _index(self, token: Token, place: _Place) -> Token:
        if place.moved is None and token.value in self.definitions:
            raise error(f"`{token}` is defined in this line: expected an index", token)
        found = place.indices.get(token.value)
        return _moved(token, place) if found is None else found.update(value=found.value)

    def _entry(self, node: Tree[Token], place: _Place) -> Node:
        family, at = node.children
        if isinstance(family, Tree) and form_in(family) is not None and not is_family(family):
            raise error(f"expected {Shape.DISTRIBUTION.value}", family)
        return self._at(family, place, self._index(cast(Token, at), place))

    def _at(self, node: Node, place: _Place, index: Token) -> Node:
        """The entry of what stands where a family does."""
        if isinstance(node, Token) and node.value in place.families:
            return self._counted(place.families[node.value].at(index))
        if isinstance(node, Token) and place.moved is None and node.value in self.definitions:
            if not self.definitions[node.value].is_family and self.definitions[node.value].argument is None:
                raise error(f"`{node}` is defined as a number and has no entries", node)
            return self._defined(node, index)
        if isinstance(node, Token):
            return Tree("entry", [_moved(node, place), index], place_of(node))
        form = form_in(node)
        if form is None or not is_family(node):
            return self.expand(node, replace(place, lift=index))
        core = self._core_softmax(node, place) if form.make else None
        if core is not None:
            return Tree("entry", [core, index], node.meta)
        return self._row(node, form, place, index)

    # --- words ---

    def _call(self, node: Tree[Token], place: _Place) -> Node:
        word, *arguments = node.children
        defined = self.definitions.get(cast(Token, word).value)
        if defined is not None and defined.argument is not None and place.moved is None:
            return self._applied(node, defined, place)
        form = form_in(node) if place.moved else self._form(node)
        if form is None:
            return self._rebuilt(node, [word, *(self.expand(each, place.level()) for each in arguments)], place)
        if form.makes is Shape.DISTRIBUTION:
            if place.lift is None:
                raise error("this is a family: an entry of it is softmax(z)[i]", node)
            return self._at(node, place, place.lift)
        shapes = form.shapes(len(arguments))
        if Shape.SIDE in shapes:
            return self._one_sided(node, shapes, place)
        if set(shapes) & set(BOUND):
            return self._binding(node, shapes, place)
        if not form.make and form.repeats:
            return self._folded(arguments, form, place, cast(Token, word))
        families = [
            self._family(each, shape, place)
            for each, shape in zip(arguments, shapes, strict=True)
            if shape in FAMILIES and form.makes is not Shape.EXTREMISERS
        ]
        if not form.make or any(each.core is None for each in families):
            return self._row(node, form, place)
        made = [self._argument(each, shape, place) for each, shape in zip(arguments, shapes, strict=True)]
        return self._rebuilt(node, [_moved(cast(Token, word), place), *made], place)

    def _form(self, node: Tree[Token]) -> Form | None:
        form = form_in(node)
        if form is None or not form.takes_classes or not self._takes_numbers(node):
            return form
        return next((each for each in FORMS[node.children[0]] if each.repeats and not each.takes_classes), form)

    def _takes_numbers(self, node: Tree[Token]) -> bool:
        """Are these arguments numbers, as in max(x, 0), and not a summand and its classes?"""
        word, first, *rest = node.children
        if word not in ("max", "min") or any(is_range(each) for each in rest):
            return False
        if len(rest) > 1 or not is_letter(rest[0]):
            return True
        letter = cast(Token, rest[0])
        named = {each.value for each in names_in(first)}
        an_index = letter.value in self.uses.indices
        if an_index and (letter.value in free_indices(first) or named & self.definitions.keys()):
            return False
        known = self.uses.families | NO_NAMES | self.definitions.keys()
        if an_index or (self.uses.times[letter.value] == 1 and letter.value not in known):
            raise error(
                f"is `{letter}` a bound index or a number? Over the classes it is {word}(z[{letter}], {letter}), "
                f"of two numbers {word}({typed(first, self.text)}, 1*{letter})",
                letter,
            )
        return True

    def _argument(self, node: Node, shape: Shape, place: _Place) -> Node:
        if shape in FAMILIES:
            return self._family(node, shape, place).core or self.expand(node, place.level())
        if shape is Shape.VARIABLE:
            self._refuse_defined(node)
        if shape is Shape.INDEX and isinstance(node, Token):
            return self._index(node, place)
        return self.expand(node, place if shape in (Shape.EXPRESSION, Shape.EXTENDED) else place.level())

    def _one_sided(self, node: Tree[Token], shapes: tuple[Shape, ...], place: _Place) -> Node:
        """A limit from one side, as a limit at infinity."""
        word, *arguments, side = node.children
        made = [self._argument(*each, place) for each in zip(arguments, shapes, strict=False)]
        whole = self._rebuilt(node, [_moved(cast(Token, word), place), *made], place)
        if self.uses.is_class_or_family(made[1]):
            return whole  # whose letters are not told apart yet: the reader says what is wrong
        return self._counted(at_infinity(whole, cast(Token, side), self.taken))

    def _refuse_defined(self, node: Node) -> None:
        """A derivative or a limit is in something free."""
        name = node.children[0] if isinstance(node, Tree) and node.data == "entry" else node
        if isinstance(name, Token) and name.value in self.definitions:
            body = typed(self.definitions[name.value].body, self.text)
            raise error(f"`{name}` stands for {body}: expected a variable that is free, such as one of these", name)

    def _binding(self, node: Tree[Token], shapes: tuple[Shape, ...], place: _Place) -> Node:
        """A word that binds an index; it takes another letter where it would capture."""
        word, body, *ranges = node.children
        bound = bound_by(ranges[0])
        if bound is None:
            return self._rebuilt(node, [self.expand(each, place.level()) for each in node.children], place)
        indices = {name: at for name, at in place.indices.items() if name != bound.value}
        captures = place.moved or bound.value in self.risky | {at.value for at in place.indices.values()}
        new = self.fresh(_moved(bound, place)) if captures else bound
        within = replace(place, indices=indices | ({bound.value: new} if captures else {}), lift=None)
        made = [self._condition(each, {bound.value: new}, place) for each in ranges]
        return self._rebuilt(node, [_moved(cast(Token, word), place), self.expand(body, within), *made], place)

    def _condition(self, node: Node, bound: Mapping[str, Token], place: _Place) -> Node:
        """A bound index, or a condition on it, which is about what is outside."""
        if not is_range(node):
            return self._bound(node, bound, place)
        first, *middle, last = cast(Tree[Token], node).children
        made = [*(_moved(cast(Token, each), place) for each in middle), self._bound(last, {}, place)]
        return self._rebuilt(cast(Tree[Token], node), [self._bound(first, bound, place), *made], place)

    def _bound(self, node: Node, bound: Mapping[str, Token], place: _Place) -> Node:
        if isinstance(node, Tree) or node.type != "NAME":
            return node
        return node.update(value=bound[node.value].value) if node.value in bound else self._index(node, place)

    def _row(self, node: Tree[Token], form: Form, place: _Place, index: Token | None = None) -> Node:
        """What a defined word says of its arguments."""
        word, *arguments = node.children
        shapes = form.shapes(len(arguments))
        named = list(zip(form.letters, arguments, shapes, strict=True))
        families = {name: self._family(each, shape, place) for name, each, shape in named if shape in FAMILIES}
        numbers = {name: self.expand(each, place) for name, each, shape in named if shape not in FAMILIES}
        if form.word in ("entropy", "kl") and (standing := self._standing(node, families)):
            return self._rebuilt(node, [_moved(cast(Token, word), place), *standing], place)
        at = {} if index is None else {"i": index}
        return self.expand(_row(form.text), _Place(at, numbers, families, moved=cast(Token, word)))

    def _folded(self, arguments: list[Node], form: Form, place: _Place, word: Token) -> Node:
        """The largest of several numbers, of two at a time."""
        made, *others = (self.expand(each, place) for each in arguments)
        for each in others:
            made = self.expand(_row(form.text), _Place(numbers={"x": made, "y": each}, moved=word))
        return made

    # --- families ---

    def _family(self, node: Node, shape: Shape, place: _Place) -> _Family:
        return _Family(self._core(node, shape, place), lambda index: self._at(node, place, index))

    def _core(self, node: Node, shape: Shape, place: _Place) -> Node | None:
        """The family as the core says it: a letter, or a softmax where it may stand; None if it is an expression."""
        if isinstance(node, Token):
            if node.value in place.families:
                core = place.families[node.value].core
                return core if shape is Shape.DISTRIBUTION or _is_free_family(core) else None
            if node.value in self.definitions or (node == "p" and shape is Shape.FAMILY) or not is_letter(node):
                return None if is_letter(node) else node
            return _moved(node, place)
        form = form_in(node)
        if form is None or not is_family(node):
            return None
        return self._core_softmax(node, place) if form.make and shape is Shape.DISTRIBUTION else None

    def _core_softmax(self, node: Tree[Token], place: _Place) -> Node | None:
        """softmax(c*w) is softmax(w, c); None if its family is more than a multiple of a letter."""
        word, inner, *scale = node.children
        index = self.fresh(cast(Token, word))
        found = _multiple(self._at(inner, place, index), index)
        if found is None:
            return None
        family, factor = found
        factors = [each for each in (factor, *(self.expand(each, place.level()) for each in scale)) if each is not None]
        inside = [_product(factors, node)] if factors else []
        return self._rebuilt(node, [_moved(cast(Token, word), place), family, *inside], place)

    def _standing(self, node: Tree[Token], families: Mapping[str, _Family]) -> list[Node]:
        """Families for what entropy and kl take, where an entry is not seen to be positive: its row has a logarithm of
        it, and would say nothing where it is 0. Empty if all are."""
        word = cast(Token, node.children[0])
        index = self.fresh(word)
        entries = [family.at(index) for family in families.values()]
        unseen = [each for each in entries if not self.ranges.is_positive(each)]
        if not unseen:
            return []
        instead = self._not_positive(node, unseen, index), node
        return [
            family.core or self.standing.of(each, index, word, instead)
            for family, each in zip(families.values(), entries, strict=True)
        ]

    def _not_positive(self, node: Node, entries: list[Node], index: Token) -> str:
        """What to say where entries are to be positive, and are not seen to be: what is to be given."""
        word = cast(Tree[Token], node).children[0]
        wanted = [self.ranges.wanted(each, index) for each in entries]
        given = dict.fromkeys(chain.from_iterable(wanted)) if all(wanted) else ()
        seen = f": that is seen given {', '.join(given)}" if given else ", as p, exp(w) and softmax(w) are"
        return (
            f"`{word}` of an expression is said with logarithms here, under a derivative, a limit or an index that is "
            f"bound, so each entry has to be positive{seen}"
        )


def _moved(token: Token, place: _Place) -> Token:
    """The token where the word stands that its row defines."""
    if place.moved is None:
        return token
    return Token(token.type, token.value, place.moved.start_pos, end_pos=place.moved.end_pos)


def _multiple(entry: Node, index: Token) -> tuple[Token, Node | None] | None:
    """The family w and the factor c of c*w[k], where c does not depend on k; None for anything else."""
    if not isinstance(entry, Tree):
        return None
    if entry.data == "entry":
        family, own = entry.children
        return (cast(Token, family), None) if own == index and _is_free_family(family) else None
    if entry.data not in ("negation", "multiplication"):
        return None
    for at, part in enumerate(entry.children):
        divides = at > 0 and entry.data == "multiplication" and entry.children[at - 1] == "/"
        found = None if divides else _multiple(part, index)
        others = [*entry.children[:at], *entry.children[at + 1 :]]
        if found is not None and index not in {each for other in others for each in names_in(other)}:
            factor = found[1] or _token_like(index, "INT", "1")
            return found[0], Tree(entry.data, [*entry.children[:at], factor, *entry.children[at + 1 :]], entry.meta)
    return None


def _product(factors: list[Node], node: Tree[Token]) -> Node:
    if len(factors) == 1:
        return factors[0]
    first, second = factors
    return Tree("multiplication", [first, _token_like(cast(Token, node.children[0]), "TIMES", "*"), second], node.meta)


def _token_like(token: Token, kind: str, value: str) -> Token:
    return Token(kind, value, token.start_pos, end_pos=token.end_pos)


def _is_free_family(node: Node | None) -> bool:
    return is_letter(node) and node != "p"


def _joined_indices(trees: Iterable[Node]) -> dict[str, Token]:
    return dict(pair for each in trees for pair in free_indices(each).items())


PARTIAL = ("log", "sqrt", "diff", "limit", "kl", "entropy", "max", "min")  # functions that may say nothing somewhere


def _where_defined(relation: Tree[Token]) -> Iterator[Tree[Token]]:
    """e == e for each side that may say nothing at some points."""
    for side in relation.children[::2]:
        if any(_may_say_nothing(each) for each in nodes(side)):
            yield Tree("relation", [side, cast(Token, relation.children[1]).update(value="=="), side], relation.meta)


def _may_say_nothing(node: Node) -> bool:
    if isinstance(node, Token):
        return False
    if node.data == "multiplication":
        below = zip(node.children[1::2], node.children[2::2], strict=True)
        return any(op == "/" and not (isinstance(by, Token) and by.type in ("INT", "DECIMAL")) for op, by in below)
    return node.data == "raising" or (node.data == "call" and node.children[0] in PARTIAL)


def _negated(relation: Tree[Token]) -> Tree[Token]:
    left, op, right = relation.children
    return Tree("relation", [left, cast(Token, op).update(value=NEGATED[str(op)]), right], relation.meta)


@cache
def _row(text: str) -> Node:
    """The tree of a row of forms.py."""
    return parsed(text, "row").children[0]
