"""Is a script Python at all? The same answer for a check, a run and the parameters of a script."""

import ast
import warnings

from link import shorten


class BadScript(Exception):
    """A script that Python cannot read; `error` is the record that goes into the reply."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.error = error


def source_line(script, line):
    lines = script.splitlines()
    return lines[line - 1].strip()[:500] if line and 0 < line <= len(lines) else None


def syntax_error(script, broken):
    line = getattr(broken, "lineno", None)
    return {
        "kind": "syntax",
        "type": type(broken).__name__,
        "message": shorten(getattr(broken, "msg", None) or str(broken) or "the script is too deep"),
        "line": line,
        "column": getattr(broken, "offset", None),
        "source": source_line(script, line),
    }


def parse(script, name):
    """The tree of a script. Python reads some bad scripts only when it makes code of them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(script, name, "exec", dont_inherit=True)
            return ast.parse(script, name)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as broken:
        raise BadScript(syntax_error(script, broken)) from None


def check(desk, request):
    try:
        parse(str(request.get("script", "")), str(request.get("name") or "script.py"))
    except BadScript as bad:
        return {"ok": False, "error": bad.error}
    return {}
