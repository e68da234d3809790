"""Frozen values of named fields, as ``dataclass(frozen=True)`` makes them but without code generated for each class.

There are some fifty kinds of them; generating their methods would take a fifth of the time to the first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**options: Any) -> Any:
        """Type checkers read this; at run time it does nothing."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class Record:
    """A base whose subclasses declare fields by annotation, in order, defaults last; equal when kind and fields are equal.

    ``_names`` are the names of the fields, inherited ones first, ``_defaults`` the values of those that need not be given.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _fields: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        declared = cls.__dict__.get("__annotations__", {})  # noqa: RUF063 - inspect takes too long to load
        cls._names = cls._names + tuple(name for name in declared if name not in cls._names)
        cls._fields = frozenset(cls._names)
        cls._defaults = {name: getattr(cls, name) for name in cls._names if hasattr(cls, name)}

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self._names
        fields = self.__dict__
        if named or len(values) != len(names):
            fields.update(self._defaults)
            fields.update(zip(names, values, strict=False))
            fields.update(named)
            if fields.keys() != self._fields or len(values) + len(named) > len(names):
                self._refuse()
        else:
            fields.update(zip(names, values, strict=True))

    def _refuse(self) -> NoReturn:
        kind = type(self)
        for name in self._names:
            if name not in self.__dict__:
                raise TypeError(f"{kind.__name__} lacks {name}")
        raise TypeError(f"{kind.__name__} has only the fields {', '.join(self._names)}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(self.__dict__[name] for name in self._names)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in self._names)})"

    def with_(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def items(self) -> list[tuple[str, Any]]:
        """Names and values, in the order of declaration."""
        return [(name, self.__dict__[name]) for name in self._names]
