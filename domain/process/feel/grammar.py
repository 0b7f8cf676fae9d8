"""The grammar of the expression subset (LALR), and the bounds that hold before evaluation."""

from functools import cache
from typing import Literal

from lark import Lark, Token, Tree

MAX_LENGTH = 2_000  # characters of one expression
MAX_DEPTH = 40  # levels of nesting
MAX_NODES = 400  # parts of one expression

LONG_NAMES = (  # functions whose names hold spaces
    "starts with", "ends with", "string length", "upper case", "lower case", "substring before",
    "substring after", "list contains", "get value", "distinct values", "date and time",
    "years and months duration", "day of week", "is defined", "index of", "is working day",
    "add working days", "working days",
)  # fmt: skip
Start = Literal["expression", "cell"]

__all__ = ["GRAMMAR", "MAX_DEPTH", "MAX_LENGTH", "MAX_NODES", "Start", "Token", "Tree", "parser"]

GRAMMAR = r"""
cell: MINUS -> anything
    | "not" "(" condition ("," condition)* ")" -> none_of
    | condition ("," condition)* -> one_of
?condition: pointed | range | expression
?expression: "if" expression "then" expression "else" expression -> choice
    | "for" binding ("," binding)* "return" expression -> each
    | "some" binding ("," binding)* "satisfies" expression -> some
    | "every" binding ("," binding)* "satisfies" expression -> every
    | disjunction
binding: NAME "in" disjunction
    | NAME "in" sum ".." sum
?disjunction: conjunction
    | disjunction "or" conjunction -> either
?conjunction: comparison
    | conjunction "and" comparison -> both
?comparison: sum
    | sum COMPARE sum -> compare
    | sum "between" sum "and" sum -> between
    | sum "in" test -> within
    | sum "in" "(" test ("," test)+ ")" -> within
    | sum "in" "(" pointed ")" -> within
?test: pointed | range | sum
pointed: COMPARE sum
range: (LSQB | LPAR | RSQB) sum ".." sum (RSQB | RPAR | LSQB)
?sum: product
    | sum (PLUS | MINUS) product -> arithmetic
?product: unary
    | product (STAR | SLASH) unary -> arithmetic
?unary: atom
    | MINUS unary -> negative
?atom: NUMBER -> number
    | STRING -> text
    | "@" STRING -> moment
    | "true" -> true
    | "false" -> false
    | "null" -> null
    | NAME -> variable
    | "?" -> asked
    | (NAME | LONG_NAME) "(" [expression ("," expression)*] ")" -> call
    | "[" [expression ("," expression)*] "]" -> items
    | "{" [entry ("," entry)*] "}" -> context
    | "(" expression ")"
entry: (NAME | STRING) ":" expression

COMPARE: "<=" | ">=" | "!=" | "<" | ">" | "="
PLUS: "+"
MINUS: "-"
STAR: "*"
SLASH: "/"
LSQB: "["
RSQB: "]"
LPAR: "("
RPAR: ")"
NUMBER: /\d{1,34}(\.\d{1,34})?|\.\d{1,34}/
STRING: /"([^"\\\n]|\\.)*"/
NAME: /[^\W\d]\w*/
LONG_NAME.2: /({long})(?= *\()/
%ignore /[ \t\r\n]+/
"""


@cache
def parser() -> Lark:
    """Return the parser of expressions and of the cells of decision tables; it is built once."""
    long = "|".join(name.replace(" ", " +") for name in LONG_NAMES)
    text = GRAMMAR.replace("{long}", long)
    return Lark(text, start=["expression", "cell"], parser="lalr", maybe_placeholders=False)
