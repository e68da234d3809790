"""ksqlDB's grammar as a table, in the very shape that decides what its parser expects where.

A line is a rule and its alternatives. Words in capitals and marks in quotes are tokens; ``? * +`` follow what they repeat.
The rules of expressions are written as loops: ``<2>`` lets the loop go on only where operators of that strength may stand,
and ``boolean:3`` reads an operand that holds no weaker operators than 3.
"""

RULES = """
script         = (single)* EOF
lone_expression = expression EOF
single         = statement ';'
statement      = query
               | (LIST | SHOW) PROPERTIES
               | (LIST | SHOW) ALL? TOPICS EXTENDED?
               | (LIST | SHOW) STREAMS EXTENDED?
               | (LIST | SHOW) TABLES EXTENDED?
               | (LIST | SHOW) FUNCTIONS
               | (LIST | SHOW) (SOURCE | SINK)? CONNECTORS
               | (LIST | SHOW) CONNECTOR PLUGINS
               | (LIST | SHOW) TYPES
               | (LIST | SHOW) VARIABLES
               | DESCRIBE source EXTENDED?
               | DESCRIBE STREAMS EXTENDED?
               | DESCRIBE FUNCTION name
               | DESCRIBE CONNECTOR name
               | PRINT resource print_options
               | (LIST | SHOW) QUERIES EXTENDED?
               | TERMINATE name | TERMINATE ALL | PAUSE name | PAUSE ALL | RESUME name | RESUME ALL
               | SET text '=' text
               | ALTER SYSTEM text '=' text
               | UNSET text
               | DEFINE variable_name '=' variable_value
               | UNDEFINE variable_name
               | CREATE (OR REPLACE)? SOURCE? STREAM (IF NOT EXISTS)? source elements? (WITH properties)?
               | CREATE (OR REPLACE)? STREAM (IF NOT EXISTS)? source (WITH properties)? AS query
               | CREATE (OR REPLACE)? SOURCE? TABLE (IF NOT EXISTS)? source elements? (WITH properties)?
               | CREATE (OR REPLACE)? TABLE (IF NOT EXISTS)? source (WITH properties)? AS query
               | CREATE (SINK | SOURCE) CONNECTOR (IF NOT EXISTS)? name WITH properties
               | INSERT INTO source (WITH properties)? query
               | INSERT INTO source columns? VALUES values
               | DROP STREAM (IF EXISTS)? source (DELETE TOPIC)?
               | DROP TABLE (IF EXISTS)? source (DELETE TOPIC)?
               | DROP CONNECTOR (IF EXISTS)? name
               | EXPLAIN (statement | name)
               | CREATE TYPE (IF NOT EXISTS)? name AS type
               | DROP TYPE (IF EXISTS)? name
               | ALTER (STREAM | TABLE) source alteration (',' alteration)*
               | ASSERT (NOT EXISTS)? TOPIC resource (WITH properties)? timeout?
               | ASSERT (NOT EXISTS)? SCHEMA (SUBJECT resource)? (ID literal)? timeout?
resource       = name | text
query          = SELECT item (',' item)* FROM relation (WINDOW window)? (WHERE boolean)? (GROUP BY keys)?
                 (PARTITION BY partition_keys)? (HAVING boolean)? (EMIT refinement)? limit?
refinement     = CHANGES | FINAL
timeout        = TIMEOUT number unit
alteration     = ADD COLUMN? name type
elements       = '(' element (',' element)* ')'
element        = name type constraint?
constraint     = (PRIMARY? KEY) | HEADERS | HEADER '(' text ')'
properties     = '(' property (',' property)* ')'
property       = (name | text) '=' literal
print_options  = (FROM BEGINNING)? interval? limit?
interval       = (INTERVAL | SAMPLE) number
limit          = LIMIT number
retention      = RETENTION number unit
grace          = GRACE PERIOD number unit
window         = plain_name? (tumbling | hopping | session)
tumbling       = TUMBLING '(' SIZE number unit (',' retention)? (',' grace)? ')'
hopping        = HOPPING '(' SIZE number unit ',' ADVANCE BY number unit (',' retention)? (',' grace)? ')'
session        = SESSION '(' number unit (',' retention)? (',' grace)? ')'
unit           = DAY | HOUR | MINUTE | SECOND | MILLISECOND | DAYS | HOURS | MINUTES | SECONDS | MILLISECONDS
keys           = value (',' value)* | '(' (value (',' value)*)? ')'
partition_keys = value (',' value)* | '(' (value (',' value)*)? ')'
values         = '(' (value (',' value)*)? ')'
item           = expression (AS? name)? | primary '->' '*' | name '.' '*' | '*'
relation       = aliased joined+ | aliased
joined         = join_kind JOIN aliased join_window? criteria
join_kind      = INNER? | FULL OUTER? | LEFT OUTER? | RIGHT OUTER?
join_window    = WITHIN within
within         = '(' join_size ',' join_size ')' (grace)? | join_size (grace)?
join_size      = number unit
criteria       = ON boolean
aliased        = relation_name (AS? source)?
columns        = '(' name (',' name)* ')'
relation_name  = source
expression     = boolean
boolean        = (predicated | NOT boolean:3) (<2> AND boolean:3 | <1> OR boolean:2)*
predicated     = value predicate?
predicate      = comparison value
               | NOT? BETWEEN value AND value
               | NOT? IN '(' expression (',' expression)* ')'
               | NOT? LIKE value (ESCAPE text)?
               | IS NOT? NULL
               | IS NOT? DISTINCT FROM value
value          = (primary | ('-' | '+') value:4)
                 (<5> AT zone | <3> ('*' | '/' | '%') value:4 | <2> ('+' | '-') value:3 | <1> '||' value:2)*
primary        = (literal
               | name text
               | CASE value when+ (ELSE expression)? END
               | CASE when+ (ELSE expression)? END
               | CAST '(' expression AS type ')'
               | ARRAY '[' (expression (',' expression)*)? ']'
               | MAP '(' (expression ':=' expression (',' expression ':=' expression)*)? ')'
               | STRUCT '(' (name ':=' expression (',' name ':=' expression)*)? ')'
               | name '(' '*' ')'
               | name '(' (argument (',' argument)* (',' lambda)*)? ')'
               | name
               | name '.' name
               | '(' expression ')')
                 (<5> '[' value ']' | <2> '->' name)*
argument       = expression | unit
zone           = TIME ZONE text
comparison     = '=' | unequal | '<' | '<=' | '>' | '>='
truth          = TRUE | FALSE
type           = (ARRAY '<' type '>'
               | MAP '<' type ',' type '>'
               | STRUCT '<' (name type (',' name type)*)? '>'
               | DECIMAL '(' number ',' number ')'
               | named_type ('(' type_parameter (',' type_parameter)* ')')?)
                 (<6> ARRAY)*
type_parameter = integer | STRING
named_type     = name
when           = WHEN expression THEN expression
name           = variable | plain_name | quoted_name | free_word | backquoted_name | digit_name
lambda         = name '=>' expression | '(' name (',' name)* ')' '=>' expression
variable_name  = plain_name
variable_value = text
source         = name
number         = '-'? decimal | '-'? float | '-'? integer
literal        = NULL | number | truth | text | variable
free_word      = SHOW | TABLES | COLUMNS
"""

CLASSES = {
    "unequal": "NEQ",
    "text": "STRING",
    "integer": "INTEGER_VALUE",
    "decimal": "DECIMAL_VALUE",
    "float": "FLOATING_POINT_VALUE",
    "plain_name": "IDENTIFIER",
    "digit_name": "DIGIT_IDENTIFIER",
    "quoted_name": "QUOTED_IDENTIFIER",
    "backquoted_name": "BACKQUOTED_IDENTIFIER",
    "variable": "VARIABLE",
}
"""Tokens with more than one text, and what ksqlDB calls them."""

MARKS_BEFORE = (";", ",", "(", ")", ".", "[", "]")
MARKS_AFTER = ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||", ":=", "->", "=>")
"""Marks that stand before and after the words where ksqlDB lists what it expected; the classes come last."""
