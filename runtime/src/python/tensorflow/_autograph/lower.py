"""Lowers `break`, `continue` and `return` to flags and conditions, so that every block has one way in and one way out.

In the order and manner of TensorFlow: python/autograph/converters/break_statements.py, continue_statements.py, return_statements.py.
"""
import ast

from .names import blocks_of


class Unconvertible(Exception):
    """What AutoGraph leaves as it is."""


def lowered(statements, fresh):
    """A function's statements, lowered; `fresh` makes names that nobody else has."""
    statements, _ = _Breaks(fresh).block(statements)
    statements, _ = _Continues(fresh).block(statements)
    statements, _ = _with_returns_in_both_branches(statements)
    return _Returns(fresh).function(statements)


def assign(name, value, like):
    return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), like)


def load(name, like):
    return ast.copy_location(ast.Name(name, ast.Load()), like)


def _constant(value, like):
    return ast.copy_location(ast.Constant(value), like)


def _unless(flag, statements, like):
    return ast.copy_location(ast.If(_negated(flag, like), statements, []), like)


def _negated(flag, like):
    return ast.copy_location(ast.UnaryOp(ast.Not(), load(flag, like)), like)


def _both(first, second, like):
    return first if second is None else ast.copy_location(ast.BoolOp(ast.And(), [first, second]), like)


def _stops(loop, flag):
    """A loop that also ends when a flag is set."""
    if isinstance(loop, ast.While):
        loop.test = _both(_negated(flag, loop.test), loop.test, loop.test)
    else:
        loop.extra_test = _both(_negated(flag, loop), getattr(loop, "extra_test", None), loop)


class _Lowering:
    """Goes through the blocks of one function. What is made of a block, or a statement, comes with whether it may set the flag."""

    guarded = True

    def __init__(self, fresh):
        self.fresh = fresh
        self.flag = None

    def block(self, statements):
        """What follows a statement that may set the flag is put under the condition that it has not."""
        out = rest = []
        sets = any_sets = False
        for statement in statements:
            if sets and self.guarded:
                guard = _unless(self.flag, [], statement)
                rest.append(guard)
                rest = guard.body
            made, sets = self.statement(statement)
            rest.extend(made)
            any_sets = any_sets or sets
        return out, any_sets

    def statement(self, node):
        return self.inner(node)

    def inner(self, node):
        """A statement whose own blocks are gone through; those of functions and classes are not."""
        sets = False
        for holder, field in blocks_of(node):
            made, block_sets = self.block(getattr(holder, field))
            setattr(holder, field, made)
            sets = sets or block_sets
        return [node], sets

    def loop(self, node, name):
        """A loop with a flag of its own: the loop, its flag, whether it is set."""
        outer, self.flag = self.flag, self.fresh(name)
        _, sets = self.inner(node)
        own, self.flag = self.flag, outer
        return own, sets


class _Breaks(_Lowering):
    """`break` sets a flag and goes on to the next round, which does not come."""

    guarded = False

    def statement(self, node):
        if isinstance(node, ast.Break):
            return [assign(self.flag, _constant(True, node), node), ast.copy_location(ast.Continue(), node)], True
        if not isinstance(node, (ast.While, ast.For)):
            return self.inner(node)
        if node.orelse:
            raise Unconvertible("a loop with an else")
        flag, used = self.loop(node, "break")
        if not used:
            return [node], False
        _stops(node, flag)
        return [assign(flag, _constant(False, node), node), node], False


class _Continues(_Lowering):
    def statement(self, node):
        if isinstance(node, ast.Continue):
            return [assign(self.flag, _constant(True, node), node)], True
        if not isinstance(node, (ast.While, ast.For)):
            return self.inner(node)
        flag, used = self.loop(node, "continue")
        if used:
            node.body.insert(0, assign(flag, _constant(False, node), node))
        return [node], False


class _Returns(_Lowering):
    def function(self, statements):
        returns = [node for statement in statements for node in _walk_own(statement) if isinstance(node, ast.Return)]
        if not returns or returns == statements[-1:]:
            return statements
        self.flag, self.value = self.fresh("do_return"), self.fresh("retval_")
        first, last = statements[0], statements[-1]
        body, _ = self.block(statements)
        undefined = operator("UndefinedReturnValue", [], first)
        result = operator("returned", [load(self.value, last)], last)
        return [assign(self.flag, _constant(False, first), first), assign(self.value, undefined, first), *body, ast.copy_location(ast.Return(result), last)]

    def statement(self, node):
        if isinstance(node, ast.Return):
            value = node.value or _constant(None, node)
            return [assign(self.value, value, node), assign(self.flag, _constant(True, node), node)], True
        made, sets = self.inner(node)
        if sets and isinstance(node, (ast.While, ast.For)):
            _stops(node, self.flag)
        return made, sets


def _walk_own(node):
    """A statement and what is in it, functions and classes left out."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk_own(child)


def _with_returns_in_both_branches(statements):
    """What follows an `if` of which one branch returns belongs to the other branch. Gives the statements, those that are never reached left out, and whether they always return."""
    out = []
    for at, node in enumerate(statements):
        out.append(node)
        if isinstance(node, ast.Return):
            return out, True
        returns = []
        for holder, field in blocks_of(node):
            block, block_returns = _with_returns_in_both_branches(getattr(holder, field))
            setattr(holder, field, block)
            returns.append(block_returns)
        if isinstance(node, ast.If):
            body_returns, orelse_returns = returns[0], len(returns) > 1 and returns[1]
            if body_returns and orelse_returns:
                return out, True
            if body_returns or orelse_returns:
                rest, rest_returns = _with_returns_in_both_branches(statements[at + 1 :])
                (node.orelse if body_returns else node.body).extend(rest)
                return out, rest_returns
        elif isinstance(node, (ast.With, ast.AsyncWith)) and returns[0]:
            return out, True
    return out, False


def operator(name, arguments, like):
    """A call of one of `operators.py`."""
    function = ast.Attribute(ast.Name("%autograph", ast.Load()), name, ast.Load())
    call = ast.copy_location(ast.Call(function, arguments, []), like)
    return ast.fix_missing_locations(call)
