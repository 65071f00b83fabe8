"""Which lines of a script built which object.

The script's tree gets calls: after every top-level statement, and at both ends of every top-level
function. They look whether objects were added, and who was at work. A script of one function a part
so gives every object the lines of its part.
"""

import ast
import sys

import bpy

# Builtins of the script's own, so that clearing its globals does not lose them.
ENTER, LEAVE = "__ll3m_enter__", "__ll3m_leave__"
OBJECTS_MAX = 500
LINES_MAX = 2000
CHAIN_MAX = 64
SILENT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def is_generator(function):
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function))


def first_line(node):
    return min([node.lineno] + [item.lineno for item in getattr(node, "decorator_list", ())])


def call_at(name, line):
    call = ast.Expr(ast.Call(ast.Name(name, ast.Load()), [], []))
    for node in ast.walk(call):
        node.lineno = node.end_lineno = line
        node.col_offset = node.end_col_offset = 0
    return call


class Origin:
    def __init__(self, name):
        self.name = name
        self.spans = {}       # first line of a top-level statement or function -> (first, last)
        self.statements = {}  # any line of a top-level statement -> its first
        self.functions = set()
        self.seen = set()     # objects, by address: names change
        self.chains = {}      # object -> first lines of those at work, outermost first
        self.building = set()
        self.calls = {}       # function -> how many of its calls have built something

    def builtins(self):
        return {ENTER: self.enter, LEAVE: self.leave}

    def instrument(self, tree):
        """Adds the calls. Line numbers stay what they were."""
        body = []
        for index, node in enumerate(tree.body):
            self._note(node)
            body.append(node)
            is_doc = index == 0 and ast.get_docstring(tree, clean=False) is not None
            if isinstance(node, ast.FunctionDef) and not is_generator(node):
                self._wrap(node)
            elif not isinstance(node, SILENT) and not is_doc:
                body.append(call_at(LEAVE, node.end_lineno))
        tree.body = body
        return ast.fix_missing_locations(tree)

    def _note(self, node):
        first = first_line(node)
        self.spans.setdefault(first, (first, node.end_lineno))
        if isinstance(node, ast.FunctionDef):
            self.functions.add(first)
        else:
            last = min(node.end_lineno, first + LINES_MAX)
            self.statements.update((line, first) for line in range(first, last + 1))

    @staticmethod
    def _wrap(function):
        has_doc = ast.get_docstring(function, clean=False) is not None
        doc, work = function.body[:has_doc], function.body[has_doc:]
        if work:
            guard = ast.Try(body=work, handlers=[], orelse=[],
                            finalbody=[call_at(LEAVE, work[-1].end_lineno)])
            enter = call_at(ENTER, first_line(work[0]))
            function.body = doc + [enter, ast.copy_location(guard, work[0])]

    def enter(self):
        """What is new now was built by the caller, not by the function that begins."""
        try:
            if len(bpy.data.objects) != len(self.seen):
                self._look(sys._getframe(1).f_back)
        except Exception:
            pass

    def leave(self):
        """Called often, so next to nothing is done while the number of objects stays the same."""
        try:
            if len(bpy.data.objects) != len(self.seen):
                self._look(sys._getframe(1))
            if self.building:
                self._count(sys._getframe(1).f_code.co_firstlineno)
        except Exception:
            pass

    def _look(self, frame):
        if len(self.chains) >= OBJECTS_MAX:
            return
        now = {item.as_pointer() for item in bpy.data.objects}
        new = now - self.seen
        if new:
            chain = self._chain(frame)
            self.chains.update((pointer, chain) for pointer in new)
            self.building.update(self.functions.intersection(chain))
        self.seen = now

    def _count(self, function):
        if function in self.building:
            self.building.discard(function)
            self.calls[function] = self.calls.get(function, 0) + 1

    def _chain(self, frame):
        chain = []
        while frame is not None and len(chain) < CHAIN_MAX:
            code = frame.f_code
            if code.co_filename == self.name:
                if code.co_name == "<module>":
                    chain.append(self.statements.get(frame.f_lineno, frame.f_lineno))
                elif code.co_firstlineno in self.functions:
                    chain.append(code.co_firstlineno)
            frame = frame.f_back
        return chain[::-1]

    def lines(self):
        """The (first, last) lines of each object, by its address."""
        callers, called = {}, {}
        for chain in self.chains.values():
            for caller, function in zip(chain, chain[1:]):
                callers.setdefault(function, set()).add(caller)
        for function, by in callers.items():
            if len(by) == 1:
                called.setdefault(*by, set()).add(function)
        return {pointer: self._part(chain, called)
                for pointer, chain in self.chains.items() if chain}

    def _part(self, chain, called):
        """The function that is the part, or the statement when there is none.

        A helper with many callers says nothing about an object, nor does a main() that calls one
        function after the other. So it goes inward while the next function is called from here
        alone, and is more than one of many steps of one and the same part.
        """
        best = 0
        while best + 1 < len(chain):
            here, inner = chain[best], chain[best + 1]
            is_own = inner in called.get(here, ())
            is_director = here not in self.functions or len(called.get(here, ())) > 1
            is_about_all = all(here in other for other in self.chains.values())
            is_once = self.calls.get(inner) == 1
            if not is_own or not (is_director or is_about_all or is_once):
                break
            best += 1
        return self.spans.get(chain[best], (chain[best], chain[best]))
