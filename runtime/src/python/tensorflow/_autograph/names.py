"""Which names a function's statements bind and read, and which of them matter before and after each: what goes in and out of a branch or a loop."""
import ast

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def symbol_of(node):
    """`x`, `x.y`, `x['y']`, `x[i]` as text; None for what is not such a path from a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = symbol_of(node.value)
        return base and f"{base}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Constant, ast.Name)):
        base = symbol_of(node.value)
        return base and f"{base}[{ast.unparse(node.slice)}]"
    return None


def bound_in(statements):
    """The symbols that statements assign, those inside their blocks too: a dict from text to node."""
    found = {}
    for statement in statements:
        _bound(statement, found)
    return found


def _bound(node, found):
    if isinstance(node, _SCOPES):
        if not isinstance(node, ast.Lambda):
            found[node.name] = ast.Name(node.name, ast.Store())
        return
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            found[name] = ast.Name(name, ast.Store())
    elif isinstance(node, ast.ExceptHandler) and node.name:
        found[node.name] = ast.Name(node.name, ast.Store())
    elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
        found[node.name] = ast.Name(node.name, ast.Store())
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        # A comprehension's own names are nobody else's.
        for inner in ast.walk(node):
            if isinstance(inner, ast.NamedExpr):
                found[inner.target.id] = inner.target
        return
    elif isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and isinstance(node.ctx, (ast.Store, ast.Del)):
        symbol = symbol_of(node)
        if symbol is not None:
            found[symbol] = node
    for child in ast.iter_child_nodes(node):
        _bound(child, found)


def read_in(node):
    """The names that an expression, or a statement without blocks, reads; what functions inside read counts."""
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Store):
            found.add(inner.id)
        elif isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
            found.add(inner.target.id)
    return found


def declared_in(statements, kind):
    """The names of `global` or `nonlocal` statements, not those of functions inside."""
    found = set()
    stack = list(statements)
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            found.update(node.names)
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))
    return found


def read_by_functions(statements):
    """The names that functions and classes defined in statements read: nobody knows when."""
    found = set()
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, _SCOPES):
                found |= read_in(node)
    return found


class Flow:
    """Goes over a function's statements and notes at every `if`, `while` and `for` what is read before and after it and what may be bound by then."""

    def __init__(self, statements, parameters):
        self._always = read_by_functions(statements)
        self._live_before(statements, set())
        self._note_bound(statements, set(parameters))

    # What is read later, from the end to the beginning.

    def _live_before(self, statements, live):
        for statement in reversed(statements):
            live = self._through(statement, live | self._always)
        return live | self._always

    def _through(self, node, live):
        if isinstance(node, ast.If):
            node.live_after = live
            node.live_before = read_in(node.test) | self._live_before(node.body, live) | self._live_before(node.orelse, live)
            return node.live_before
        if isinstance(node, ast.While):
            return self._round(node, live, read_in(node.test), set())
        if isinstance(node, ast.For):
            test = read_in(node.extra_test) if getattr(node, "extra_test", None) is not None else set()
            return self._round(node, live, test, set(bound_in([node.target]))) | read_in(node.iter)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            inside = self._live_before(node.body, live)
            items = ast.Tuple([e for item in node.items for e in (item.context_expr, item.optional_vars) if e is not None], ast.Load())
            return (inside - _names(bound_in(node.items))) | read_in(items)
        if isinstance(node, ast.Try):
            return self._through_try(node, live)
        if isinstance(node, ast.Match):
            cases = [self._live_before(case.body, live) | read_in(case.pattern) | (read_in(case.guard) if case.guard else set()) for case in node.cases]
            return read_in(node.subject) | live.union(*cases)
        if isinstance(node, ast.Delete):
            return live | read_in(node)
        return (live - _names(bound_in([node]))) | read_in(node)

    def _round(self, node, live, test, targets):
        """A loop: what a round reads, the round before it may have bound."""
        head = live | test
        while True:
            inside = self._live_before(node.body, head) - targets
            if inside <= head:
                break
            head = head | inside
        node.live_after = live
        node.live_before = head
        return head

    def _through_try(self, node, live):
        after = self._live_before(node.finalbody, live)
        handlers = set().union(*[self._live_before(handler.body, after) | (read_in(handler.type) if handler.type else set()) for handler in node.handlers])
        outer, self._always = self._always, self._always | handlers | (after if node.finalbody else set())
        inside = self._live_before(node.body, self._live_before(node.orelse, after))
        self._always = outer
        return inside | handlers

    # What may have been bound before, from the beginning to the end.

    def _note_bound(self, statements, bound):
        for node in statements:
            if isinstance(node, (ast.If, ast.While, ast.For)):
                node.bound_before = set(bound)
            inside = bound | _names(bound_in([node])) if isinstance(node, (ast.While, ast.For)) else set(bound)
            for holder, field in blocks_of(node):
                self._note_bound(getattr(holder, field), set(inside))
            bound |= _names(bound_in([node]))


def blocks_of(node):
    """Where the lists of statements in a statement are, those of functions and classes left out: objects and fields."""
    if isinstance(node, _SCOPES):
        return []
    own = [(node, field) for field in ("body", "orelse", "finalbody") if getattr(node, field, None)]
    return own + [(part, "body") for part in [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]]


def _names(symbols):
    return {symbol for symbol in symbols if symbol.isidentifier() or symbol.startswith("%")}
