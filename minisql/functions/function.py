"""Functions, their variants, and what a resolved call of one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minisql.errors import KsqlError, UnsupportedError
from minisql.functions.signature import Parameter, Signature, parse
from minisql.types import SqlType

TypeRule = Callable[[Sequence[SqlType | None]], SqlType]
"""Gives a type from the types of a call's arguments."""

TypedChoice = Callable[[Callable[..., Any], Sequence[SqlType | None]], Callable[..., Any]]
"""Gives the function to call from the one that was declared and the types of a call's arguments."""


class Variant:
    """One implementation under one signature.

    Attributes:
        implementation: the Python function, or the class of an aggregate.
        nulls: ``"propagate"``: a NULL argument makes the result NULL without a call; ``"pass"``: it is passed.
        returns: gives the type of the result where the signature does not.
        intermediate: the type of an aggregate's state, as text or rule; None: that of the result.
        configure: gives the function to call from the engine's configuration.
        for_types: gives the function to call from the implementation and the types of a call's arguments.
    """

    __slots__ = ("_signature", "configure", "for_types", "implementation", "intermediate", "nulls", "returns", "text")

    def __init__(
        self,
        text: str,
        implementation: Callable[..., Any],
        nulls: str = "propagate",
        returns: TypeRule | None = None,
        intermediate: str | TypeRule | None = None,
        configure: Callable[[Mapping[str, Any]], Callable[..., Any]] | None = None,
        for_types: TypedChoice | None = None,
    ) -> None:
        self.text = text
        self.implementation = implementation
        self.nulls = nulls
        self.returns = returns
        self.intermediate = intermediate
        self.configure = configure
        self.for_types = for_types
        self._signature: Signature | None = None

    @property
    def spelling(self) -> str:
        """The function's name as the signature spells it."""
        return self.text.partition("(")[0].strip().strip("`")

    @property
    def signature(self) -> Signature:
        """The signature, parsed when it is first asked for."""
        if self._signature is None:
            self._signature = parse(self.text)
        return self._signature

    @property
    def description(self) -> str:
        """The first paragraph of the docstring."""
        return first_paragraph(self.implementation)


class Function:
    """What one name means.

    Attributes:
        name: upper case.
        spelling: as ksqlDB spells it in error messages.
        kind: ``"scalar"``, ``"aggregate"`` or ``"table"``.
        variants: in the order of their declaration.
        author, version, path, category: what DESCRIBE FUNCTION and SHOW FUNCTIONS show.
    """

    __slots__ = ("author", "category", "kind", "name", "path", "spelling", "variants", "version")

    def __init__(self, spelling: str, kind: str, author: str, path: str, category: str, version: str = "") -> None:
        self.name = spelling.upper()
        self.spelling = spelling
        self.kind = kind
        self.author = author
        self.path = path
        self.category = category
        self.version = version
        self.variants: list[Variant] = []

    @property
    def description(self) -> str:
        """That of the first variant that has one."""
        return next((variant.description for variant in self.variants if variant.description), "")

    @property
    def listed_as(self) -> str:
        """The name in ksqlDB's list of valid calls: it folds those of scalar functions only."""
        return self.name if self.kind == "scalar" else self.spelling

    @property
    def signatures(self) -> list[Signature]:
        """The signatures of the variants, parsed."""
        return [variant.signature for variant in self.variants]


class RowCall:
    """A resolved call of a scalar or table function, which sees one row.

    Attributes:
        function: takes the arguments' values; must not see None where ``parameters`` says ``required``. That of a table
            function gives a list, one element a row.
        returns: the type of the result, or of an element of the list.
        nulls: see `Variant`.
        parameters: one for each argument (a variadic one repeated).
        casts: for each argument the type to which it is implicitly cast, or None.
    """

    __slots__ = ("casts", "function", "nulls", "parameters", "returns")

    def __init__(
        self,
        function: Callable[..., Any],
        returns: SqlType,
        nulls: str,
        parameters: tuple[Parameter, ...],
        casts: tuple[SqlType | None, ...],
    ) -> None:
        self.function = function
        self.returns = returns
        self.nulls = nulls
        self.parameters = parameters
        self.casts = casts


class AggregateCall:
    """A resolved call of an aggregate.

    Attributes:
        returns: the type of the result.
        intermediate: the type of the state, as ksqlDB keeps it.
        initial_count: how many of the last arguments must be literals and go to `make`.
        supports_undo: whether it can aggregate a table.
    """

    __slots__ = ("argument_types", "implementation", "initial_count", "intermediate", "returns", "supports_undo")

    def __init__(
        self,
        implementation: Callable[..., Any],
        argument_types: Sequence[SqlType | None],
        returns: SqlType,
        intermediate: SqlType,
        initial_count: int,
    ) -> None:
        self.implementation = implementation
        self.argument_types = argument_types
        self.returns = returns
        self.intermediate = intermediate
        self.initial_count = initial_count
        self.supports_undo = hasattr(implementation, "undo")

    def make(self, initial_values: Sequence[Any] = (), config: Mapping[str, Any] | None = None, *, merges: bool = False) -> Any:
        """An instance with the verbs ``initialize``, ``aggregate``, and perhaps ``merge``, ``map`` and ``undo``.

        Args:
            initial_values: the values of the literals at the end of the call.
            config: the engine's configuration.
            merges: whether states will be merged (session windows). An aggregate whose state is
                simpler when they are not has ``mergeable()``, which gives the one with ``merge``.

        Raises:
            KsqlError: the function refuses these initial values.
        """
        try:
            instance = self.implementation(*initial_values)
        except UnsupportedError:
            raise
        except Exception as error:
            raise KsqlError("Failed to invoke UDAF factory method", hint=str(error)) from error
        if merges and hasattr(instance, "mergeable"):
            instance = instance.mergeable()
        if hasattr(instance, "bind_types"):
            instance.bind_types(self.argument_types)
        if hasattr(instance, "configure"):
            instance.configure(config or {})
        return instance


def first_paragraph(documented: object) -> str:
    """The first paragraph of a docstring, in one line."""
    text = documented.__doc__ or ""
    return " ".join(text.strip().split("\n\n")[0].split())
