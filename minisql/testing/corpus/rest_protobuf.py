"""Answers in Protobuf, as REST cases show them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from minisql.formats.protobuf.schema import ProtobufSchema


def readable(elements: Sequence[Any]) -> list[Any]:
    """The elements of an answer with each row as Protobuf's text."""
    from google.protobuf import text_format

    message = ProtobufSchema.parse(elements[0]["header"]["protoSchema"], {}).message_class()

    def shown(element: Any) -> Any:
        if "row" not in element:
            return element
        data = base64.b64decode(element["row"]["protobufBytes"])
        return {"row": text_format.MessageToString(message.FromString(data))}

    return [shown(element) for element in elements]
