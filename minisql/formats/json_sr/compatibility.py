"""Whether data of one JSON Schema can be read with another, by the rules of Confluent's SchemaDiff."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from minisql.formats.json_sr.difference import Difference, compatible
from minisql.formats.json_sr.matching import largest_matching
from minisql.formats.json_sr.shapes import ALL, ANY, ONE, Reading, Shape
from minisql.java import hash_order, string_hash

Differences = list[Difference]
Pair = tuple[int, int]


def differences(older: Any, older_references: Mapping[str, Any], newer: Any, newer_references: Mapping[str, Any]) -> list[str]:
    """Why the newer schema does not take what the older one takes, in the registry's words; empty when it does."""
    old, new = Reading(older, older_references).shape(older), Reading(newer, newer_references).shape(newer)
    known: dict[Pair, Differences] = {}
    while True:
        # Where schemas refer to each other in a circle, a pair is first taken to be compatible; whatever proves not to be is
        # then known in the next turn.
        comparison = _Comparison(known)
        found = comparison.compare(old, new)
        faults = comparison.incompatible()
        if not comparison.assumed or faults.keys() == known.keys():
            return [str(each) for each in found if not each.compatible]
        known = faults


class _Comparison:
    """Compares shapes in pairs, which their readings keep alive; what it finds is told as seen from the pair.

    Args:
        known: pairs that are known not to be compatible.
    """

    def __init__(self, known: Mapping[Pair, Differences]) -> None:
        self._known = known
        self._found: dict[Pair, Differences] = {}
        self._open: set[Pair] = set()
        self.assumed = False

    def incompatible(self) -> dict[Pair, Differences]:
        """The pairs that proved not to be compatible."""
        return {pair: found for pair, found in self._found.items() if not compatible(found)}

    def compare(self, old: Shape | None, new: Shape | None) -> Differences:
        """The differences of a pair."""
        if old is None or new is None:
            return [] if old is new else [Difference("SCHEMA_ADDED" if old is None else "SCHEMA_REMOVED")]
        pair = (id(old), id(new))
        if pair in self._found:
            return self._found[pair]
        if pair in self._open:
            self.assumed = self.assumed or pair not in self._known
            return self._known.get(pair, [])
        self._open.add(pair)
        found = self._found[pair] = self._types(old, new)
        self._open.remove(pair)
        return found

    # -- types ------------------------------------------------------------------------------------

    def _types(self, old: Shape, new: Shape) -> Differences:
        covered = self._one_of_many(old, new)
        if covered is not None:
            return covered
        if old.kind == new.kind:
            compare = COMPARE.get(old.kind)
            return [] if compare is None else compare(self, old, new)
        if old.kind == "false" or new.is_empty or _are_bytes(old, new):
            return []
        return [Difference("TYPE_CHANGED")]

    def _one_of_many(self, old: Shape, new: Shape) -> Differences | None:
        """Where one side alone is combined, a part of it may do; None when none does."""
        if (old.kind == "combined") == (new.kind == "combined"):
            return None
        many = new if new.kind == "combined" else old
        single = len(many.parts) == 1
        if not single and (many.criterion == ALL) != (many is old):
            return None
        for part in many.parts:
            found = self.compare(old, part) if many is new else self.compare(part, new)
            if compatible(found):
                more = "SUM_TYPE_EXTENDED" if many is new else "PRODUCT_TYPE_NARROWED"
                return found if single else [*found, Difference(more)]
        return None

    # -- combined ---------------------------------------------------------------------------------

    def combined(self, old: Shape, new: Shape) -> Differences:
        """Of two combined schemas as many parts as possible have to go together."""
        found = _criteria(old, new)
        if any(each.kind == "COMBINED_TYPE_CHANGED" for each in found):
            return found
        before, after = old.parts, new.parts
        if len(before) < len(after):
            found.append(Difference("PRODUCT_TYPE_EXTENDED" if new.criterion == ALL else "SUM_TYPE_EXTENDED"))
        elif len(before) > len(after):
            found.append(Difference("SUM_TYPE_NARROWED" if old.criterion in (ANY, ONE) else "PRODUCT_TYPE_NARROWED"))
        fits = [[place for place, part in enumerate(after) if compatible(self.compare(each, part))] for each in before]
        if largest_matching(fits) < min(len(before), len(after)):
            found.append(Difference("COMBINED_TYPE_SUBSCHEMAS_CHANGED"))
        return found

    def negated(self, old: Shape, new: Shape) -> Differences:
        """What must not be: the other way round."""
        narrowed = compatible(self.compare(new.inner("not"), old.inner("not")))
        return [Difference("NOT_TYPE_NARROWED" if narrowed else "NOT_TYPE_EXTENDED", ("not",))]

    # -- objects ----------------------------------------------------------------------------------

    def objects(self, old: Shape, new: Shape) -> Differences:
        """Two objects."""
        before, after = old.inner_all("properties"), new.inner_all("properties")
        found = _required(old, new, [name for name in before if name in after])
        for name in _together(before, after):
            found += _under(self._property(old, new, name, before.get(name), after.get(name)), "properties", name)
        found += self._dependencies(old, new)
        found += _under(self._additional(old, new, "additionalProperties", "ADDITIONAL_PROPERTIES"), "additionalProperties")
        found += self._unevaluated(old, new, "unevaluatedProperties", "UNEVALUATED_PROPERTIES")
        return found + _bounds(old, new, ("maxProperties", "minProperties"))

    def _property(self, old: Shape, new: Shape, name: str, before: Shape | None, after: Shape | None) -> Differences:
        if before is not None and after is not None:
            return self.compare(before, after)
        if after is None:
            assert before is not None
            return self._gone(before, _is_open(new, "Properties"), _cover(new, "Properties", name), "PROPERTY")
        required = name in _names(new.tree.get("required"))
        default = _has_default(new.tree["properties"][name])
        if _is_open(old, "Properties"):
            if after.is_empty:
                return [Difference("PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL")]
            return [Difference(f"{_how_added(required, default)}_ADDED_TO_OPEN_CONTENT_MODEL")]
        found = self._come(_cover(old, "Properties", name), after, "PROPERTY")
        return [*found, Difference(f"{_how_added(required, default)}_ADDED_TO_UNOPEN_CONTENT_MODEL")]

    def _dependencies(self, old: Shape, new: Shape) -> Differences:
        before, after = old.tree.get("dependencies") or {}, new.tree.get("dependencies") or {}
        found: Differences = []
        for name in _together(*[[key for key, value in each.items() if isinstance(value, list)] for each in (before, after)]):
            kind = _dependency(_list(before.get(name)), _list(after.get(name)))
            found += [Difference(kind, ("dependencies", name))] if kind else []
        first, second = old.inner_all("dependencies"), new.inner_all("dependencies")
        for name in _together(*[[key for key, value in each.items() if isinstance(value, dict)] for each in (before, after)]):
            if not isinstance(after.get(name), dict):
                found.append(Difference("DEPENDENCY_SCHEMA_REMOVED", ("dependencies", name)))
            elif not isinstance(before.get(name), dict):
                found.append(Difference("DEPENDENCY_SCHEMA_ADDED", ("dependencies", name)))
            else:
                found += _under(self.compare(first[name], second[name]), "dependencies", name)
        return found

    # -- arrays -----------------------------------------------------------------------------------

    def arrays(self, old: Shape, new: Shape) -> Differences:
        """Two arrays."""
        found = _under(self.compare(_every_item(old), _every_item(new)), "items")
        found += self._places(old, new)
        found += _under(self._additional(old, new, "additionalItems", "ADDITIONAL_ITEMS"), "additionalItems")
        found += self._unevaluated(old, new, "unevaluatedItems", "UNEVALUATED_ITEMS")
        found += _bounds(old, new, ("maxItems", "minItems"))
        if bool(old.tree.get("uniqueItems")) != bool(new.tree.get("uniqueItems")):
            kind = "UNIQUE_ITEMS_REMOVED" if old.tree.get("uniqueItems") else "UNIQUE_ITEMS_ADDED"
            found.append(Difference(kind, ("uniqueItems",)))
        return found + _bounds(old, new, ("maxContains", "minContains"))

    def _places(self, old: Shape, new: Shape) -> Differences:
        """Items that have a schema for each place."""
        before, after = old.inner_list("items"), new.inner_list("items")
        found: Differences = []
        for index in range(max(len(before), len(after))):
            if index >= len(after):
                one = self._gone(before[index], _is_open(new, "Items"), _cover(new, "Items", ""), "ITEM")
            elif index < len(before):
                one = self.compare(before[index], after[index])
            elif _is_open(old, "Items"):
                empty = "ITEM_WITH_EMPTY_SCHEMA_ADDED" if after[index].is_empty else "ITEM_ADDED"
                one = [Difference(f"{empty}_TO_OPEN_CONTENT_MODEL")]
            else:
                cover = _cover(old, "Items", "")
                one = self._come(cover, after[index], "ITEM") or [Difference("ITEM_ADDED_TO_CLOSED_CONTENT_MODEL")]
            found += _under(one, f"items/{index}")
        return found

    # -- what both have ---------------------------------------------------------------------------

    def _gone(self, before: Shape, opened: bool, cover: Shape | None, what: str) -> Differences:
        """A property or an item that the newer schema does not name."""
        if opened:
            return [Difference(f"{what}_REMOVED_FROM_OPEN_CONTENT_MODEL")]
        if cover is not None:
            found = self.compare(before, cover)
            how = "IS_COVERED" if compatible(found) else "NOT_COVERED"
            return [*found, Difference(f"{what}_REMOVED_{how}_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
        never = "_WITH_FALSE" if before.kind == "false" else ""
        return [Difference(f"{what}{never}_REMOVED_FROM_CLOSED_CONTENT_MODEL")]

    def _come(self, cover: Shape | None, after: Shape, what: str) -> Differences:
        """A property or an item that the older schema does not name, though it may say something of all such."""
        if cover is None:
            return []
        found = self.compare(cover, after)
        how = "IS_COVERED" if compatible(found) else "NOT_COVERED"
        return [*found, Difference(f"{what}_ADDED_{how}_BY_PARTIALLY_OPEN_CONTENT_MODEL")]

    def _additional(self, old: Shape, new: Shape, keyword: str, what: str) -> Differences:
        before, after = old.tree.get(keyword, True), new.tree.get(keyword, True)
        if (before is False) != (after is False):
            return [Difference(f"{what}_ADDED" if before is False else f"{what}_REMOVED")]
        first, second = (isinstance(each, dict) for each in (before, after))
        if first != second:
            return [Difference(f"{what}_EXTENDED" if first else f"{what}_NARROWED")]
        return self.compare(old.inner(keyword), new.inner(keyword)) if first else []

    def _unevaluated(self, old: Shape, new: Shape, keyword: str, what: str) -> Differences:
        before, after = old.unevaluated(keyword), new.unevaluated(keyword)
        if before is None and after is None:
            return []
        rank = [_closedness(each) for each in (before, after)]
        if rank[0] == rank[1] == 1:
            return _under(self.compare(before, after), keyword)
        if rank[0] == rank[1] and before is not None and after is not None:
            return []
        closed = 2 in rank
        grew = rank[0] > rank[1]
        how = ("ADDED" if grew else "REMOVED") if closed else ("EXTENDED" if grew else "NARROWED")
        return [Difference(f"{what}_{how}", (keyword,))]


def _closedness(shape: Shape | None) -> int:
    """0 where all is let through, 2 where nothing is, 1 where something is asked."""
    return 0 if shape is None or shape.is_empty else 2 if shape.kind == "false" else 1


def _under(found: Iterable[Difference], *steps: str) -> Differences:
    return [each.below(*steps) for each in found]


def _together(*names: Iterable[str]) -> list[str]:
    """All of them in the order of Java's HashSet."""
    return hash_order(dict.fromkeys(each for some in names for each in some), string_hash)


def _are_bytes(old: Shape, new: Shape) -> bool:
    """Decimals were once written in another way; both stand for Connect's bytes."""
    return old.tree.get("connect.type") == "bytes" == new.tree.get("connect.type")


def _criteria(old: Shape, new: Shape) -> Differences:
    if old.criterion == new.criterion:
        return []
    single = [len(each.parts) == 1 for each in (old, new)]
    extended = new.criterion == ANY or all(single) or (single[0] and new.criterion == ONE) or (single[1] and old.criterion == ALL)
    return [Difference("COMBINED_TYPE_EXTENDED" if extended else "COMBINED_TYPE_CHANGED")]


def _strings(_: _Comparison, old: Shape, new: Shape) -> Differences:
    found = _bounds(old, new, ("maxLength", "minLength"))
    before, after = old.tree.get("pattern"), new.tree.get("pattern")
    if before != after:
        kind = "PATTERN_ADDED" if before is None else "PATTERN_REMOVED" if after is None else "PATTERN_CHANGED"
        found.append(Difference(kind, ("pattern",)))
    return found


def _numbers(_: _Comparison, old: Shape, new: Shape) -> Differences:
    found = _bounds(old, new, ("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"))
    kind = _multiple(old.tree.get("multipleOf"), new.tree.get("multipleOf"))
    found += [Difference(kind, ("multipleOf",))] if kind else []
    if old.integer != new.integer:
        found.append(Difference("TYPE_EXTENDED" if old.integer else "TYPE_NARROWED"))
    return found


def _multiple(old: Any, new: Any) -> str | None:
    before, after = (None if each is None else Decimal(str(each)) for each in (old, new))
    if before == after:
        return None
    if before is None or after is None:
        return "MULTIPLE_OF_ADDED" if before is None else "MULTIPLE_OF_REMOVED"
    if before and not after % before:
        return "MULTIPLE_OF_EXPANDED"
    return "MULTIPLE_OF_REDUCED" if after and not before % after else "MULTIPLE_OF_CHANGED"


def _constants(_: _Comparison, old: Shape, new: Shape) -> Differences:
    same = _json(old.tree["const"]) == _json(new.tree["const"])
    return [] if same else [Difference("ENUM_ARRAY_CHANGED", ("const",))]


def _enums(_: _Comparison, old: Shape, new: Shape) -> Differences:
    before, after = ({_json(each) for each in shape.tree["enum"]} for shape in (old, new))
    if before == after:
        return []
    how = "EXTENDED" if after >= before else "NARROWED" if before >= after else "CHANGED"
    return [Difference(f"ENUM_ARRAY_{how}", ("enum",))]


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _bounds(old: Shape, new: Shape, keywords: Sequence[str]) -> Differences:
    found: Differences = []
    for keyword in keywords:
        before, after = (_number(shape.tree.get(keyword)) for shape in (old, new))
        if before == after:
            continue
        if before is None or after is None:
            how = "ADDED" if before is None else "REMOVED"
        else:
            how = "INCREASED" if before < after else "DECREASED"
        found.append(Difference(f"{_upper(keyword)}_{how}", (keyword,)))
    return found


def _number(value: Any) -> int | float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _upper(keyword: str) -> str:
    """``maxLength`` as ``MAX_LENGTH``."""
    return re.sub(r"([A-Z])", r"_\1", keyword).upper()


def _required(old: Shape, new: Shape, names: Iterable[str]) -> Differences:
    before, after = _names(old.tree.get("required")), _names(new.tree.get("required"))
    found: Differences = []
    for name in names:
        if (name in before) != (name in after):
            default = _has_default(new.tree["properties"][name])
            kind = "REMOVED" if name in before else "WITH_DEFAULT_ADDED" if default else "ADDED"
            found.append(Difference(f"REQUIRED_ATTRIBUTE_{kind}", ("required", name)))
    return found


def _how_added(required: bool, default: bool) -> str:
    return "OPTIONAL_PROPERTY" if not required else "REQUIRED_PROPERTY_WITH_DEFAULT" if default else "REQUIRED_PROPERTY"


def _dependency(before: list[str] | None, after: list[str] | None) -> str | None:
    if before is None or after is None:
        return "DEPENDENCY_ARRAY_REMOVED" if after is None else "DEPENDENCY_ARRAY_ADDED"
    first, second = set(before), set(after)
    if first == second:
        return None
    return f"DEPENDENCY_ARRAY_{'EXTENDED' if second >= first else 'NARROWED' if first >= second else 'CHANGED'}"


def _list(value: Any) -> list[str] | None:
    return value if isinstance(value, list) else None


def _names(value: Any) -> list[str]:
    return value if isinstance(value, list) else []


def _has_default(tree: Any) -> bool:
    return isinstance(tree, dict) and "default" in tree


def _every_item(shape: Shape) -> Shape | None:
    return None if isinstance(shape.tree.get("items"), list) else shape.inner("items")


def _is_open(shape: Shape, what: str) -> bool:
    """Whether there may be anything besides what is named; ``what`` is "Properties" or "Items"."""
    if shape.tree.get(f"additional{what}", True) is not True or (what == "Properties" and shape.tree.get("patternProperties")):
        return False
    return _closedness(shape.unevaluated(f"unevaluated{what}")) == 0


def _cover(shape: Shape, what: str, name: str) -> Shape | None:
    """The schema of all that is not named, if there is one."""
    if what == "Properties":
        for pattern, found in shape.inner_all("patternProperties").items():
            if re.search(pattern, name):
                return found
    if isinstance(shape.tree.get(f"additional{what}"), dict):
        return shape.inner(f"additional{what}")
    rest = shape.unevaluated(f"unevaluated{what}")
    return rest if shape.tree.get(f"additional{what}", True) is True and _closedness(rest) == 1 else None


COMPARE: dict[str, Callable[[_Comparison, Shape, Shape], Differences]] = {
    "string": _strings,
    "number": _numbers,
    "const": _constants,
    "enum": _enums,
    "combined": _Comparison.combined,
    "not": _Comparison.negated,
    "object": _Comparison.objects,
    "array": _Comparison.arrays,
}
"""Kind to how two shapes of it are compared; others have nothing to compare."""
