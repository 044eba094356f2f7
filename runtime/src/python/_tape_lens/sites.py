"""Where in the snippet a gradient is asked for: the call's place, and the source text of its target, its sources and what its results are called."""
import ast
import itertools
import sys

# Set for every program: the user's own files, and the text of each.
texts = {}
# The number of each file, times a million: a line of any of them is one number.
_bases = {}
_lines = {}
_sites = {}

# Methods that have targets and sources among their arguments.
_ASKING = {"gradient", "jacobian", "batch_jacobian", "gradients", "hessians", "jvp", "ForwardAccumulator", "minimize"}


def begin(files):
    texts.clear()
    texts.update(files)
    _bases.clear()
    _bases.update((file, 1_000_000 * i) for i, file in enumerate(files))
    _lines.clear()
    _sites.clear()


def line():
    """Where the user's own code is just now: the line, and a million for every file before; 0 where it is nowhere."""
    frame = sys._getframe(2)
    while frame is not None:
        base = _bases.get(frame.f_code.co_filename)
        if base is not None:
            return base + frame.f_lineno
        frame = frame.f_back
    return 0


def is_asked_by_program():
    """Whether the caller's caller is the user's own code."""
    return sys._getframe(2).f_code.co_filename in texts


def locate():
    """The innermost call in the user's own code that leads here."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename not in texts:
        frame = frame.f_back
    if frame is None:
        return Site("?", (1, 1, 1, 1))
    place = (frame.f_code, frame.f_lasti)
    if place not in _sites:
        _sites[place] = _site_at(frame)
    return _sites[place]


def _site_at(frame):
    file = frame.f_code.co_filename
    line, end_line, column, end_column = next(itertools.islice(frame.f_code.co_positions(), frame.f_lasti // 2, None), (None,) * 4)
    if None in (line, end_line, column, end_column):
        return Site(file, (frame.f_lineno, 1, frame.f_lineno, 1))
    if file not in _lines:
        _lines[file] = texts[file].split("\n")
    lines = _lines[file]
    return Site(file, (line, _characters(lines[line - 1], column), end_line, _characters(lines[end_line - 1], end_column)))


def _characters(text, bytes_before):
    """Python counts columns in bytes from 0; editors count characters from 1."""
    return len(text.encode()[:bytes_before].decode("utf-8", "replace")) + 1


class Site:
    """A call's place, counted as editors do: lines and columns from 1."""

    def __init__(self, file, place):
        self.file = file
        self.position = ",".join(map(str, place))
        line, column, end_line, end_column = place
        lines = _lines.get(file, [""])[line - 1 : end_line]
        before, after = "", ""
        if lines:
            after = lines[-1][end_column - 1 :]
            lines = [*lines[:-1], lines[-1][: end_column - 1]]
            before = lines[0][: column - 1]
            lines[0] = lines[0][column - 1 :]
        # In brackets the call may go over several lines.
        self._text = "(" + "\n".join(lines) + "\n)"
        self._node = _call_in(self._text)
        self._assigned = before if after.strip() == "" or after.lstrip().startswith("#") else ""

    def argument(self, index, keyword):
        """An argument of the call; None where a method of Keras asks, whose arguments are others."""
        if self._node is None or self._is_training:
            return None
        if len(self._node.args) > index:
            return self._node.args[index]
        for given in self._node.keywords:
            if given.arg == keyword:
                return given.value
        return None

    @property
    def _is_training(self):
        function = self._node and self._node.func
        return isinstance(function, ast.Attribute) and function.attr not in _ASKING

    def source(self, node):
        return ("the loss" if self._is_training else "?") if node is None else ast.get_source_segment(self._text, node) or ast.unparse(node)

    def names(self, node, paths):
        """A name for every part of a structure, by its path in it."""
        return [self._name(node, path) for path in paths]

    def result_names(self, paths):
        """What the program calls the results, where the call is all that is assigned; None where it says nothing."""
        left, equals, rest = self._assigned.strip().partition("=")
        try:
            target = ast.parse(left + "= 0").body[0].targets[0] if equals and not rest.strip() else None
        except (SyntaxError, AttributeError):
            target = None
        return [None if target is None else _path_name(target, path) for path in paths]

    def _name(self, node, path):
        for i, step in enumerate(path):
            inner = _child(node, step)
            if inner is None:
                return self.source(node) + _steps(path[i:])
            node = inner
        return self.source(node)


def _call_in(text):
    """The call that a place holds; None where it is something else (a `with`, a decorator)."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    return node if isinstance(node, ast.Call) else None


def _path_name(node, path):
    for i, step in enumerate(path):
        inner = _child(node, step)
        if inner is None:
            return ast.unparse(node) + _steps(path[i:])
        node = inner
    return ast.unparse(node)


def _steps(path):
    return "".join(f"[{step!r}]" for step in path)


def _child(node, step):
    if isinstance(node, (ast.List, ast.Tuple)) and isinstance(step, int) and step < len(node.elts):
        return None if any(isinstance(e, ast.Starred) for e in node.elts) else node.elts[step]
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            if isinstance(key, ast.Constant) and key.value == step:
                return value
    return None
