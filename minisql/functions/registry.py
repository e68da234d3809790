"""The functions that SQL can call: how they are declared, found and resolved.

A function of ours is declared by a decorator under a SQL signature:

    @scalar("Sign(val DOUBLE) -> INT")
    def sign(value):
        '''The sign of a number.'''

The name is spelt as ksqlDB's error messages spell it; look-up ignores case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

from minisql.errors import KsqlError
from minisql.functions.calls import aggregate_call, lambda_inputs, row_call
from minisql.functions.families import homes
from minisql.functions.function import AggregateCall, Function, RowCall, TypedChoice, TypeRule, Variant
from minisql.functions.parameter_types import text_of
from minisql.types import BIGINT, SqlType

Declared = TypeVar("Declared", bound=Callable[..., Any])

NO_ARGUMENTS = (BIGINT,)
"""What ksqlDB takes for the arguments of an aggregate or table function that is given none."""


class FunctionRegistry:
    """Functions by name; a child sees those of its parent and adds its own."""

    def __init__(self, parent: FunctionRegistry | None = None) -> None:
        self._parent = parent
        self._functions: dict[str, Function] = {}

    def child(self) -> FunctionRegistry:
        """A registry that has all of this one's functions, and to which more can be added."""
        return FunctionRegistry(self)

    def add(
        self,
        kind: str,
        variant: Variant,
        *,
        category: str = "OTHER",
        author: str = "",
        version: str = "",
        path: str = "internal",
    ) -> None:
        """Add a variant to the function that its signature names.

        Raises:
            KsqlError: the name is not an identifier, is taken, or has such a variant already.
            ValueError: the signature cannot be read.
        """
        name = variant.spelling.upper()
        if not name.isidentifier():
            raise KsqlError(
                f"{variant.spelling} is not a valid function name."
                " Function names must be valid java identifiers and not a KSQL reserved word"
            )
        function = self._functions.get(name)
        if function is None or function.kind != kind:
            self._refuse_taken(name, kind)
        if function is not None:
            _refuse_repeated(function, variant)
        self._put(Function(variant.spelling, kind, author, path, category, version), variant)

    def _put(self, described: Function, variant: Variant) -> None:
        """Add to the function of that name, or make ``described`` the function."""
        self._functions.setdefault(described.name, described).variants.append(variant)

    def _refuse_taken(self, name: str, kind: str) -> None:
        taken = self.find(name)
        if taken is None:
            return
        word = {"scalar": "non-aggregate", "aggregate": "aggregate", "table": "table function"}[taken.kind]
        what = {"scalar": "UdfFactory", "aggregate": "Aggregate function", "table": "Table function"}[kind]
        if taken.kind == kind == "scalar":
            raise KsqlError(f"UdfFactory not compatible with existing factory. function: {name}")
        if taken.kind == kind:
            raise KsqlError(f"{what} already registered: {name}")
        raise KsqlError(f"{what} already registered as {word}: {name}")

    def find(self, name: str) -> Function | None:
        """The function called ``name`` in whatever case."""
        found = self._functions.get(name.upper())
        return found if found is not None or self._parent is None else self._parent.find(name)

    def names(self) -> list[str]:
        """All names, sorted."""
        inherited = self._parent.names() if self._parent else []
        return sorted({*inherited, *self._functions})

    def __iter__(self) -> Iterator[Function]:
        return (function for name in self.names() if (function := self.find(name)))

    def is_aggregate(self, name: str) -> bool:
        """Whether ``name`` is an aggregate; False for unknown names."""
        return self._of_kind(name, "aggregate") is not None

    def is_table_function(self, name: str) -> bool:
        """Whether ``name`` is a table function; False for unknown names."""
        return self._of_kind(name, "table") is not None

    def _of_kind(self, name: str, kind: str) -> Function | None:
        function = self.find(name)
        return function if function is not None and function.kind == kind else None

    def _scalar(self, name: str) -> Function:
        function = self._of_kind(name, "scalar")
        if function is None:
            raise KsqlError(f"Can't find any functions with the name '{name}'")
        return function

    def scalar(self, name: str, argument_types: Sequence[SqlType | None], config: Mapping[str, Any] | None = None) -> RowCall:
        """Resolve a call of a scalar function.

        Args:
            name: the function.
            argument_types: None for a NULL literal; a `SqlLambda` for a lambda.
            config: the engine's configuration, for the functions that heed it.

        Raises:
            KsqlError: no such function, or none for these arguments.
        """
        return row_call(self._scalar(name), argument_types, config or {})

    def lambda_inputs(self, name: str, argument_types: Sequence[SqlType | None]) -> dict[int, tuple[SqlType, ...]]:
        """What the lambdas among the arguments of a scalar call are given.

        Args:
            name: the function.
            argument_types: as for `scalar`; a lambda whose types are not known yet is a
                ``SqlLambda`` with as many None as it has parameters, and None as its result.

        Returns:
            for each position of a lambda the types of its parameters; where a lambda's parameter depends on
            the result of one before it that is still None, the position is left out: ask again then.

        Raises:
            KsqlError: as `scalar`.
        """
        return lambda_inputs(self._scalar(name), argument_types)

    def aggregate(self, name: str, argument_types: Sequence[SqlType | None]) -> AggregateCall:
        """Resolve a call of an aggregate, its initial arguments included.

        Raises:
            KsqlError: no such aggregate, or none for these arguments.
        """
        function = self._of_kind(name, "aggregate")
        if function is None:
            raise KsqlError(f"Can not find any aggregate functions with the name '`{name}`'")
        return aggregate_call(function, argument_types or NO_ARGUMENTS)

    def table_function(self, name: str, argument_types: Sequence[SqlType | None]) -> RowCall:
        """Resolve a call of a table function.

        Raises:
            KsqlError: no such table function, or none for these arguments.
        """
        function = self._of_kind(name, "table")
        if function is None:
            raise KsqlError(f"No table function with name `{name}` exists!")
        return row_call(function, argument_types or NO_ARGUMENTS, {})


class _Builtins(FunctionRegistry):
    """ksqlDB's own functions; a family is imported when one of its functions is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._homes = homes()

    def find(self, name: str) -> Function | None:
        name = name.upper()
        home = self._homes.get(name)
        if home is not None and name not in self._functions:
            import_module(f"minisql.functions.{home}")
        return self._functions.get(name)

    def names(self) -> list[str]:
        return sorted(self._homes)


def _refuse_repeated(function: Function, variant: Variant) -> None:
    kinds = _kinds(variant)
    if any(_kinds(known) == kinds for known in function.variants):
        raise KsqlError(
            f"Can't add function `{function.listed_as}` with parameters [{', '.join(kinds)}]"
            " as a function with the same name and parameter types already exists"
        )


def _kinds(variant: Variant) -> list[str]:
    return [text_of(parameter.declared) for parameter in variant.signature.parameters]


_BUILTINS = _Builtins()


def builtins() -> FunctionRegistry:
    """ksqlDB's own functions: for all engines the same, so never add to it; take a ``child()``."""
    return _BUILTINS


def scalar(
    *signatures: str,
    nulls: str = "propagate",
    returns: TypeRule | None = None,
    configure: Callable[[Mapping[str, Any]], Callable[..., Any]] | None = None,
    for_types: TypedChoice | None = None,
    category: str | None = None,
) -> Callable[[Declared], Declared]:
    """Declare a Python function as a scalar function of ksqlDB.

    Args:
        signatures: ``NAME(arg TYPE, ...) -> TYPE``, one or more.
        nulls: ``"propagate"``: any NULL argument makes the result NULL; ``"pass"``: the function sees None.
            A NULL for a ``TYPE!`` parameter is an error in any case, and the caller's to raise.
        returns: gives the type of the result from those of the arguments.
        configure: gives the function to call instead from the engine's configuration.
        for_types: gives the function to call instead from this one and the types of the arguments.
        category: that of SHOW FUNCTIONS; by default the module's ``CATEGORY``.
    """

    def declare(function: Declared) -> Declared:
        for text in signatures:
            _declare("scalar", Variant(text, function, nulls, returns, None, configure, for_types), category or "")
        return function

    return declare


def aggregate(
    *signatures: str, returns: TypeRule | None = None, intermediate: str | TypeRule | None = None
) -> Callable[[Declared], Declared]:
    """Declare a class as an aggregate of ksqlDB.

    The class has the verbs ``initialize() -> state``, ``aggregate(state, *values) -> state``,
    ``merge(one, other) -> state``, and perhaps ``map(state) -> result`` and ``undo(state, *values) -> state``.
    A verb never changes a state that it is given.

    Args:
        signatures: ``NAME(col TYPE, [initial INT]) -> TYPE``; arguments in brackets are given to the class.
        returns: gives the type of the result from those of all arguments.
        intermediate: the type of the state, as text (variables are bound as in the signature) or as a rule.
    """

    def declare(implementation: Declared) -> Declared:
        for text in signatures:
            _declare("aggregate", Variant(text, implementation, "pass", returns, intermediate), "AGGREGATE")
        return implementation

    return declare


def table_function(*signatures: str, nulls: str = "propagate", returns: TypeRule | None = None) -> Callable[[Declared], Declared]:
    """Declare a Python function that gives a list as a table function of ksqlDB: one row for each element."""

    def declare(function: Declared) -> Declared:
        for text in signatures:
            _declare("table", Variant(text, function, nulls, returns), "TABLE")
        return function

    return declare


def _declare(kind: str, variant: Variant, category: str) -> None:
    """Add one of ours, whose signature is not parsed before it is called.

    The family's ``CATEGORY`` is ksqlDB's word for what SHOW FUNCTIONS groups by.
    """
    module = getattr(variant.implementation, "__globals__", {})
    category = category or module.get("CATEGORY", "OTHER")
    _BUILTINS._put(Function(variant.spelling, kind, "Confluent", "internal", category), variant)
