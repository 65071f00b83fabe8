"""The syntax of a script, as much of it as is needed to see which names of Blender's it uses.

A node is a list: kind, line, column, word, and then the numbers of its parts. The parts of a node
stand before it, each belongs to one node, and the last node is the script. So whoever reads the list
needs no recursion and cannot be led in circles. `python3 names.py FILE` prints it.
"""

import ast
import json
import sys

import checks

NODES_MAX = 60000
DEPTH_MAX = 150
WORD_MAX = 200

# What has no kind of its own is `other`: its parts are looked at, and nothing is known of its value.
BLOCKS = ("body", "orelse", "finalbody")


class TooMuch(Exception):
    """A script beyond our bounds. It is not checked, and may still be a good script."""


def dotted(node):
    """`a.b.c`, or nothing for what is no plain name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed(parts + [node.id])) if isinstance(node, ast.Name) else None


class Tree:
    """The list of nodes, growing from the leaves up."""

    def __init__(self):
        self.nodes = []
        self.depth = 0
        self.place = (1, 0)

    def add(self, kind, word, parts):
        if len(self.nodes) >= NODES_MAX:
            raise TooMuch("more than %d pieces" % NODES_MAX)
        if word is not None and len(word) > WORD_MAX:
            word = None
        self.nodes.append([kind, *self.place, word, *parts])
        return len(self.nodes) - 1

    def node(self, node):
        """The number of a node, after all its parts."""
        place = self.place
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise TooMuch("nested more than %d deep" % DEPTH_MAX)
        self.place = (getattr(node, "lineno", place[0]), getattr(node, "col_offset", place[1]))
        kind, word, parts = SHAPES.get(type(node), other)(self, node)
        self.place = self.place_of(node)
        number = self.add(kind, word, parts)
        self.place = place
        self.depth -= 1
        return number

    def place_of(self, node):
        """An attribute is where its own name ends, not where the whole begins."""
        if isinstance(node, ast.Attribute) and node.end_col_offset is not None:
            return (node.end_lineno, node.end_col_offset - len(node.attr.encode()))
        return self.place

    def all(self, nodes):
        return [self.node(node) for node in nodes if node is not None]

    def block(self, statements):
        return self.add("block", None, self.all(statements))

    def word(self, kind, word):
        return self.add(kind, word, [])


def other(tree, node):
    return "other", None, tree.all(ast.iter_child_nodes(node))


def constant(tree, node):
    if isinstance(node.value, str):
        return "text", node.value, []
    if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return "number", "%.9g" % node.value if abs(node.value) < 1e300 else "1e300", []
    return "constant", str(node.value) if node.value in (None, True, False) else None, []


def call(tree, node):
    return "call", None, tree.all([node.func, *node.args, *node.keywords])


def compare(tree, node):
    word = type(node.ops[0]).__name__ if len(node.ops) == 1 else None
    return "compare", word, tree.all([node.left, *node.comparators])


def comprehension(tree, node):
    made = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    return "comprehension", type(node).__name__, tree.all([*node.generators, *made])


def dictionary(tree, node):
    keys = (key or ast.Constant(value=None) for key in node.keys)
    return "dict", None, tree.all(part for pair in zip(keys, node.values) for part in pair)


def function(tree, node):
    """Parameters, body, decorators."""
    given = node.args
    plain = given.posonlyargs + given.args
    defaults = [None] * (len(plain) - len(given.defaults)) + given.defaults
    pairs = [*zip(plain, defaults), *zip(given.kwonlyargs, given.kw_defaults)]
    params = [tree.add("param", arg.arg, tree.all([default])) for arg, default in pairs]
    params += [tree.word("params", arg.arg) for arg in (given.vararg, given.kwarg) if arg]
    head = tree.add("list", None, params)
    if isinstance(node, ast.Lambda):
        return "lambda", None, [head, tree.node(node.body)]
    return "def", node.name, [head, tree.block(node.body), *tree.all(node.decorator_list)]


def klass(tree, node):
    body = tree.block(node.body)
    return "class", node.name, [body, *tree.all([*node.bases, *node.keywords,
                                                 *node.decorator_list])]


def branch(tree, node):
    return "if", None, [tree.node(node.test), tree.block(node.body), tree.block(node.orelse)]


def loop(tree, node):
    ends = [tree.block(node.body), tree.block(node.orelse)]
    if isinstance(node, ast.While):
        return "while", None, [tree.node(node.test), *ends]
    return "for", None, [tree.node(node.iter), tree.node(node.target), *ends]


def attempt(tree, node):
    """Three blocks, then the handlers: the word of each is what it catches."""
    parts = [tree.block(getattr(node, name)) for name in BLOCKS]
    for handler in node.handlers:
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        names = [dotted(one) or "" for one in caught if one is not None]
        bound = [tree.word("name", handler.name)] if handler.name else []
        parts.append(tree.add("except", ",".join(names) or None,
                              [tree.block(handler.body), *bound]))
    return "try", None, parts


def enter(tree, node):
    parts = [tree.add("as", None, tree.all([item.context_expr, item.optional_vars]))
             for item in node.items]
    return "with", None, [*parts, tree.block(node.body)]


def imports(tree, node):
    module = getattr(node, "module", None)
    parts = []
    for item in node.names:
        bound = [tree.word("name", item.asname)] if item.asname else []
        parts.append(tree.add("alias", item.name, bound))
    if isinstance(node, ast.ImportFrom):
        return "from", "." * node.level + (module or ""), parts
    return "import", None, parts


def choose(tree, node):
    """Match: what the patterns bind, then one block a case."""
    bound = [inner.name for case in node.cases for inner in ast.walk(case.pattern)
             if getattr(inner, "name", None)]
    parts = [tree.node(node.subject), tree.add("list", None, [tree.word("name", name)
                                                              for name in bound])]
    return "match", None, parts + [tree.block(case.body) for case in node.cases]


def plain(kind, *fields, word=None):
    """A kind whose parts are those fields, one after the other, without what is not there."""
    def shape(tree, node):
        parts = []
        for field in fields:
            value = getattr(node, field)
            parts += value if isinstance(value, list) else [value]
        return kind, getattr(node, word) if word else None, tree.all(parts)
    return shape


def operation(tree, node):
    return "operation", type(node.op).__name__, tree.all(
        getattr(node, "values", None) or [getattr(node, "left", None),
                                          getattr(node, "right", getattr(node, "operand", None))])


SHAPES = {
    ast.Assign: plain("assign", "value", "targets"),
    ast.AnnAssign: plain("declare", "target", "annotation", "value"),
    ast.Assert: plain("other", "test", "msg"),
    ast.Attribute: plain("attribute", "value", word="attr"),
    ast.AugAssign: plain("change", "target", "value"),
    ast.BinOp: operation,
    ast.BoolOp: operation,
    ast.Break: lambda tree, node: ("leave", "break", []),
    ast.Call: call,
    ast.ClassDef: klass,
    ast.Compare: compare,
    ast.Constant: constant,
    ast.Continue: lambda tree, node: ("leave", "continue", []),
    ast.Delete: plain("delete", "targets"),
    ast.Dict: dictionary,
    ast.DictComp: comprehension,
    ast.Expr: plain("do", "value"),
    ast.For: loop,
    ast.FunctionDef: function,
    ast.GeneratorExp: comprehension,
    ast.Global: lambda tree, node: ("global", None, [tree.word("name", n) for n in node.names]),
    ast.If: branch,
    ast.IfExp: plain("either", "test", "body", "orelse"),
    ast.Import: imports,
    ast.ImportFrom: imports,
    ast.Lambda: function,
    ast.List: plain("list", "elts"),
    ast.ListComp: comprehension,
    ast.Name: lambda tree, node: ("name", node.id, []),
    ast.NamedExpr: plain("walrus", "value", "target"),
    ast.Nonlocal: lambda tree, node: ("global", None, [tree.word("name", n) for n in node.names]),
    ast.Raise: plain("leave", "exc", "cause"),
    ast.Return: plain("return", "value"),
    ast.Set: plain("set", "elts"),
    ast.SetComp: comprehension,
    ast.Slice: plain("slice", "lower", "upper", "step"),
    ast.Starred: plain("star", "value"),
    ast.Subscript: plain("item", "value", "slice"),
    ast.Try: attempt,
    ast.Tuple: plain("tuple", "elts"),
    ast.UnaryOp: operation,
    ast.While: loop,
    ast.With: enter,
    ast.comprehension: plain("each", "iter", "target", "ifs"),
    ast.keyword: plain("keyword", "value", word="arg"),
}
if hasattr(ast, "Match"):
    SHAPES[ast.Match] = choose


def tree_of(module):
    """All nodes of a parsed script, or why there are none."""
    tree = Tree()
    try:
        tree.block(module.body)
    except (TooMuch, RecursionError) as much:
        return {"nodes": [], "passed_over": str(much)}
    return {"nodes": tree.nodes}


def names(desk, request):
    """The job. What Python cannot read is answered as by a check."""
    try:
        module = checks.parse(str(request.get("script", "")),
                              str(request.get("name") or "script.py"))
    except checks.BadScript as bad:
        return {"ok": False, "error": bad.error}
    return {"tree": tree_of(module)}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as script:
        print(json.dumps(tree_of(ast.parse(script.read())), ensure_ascii=True))
