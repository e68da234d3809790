"""ksqlDB's types as SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from sqlglot import expressions as exp

from minisql.dialect.matching import Matcher
from minisql.dialect.tokenizer import NUMBER, QUOTED


class TypeParser(Matcher):
    """The part of the parser that reads types."""

    PRIMITIVE_TYPES: ClassVar[dict[str, exp.DType]] = {
        "BOOLEAN": exp.DType.BOOLEAN,
        "INT": exp.DType.INT,
        "INTEGER": exp.DType.INT,
        "BIGINT": exp.DType.BIGINT,
        "DOUBLE": exp.DType.DOUBLE,
        "STRING": exp.DType.VARCHAR,
        "VARCHAR": exp.DType.VARCHAR,
        "BYTES": exp.DType.VARBINARY,
        "DATE": exp.DType.DATE,
        "TIME": exp.DType.TIME,
        "TIMESTAMP": exp.DType.TIMESTAMP,
    }
    NESTED_TYPES: ClassVar[dict[tuple[str, str], Callable[[Any], exp.DataType]]] = {
        ("DECIMAL", "("): lambda self: self._decimal_type(),
        ("ARRAY", "<"): lambda self: self._nested_type(exp.DType.ARRAY, 1),
        ("MAP", "<"): lambda self: self._nested_type(exp.DType.MAP, 2),
        ("STRUCT", "<"): lambda self: self._struct_type(),
    }

    def _type(self) -> exp.DataType:
        nested = None if self._curr.token_type is QUOTED else self.NESTED_TYPES.get((self._curr.text, self._next.text))
        kind = self._named_type() if nested is None else nested(self)
        while self._eat("ARRAY"):
            kind = exp.DataType(this=exp.DType.ARRAY, expressions=[kind], nested=True)
        return kind

    def _named_type(self) -> exp.DataType:
        start = self._curr
        name = self._name()
        if self._at("("):
            self._wrapped(self._type_parameter)
        primitive = self.PRIMITIVE_TYPES.get(name.this.upper())
        kind = exp.DataType(this=exp.DType.USERDEFINED, kind=name.this) if primitive is None else exp.DataType(this=primitive)
        return self._placed(kind, start)

    def _type_parameter(self) -> None:
        """The 10 of VARCHAR(10): ksqlDB reads it and forgets it."""
        if self._eat("STRING"):
            return
        token = self._take(NUMBER)
        if not token.text.isdigit():
            self._fail()

    def _decimal_type(self) -> exp.DataType:
        self._advance(2)
        precision = self._integer("DECIMAL(PRECISION)")
        self._need(",")
        scale = self._integer("DECIMAL(SCALE)")
        self._need(")")
        return exp.DataType(this=exp.DType.DECIMAL, expressions=[exp.DataTypeParam(this=size) for size in (precision, scale)])

    def _nested_type(self, kind: exp.DType, parameters: int) -> exp.DataType:
        self._advance(2)
        inner = [self._type()]
        for _ in range(parameters - 1):
            self._need(",")
            inner.append(self._type())
        self._need(">")
        return exp.DataType(this=kind, expressions=inner, nested=True)

    def _struct_type(self) -> exp.DataType:
        self._advance(2)
        fields = [] if self._at(">") else self._list(self._struct_type_field)
        self._need(">")
        return exp.DataType(this=exp.DType.STRUCT, expressions=fields, nested=True)

    def _struct_type_field(self) -> exp.ColumnDef:
        return exp.ColumnDef(this=self._trimmed_name(), kind=self._type())
