"""The constants of a script that a person may turn, with the places of their values.

A constant is a name given a literal once, at the top level. The comment behind it says the rest:

    BODY_HEIGHT = 0.32   # m 0.1..0.6   height of the body
    BODY_COLOR = (0.72, 0.05, 0.04, 1.0)   # color   plastic of the body
    HANDLE = "wire"      # one of: wire, bar, none

that is, a unit and a range, or `color`, or the choices; then, after more than one space, words.
A number in radians(...) is shown in degrees. Replacing the bytes of the span changes nothing else.
"""

import ast
import io
import math
import re
import tokenize

import checks
import operations

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
RANGE = re.compile(r"(?:(?P<unit>[^\W\d]\S*|[°%%])\s+)?(?P<min>%s)\s*\.\.\s*(?P<max>%s)"
                   r"(?:[ ]?(?P<after>[^\W\d]\w*|[°%%])(?=\s\s|$))?\s*" % (NUMBER, NUMBER))
UNIT = re.compile(r"(?P<unit>mm|cm|m|km|deg|degrees|rad|°|%|px|s|kg|W)(?:\s\s+|$)")
CHOICES = re.compile(r"one of:\s*(?P<choices>\S.*?)(?:\s\s+|$)")
COLOR = re.compile(r"colou?r\b[:,]?\s*")
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")
DOC_MAX = 400
PARAMS_MAX = 500

MATH = {"pi": math.pi, "tau": math.tau, "e": math.e}
SUMS = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


class NotConstant(Exception):
    """A value that only running the script can tell."""


def value_of(node):
    """What a literal, or a sum of literals, stands for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float, str)):
        return node.value
    if isinstance(node, (ast.Tuple, ast.List)) and all(map(is_literal_number, node.elts)):
        return [value_of(part) for part in node.elts]
    if isinstance(node, ast.Attribute) and is_named(node.value, "math") and node.attr in MATH:
        return MATH[node.attr]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        number = number_of(node.operand)
        return -number if isinstance(node.op, ast.USub) else number
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        try:
            return SUMS[type(node.op)](number_of(node.left), number_of(node.right))
        except (ArithmeticError, TypeError):
            pass
    raise NotConstant


def number_of(node):
    value = value_of(node)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotConstant
    return value


def is_literal_number(node):
    try:
        number_of(node)
    except NotConstant:
        return False
    return True


def is_named(node, name):
    return isinstance(node, ast.Name) and node.id == name


def in_degrees(node):
    """The argument of radians(...), which is what a person means."""
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return None
    function = node.func
    if is_named(function, "radians") or (isinstance(function, ast.Attribute)
                                         and function.attr == "radians"
                                         and is_named(function.value, "math")):
        return node.args[0]
    return None


def comments_of(script):
    """The comment of each line that has one, and whether the line has nothing else."""
    comments = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(script).readline):
            if token.type == tokenize.COMMENT:
                alone = not token.line[:token.start[1]].strip()
                comments[token.start[0]] = (token.string.lstrip("#").strip(), alone)
    except (tokenize.TokenError, SyntaxError):
        pass  # the tree is good, so only the very end can be odd
    return comments


def choices_in(words):
    """The choices as texts; quotes around one are Python's, not part of it."""
    choices = [word.strip() for word in words.split(",")]
    return [word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"" else word
            for word in choices if word]


def read_comment(comment, value):
    """What the comment behind a constant says of it."""
    found = CHOICES.match(comment)
    if found:
        return {"kind": "choice", "choices": choices_in(found["choices"]),
                "comment": comment[found.end():].strip()}
    found = COLOR.match(comment)
    if found and is_color(value):
        return {"kind": "color", "comment": comment[found.end():].strip()}
    found = RANGE.match(comment)
    if found:
        return {"unit": found["unit"] or found["after"], "comment": comment[found.end():].strip(),
                "min": float(found["min"]), "max": float(found["max"])}
    found = UNIT.match(comment)
    if found:
        return {"unit": found["unit"], "comment": comment[found.end():].strip()}
    return {"comment": comment}


def is_color(value):
    if isinstance(value, str):
        return HEX_COLOR.fullmatch(value) is not None
    return (isinstance(value, list) and len(value) in (3, 4)
            and all(0 <= part <= 1 for part in value))


def kind_of(name, value):
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, str):
        return "color" if is_color(value) else "text"
    if not isinstance(value, list):
        return "number"
    if is_color(value) and re.search(r"COLOU?R|TINT|RGB", name, re.IGNORECASE):
        return "color"
    return "vector" if 2 <= len(value) <= 4 else None


def assignments(tree):
    """(name, value node) of each constant, `A, B = 1, 2` counting as two."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield from pairs(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from pairs(node.target, node.value)


def pairs(target, value):
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        if len(target.elts) == len(value.elts):
            for part, of in zip(target.elts, value.elts):
                yield from pairs(part, of)


def written_names(tree):
    """How often each name is given a value, wherever: a name given two is no constant."""
    counts = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            counts[node.id] = counts.get(node.id, 0) + 1
    return counts


def readers(tree):
    """The lines on which each name is read."""
    lines = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            lines.setdefault(node.id, set()).add(node.lineno)
    return lines


class Lines:
    """The text as Python's parser counts it: lines from 1, columns in bytes."""

    def __init__(self, script):
        self.lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", script.encode("utf-8", "replace"))

    def between(self, node):
        first, last = node.lineno - 1, node.end_lineno - 1
        if first == last:
            return self.lines[first][node.col_offset:node.end_col_offset].decode()
        whole = [self.lines[first][node.col_offset:], *self.lines[first + 1:last],
                 self.lines[last][:node.end_col_offset]]
        return b"".join(whole).decode()


def heading(comments, line):
    """The comment on a line of its own above a run of constants."""
    text, alone = comments.get(line, ("", False))
    return text.strip(" -=#") if alone else None


def constants(tree, script):
    comments, text = comments_of(script), Lines(script)
    written, read = written_names(tree), readers(tree)
    found, group, last = [], None, None
    for name, node in assignments(tree):
        if written.get(name) != 1 or name.startswith("__"):
            continue
        if last is not None and node.lineno > last + 1 or last is None:
            group = heading(comments, node.lineno - 1)
        last = node.end_lineno
        param = constant(name, node, comments, text)
        if param:
            param.update(group=group, uses=sorted(read.get(name, ())))
            found.append(param)
    return found[:PARAMS_MAX]


def constant(name, node, comments, text):
    inner = in_degrees(node)
    node = inner if inner is not None else node
    try:
        value = value_of(node)
    except NotConstant:
        return None
    kind = kind_of(name, value)
    if kind is None:
        return None
    param = {"name": name, "kind": kind, "value": value, "text": text.between(node),
             "line": node.lineno, "column": node.col_offset,
             "end_line": node.end_lineno, "end_column": node.end_col_offset,
             "unit": "deg" if inner is not None else None, "min": None, "max": None,
             "choices": [], "comment": ""}
    param.update((key, said) for key, said in
                 read_comment(comments.get(node.end_lineno, ("",))[0], value).items()
                 if said is not None)
    return param


def functions(tree):
    return [{"name": node.name, "line": node.lineno, "end_line": node.end_lineno,
             "doc": (ast.get_docstring(node) or "").split("\n")[0][:DOC_MAX]}
            for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def params(desk, request):
    script = str(request.get("script", ""))
    try:
        tree = checks.parse(script, "script.py")
    except checks.BadScript as bad:
        return {"ok": False, "error": bad.error}
    return {"doc": (ast.get_docstring(tree) or "")[:DOC_MAX], "params": constants(tree, script),
            "functions": functions(tree), "operations": operations.count(tree)}
