"""The writer of one pipeline's function: a loop over a batch of records, in which each step writes its lines.

Between two points of state the lines stand under one ``try`` and cost nothing when nothing fails. When a row
does fail, the same steps are written a second time in *careful* form, one ``try`` an expression, as ksqlDB
evaluates them (a failing column of SELECT is NULL, a failing WHERE is false, ...), and the row goes through that form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlglot.expressions import Expression

from minisql.codegen.expressions import Fragment, Scope, emit_predicate, emit_value
from minisql.dialect import sql
from minisql.errors import UnsupportedError
from minisql.functions.registry import FunctionRegistry
from minisql.runtime.flow import Flow, tuple_code
from minisql.runtime.stores import Stores
from minisql.schema import Schema
from minisql.source import Bindings, Compiler, Source, compiled

Stage = Callable[["Pipeline", Flow], Flow]
"""A stateless step: writes its lines, gives the record that comes out."""

Log = Callable[[str, BaseException | None, str], None]
"""(context, error, message) to the processing log."""


class Purpose(NamedTuple):
    """What the value of an expression is for.

    Attributes:
        context: of the step, for the log.
        word: ksqlDB's word in messages about expressions that cannot be compiled: "Select", "Group By", "SelectKey", ...
        failure: what the processing log says when it fails for a row.
    """

    context: str
    word: str
    failure: str


class FatalError(Exception):
    """What a row does that ends the query: ksqlDB does not catch it either."""


def _die_of_null() -> None:
    raise FatalError(
        'Cannot invoke "java.lang.Boolean.booleanValue()" because the return value of '
        '"io.confluent.ksql.execution.transform.ExpressionEvaluator.evaluate(io.confluent.ksql.GenericRow, Object, '
        'io.confluent.ksql.logging.processing.ProcessingLogger, java.util.function.Supplier)" is null'
    )


class Pipeline:
    """Writes the function that runs a chain of steps.

    Args:
        functions: the registry that expressions are resolved against.
        log: called for every record or expression that fails.
        title: stands in tracebacks.
        config: properties that change what expressions do.
        now: the wall clock, in milliseconds.
        stores: the state of the query's steps.
        compiler: makes a function of what was written.
        partitions: how many partitions the records' topics have.
        interpreted: ksqlDB would interpret the expressions, as in pull queries on tables, not compile them.
        told_schema: gives, for the context of a step, the columns that messages show, where they are not those of the record.

    ``prologue`` takes lines that run once a batch, before its loop.
    """

    def __init__(
        self,
        functions: FunctionRegistry,
        log: Log,
        title: str,
        config: Mapping[str, Any],
        now: Callable[[], int],
        stores: Stores | None = None,
        compiler: Compiler = compiled,
        partitions: int = 1,
        interpreted: bool = False,
        told_schema: Callable[[str], Schema] | None = None,
    ) -> None:
        self.functions = functions
        self.log = log
        self.title = title
        self.config = config
        self.now = now
        self.partitions = partitions
        self.stores = stores or Stores()
        self._compiler = compiler
        self.interpreted = interpreted
        self._told_schema = told_schema
        self.code = Source()
        self.prologue = self.code
        self.skip = "continue"
        self.careful = False
        self.locals: list[str] = []

    def function(self, name: str) -> Callable[..., Any]:
        """The function called ``name`` that was written."""
        return self._compiler(self.code, self.title, name)

    @property
    def bindings(self) -> Bindings:
        """What the generated function can see."""
        return self.code.bindings

    def bind(self, value: object, hint: str) -> str:
        """The name of ``value`` in the generated function."""
        return self.bindings.bind(value, hint)

    def line(self, text: str) -> None:
        """Write a line."""
        self.code.line(text)

    def assign(self, hint: str, code: str) -> str:
        """Write ``name = code``; gives the name."""
        name = self.bindings.fresh(hint)
        self.line(f"{name} = {code}")
        self.locals.append(name)
        return name

    def scope(self, flow: Flow, context: str) -> Scope:
        """Where expressions on this record are resolved."""
        on_error = self.bind(self._part_reporter(context), "failed") if self.careful else None
        told = self._told_schema
        return Scope(
            flow.columns,
            self.functions,
            self.bindings,
            config=self.config,
            recover=self.careful,
            on_error=on_error,
            schema=flow.told_schema if told is None else lambda: told(context),
            interpreted=self.interpreted,
        )

    def _part_reporter(self, context: str) -> Callable[[BaseException, str], None]:
        """Logs a part of an expression, named by a word, that failed on its own."""
        return lambda error, what: self.log(context, error, f"Error processing {what}")

    # -- expressions ------------------------------------------------------------------------------

    def value(self, node: Expression, flow: Flow, purpose: Purpose, hint: str = "c") -> Fragment:
        """Evaluate an expression into a local; where it fails it is NULL."""
        fragment = emit_value(node, self.scope(flow, purpose.context), purpose.word)
        if fragment in flow.columns.values():
            return fragment
        name = self.compute(fragment.code, purpose, hint)
        return Fragment(name, fragment.type, fragment.nullable or self.careful)

    def local(self, node: Expression, flow: Flow, purpose: Purpose, hint: str) -> Fragment:
        """Like ``value``, and always in a local: for what is read more than once."""
        fragment = self.value(node, flow, purpose, hint)
        if fragment.code.isidentifier():
            return fragment
        return Fragment(self.assign(hint, fragment.code), fragment.type, fragment.nullable)

    def compute(self, code: str, purpose: Purpose, hint: str = "c") -> str:
        """Evaluate code into a local, NULL where it fails."""
        return self._attempt(hint, code, purpose, "None") if self.careful else self.assign(hint, code)

    def require(self, node: Expression, flow: Flow, context: str) -> None:
        """Skip the record unless the predicate is true; where it fails it is false."""
        self.line(f"if not ({self.test(node, flow, context)}): {self.skip}")

    def test(self, node: Expression, flow: Flow, context: str) -> str:
        """Code that is truthy only when the predicate is true; where it fails it is false."""
        code = self._not_null(emit_predicate(node, self.scope(flow, context)))
        purpose = Purpose(context, "Predicate", f"Error evaluating predicate {sql(node)}")
        return self._attempt("keep", code, purpose, "False") if self.careful else code

    def _not_null(self, predicate: Fragment) -> str:
        """NULL is no answer: of it ksqlDB's SqlPredicate dies, and the query with it."""
        if self.interpreted or not predicate.nullable:
            return predicate.code
        name = self.bindings.fresh("answer")
        return f"({name} if ({name} := {predicate.code}) is not None else {self.bind(_die_of_null, 'die_of_null')}())"

    def _attempt(self, hint: str, code: str, purpose: Purpose, otherwise: str) -> str:
        name = self.bindings.fresh(hint)
        with self.code.block("try:"):
            self.line(f"{name} = {code}")
        # What minisql lacks is never passed over as an error of the row.
        self.line(f"except {self.bind((UnsupportedError, FatalError), 'fatal')}: raise")
        with self.code.block("except Exception as error:"):
            self.line(f"{self.bind(self.log, 'log')}({purpose.context!r}, error, {purpose.failure!r})")
            self.line(f"{name} = {otherwise}")
        self.locals.append(name)
        return name

    def present(self, flow: Flow) -> Flow:
        """Skip the record where its row is null; gives the record whose row is there."""
        if flow.absent is None:
            return flow
        self.line(f"if {flow.absent}: {self.skip}")
        return flow.with_(absent=None)

    # -- sections ---------------------------------------------------------------------------------

    def section(self, stages: Iterable[Stage], flow: Flow) -> Flow:
        """Write stateless steps under one ``try``, with the careful form as its rescue."""
        stages = tuple(stages)
        inputs = tuple(self.locals)
        mark = self.bindings.mark()
        body = self.code.hole(deeper=True)
        with self._writing(body):
            result = run_stages(self, stages, flow)
        if not body:
            return result
        body.before("try:")
        outputs = [name for name in self.locals if name not in inputs]
        rescue = Rescue(self, stages, flow, inputs, outputs, mark)
        with self.code.block("except Exception:"):
            self.line(f"rescued = {self.bind(rescue, 'rescue')}({', '.join(inputs)})")
            self.line(f"if rescued is None: {self.skip}")
            if outputs:
                self.line(f"{tuple_code(outputs)} = rescued")
        # The careful form may have put NULL where the fast one never has it.
        return result.with_(columns={name: part._replace(nullable=True) for name, part in result.columns.items()})

    @contextmanager
    def when(self, condition: str) -> Iterator[Source]:
        """An ``if`` block that is left out when nothing is written in it."""
        body = self.code.hole(deeper=True)
        with self._writing(body):
            yield body
        if body:
            body.before(f"if {condition}:")

    @contextmanager
    def inside(self, condition: str) -> Iterator[None]:
        """An ``if`` block; what is assigned in it is not read outside."""
        before = len(self.locals)
        with self.code.block(f"if {condition}:"):
            yield
        del self.locals[before:]

    @contextmanager
    def _writing(self, place: Source) -> Iterator[None]:
        outer, self.code = self.code, place
        yield
        self.code = outer

    @contextmanager
    def loop(self, head: str, *names: str) -> Iterator[None]:
        """A ``for`` block that assigns the names; ``skip`` within it goes on with its next turn."""
        before = list(self.locals)
        self.locals += names
        with self.code.block(head):
            yield
        self.locals = before


class Rescue:
    """The careful form of a section, compiled when a row first fails.

    Called with the section's inputs, it gives the values of its outputs, or None when the record is dropped.
    """

    def __init__(
        self, pipeline: Pipeline, stages: tuple[Stage, ...], flow: Flow, inputs: tuple[str, ...], outputs: list[str], mark: Any
    ) -> None:
        self._pipeline = pipeline
        self._stages = stages
        self._flow = flow
        self._inputs = inputs
        self._outputs = outputs
        self._mark = mark
        self._function: Callable[..., tuple[Any, ...] | None] | None = None

    def __call__(self, *values: Any) -> tuple[Any, ...] | None:
        """Run the section on one record."""
        if self._function is None:
            self._function = self._compile()
        return self._function(*values)

    def _compile(self) -> Callable[..., tuple[Any, ...] | None]:
        fast = self._pipeline
        careful = Pipeline(fast.functions, fast.log, fast.title, fast.config, fast.now, interpreted=fast.interpreted)
        careful.code = Source(fast.bindings.at(self._mark))
        careful.careful = True
        careful.skip = "return None"
        careful.locals = list(self._inputs)
        with careful.code.block(f"def rescue({', '.join(self._inputs)}):"):
            run_stages(careful, self._stages, self._flow)
            careful.line(f"return {tuple_code(self._outputs)}")
        return careful.code.compile(f"{fast.title} careful", "rescue")


def run_stages(pipeline: Pipeline, stages: Iterable[Stage], flow: Flow) -> Flow:
    """Write the stages one after the other."""
    for stage in stages:
        flow = stage(pipeline, flow)
    return flow
