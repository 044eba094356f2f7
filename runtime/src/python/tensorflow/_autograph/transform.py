"""Makes of a function's syntax tree one in which `if`, `while`, `for`, `and`, `or`, `not`, conditional expressions and calls go through `operators.py`.

TensorFlow: python/autograph/converters/control_flow.py, call_trees.py, conditional_expressions.py, logical_expressions.py. Every node keeps the place that it has in the user's file.
"""
import ast
import copy

from .lower import Unconvertible, load, lowered, operator
from .names import Flow, bound_in, declared_in

# Left to Python: they look at the frame that calls them, or at what is printed while a function is traced.
_LEFT_ALONE = {"print", "super", "breakpoint", "locals", "globals", "eval", "exec", "vars", "dir"}


def transformed_function(node):
    """A function definition, or a lambda, transformed; the one given is left as it is."""
    node = copy.deepcopy(node)
    if isinstance(node, ast.Lambda):
        node.body = _Expressions(_Function(node)).visit(node.body)
        return node
    return _Function(node).definition()


class _Function:
    """One function. Functions inside are functions of their own."""

    def __init__(self, node):
        self.node = node
        arguments = node.args
        self.parameters = [a.arg for a in arguments.posonlyargs + arguments.args + arguments.kwonlyargs + [a for a in (arguments.vararg, arguments.kwarg) if a]]
        self._counts = {}
        # Names that may be read before anything is assigned to them.
        self.undefined = set()

    def fresh(self, name):
        """A name that no program has: it is no identifier."""
        count = self._counts[name] = self._counts.get(name, 0) + 1
        return f"%{name}{count}"

    def definition(self):
        node = self.node
        if any(isinstance(inner, (ast.Yield, ast.YieldFrom, ast.Await)) for inner in ast.walk(node)):
            raise Unconvertible("a generator")
        self.globals = declared_in(node.body, ast.Global)
        self.nonlocals = declared_in(node.body, ast.Nonlocal)
        statements = lowered(node.body, self.fresh)
        Flow(statements, self.parameters)
        self._find_undefined(statements)
        self._expressions = _Expressions(self)
        node.body = self._block(statements)
        node.decorator_list = [self._expressions.visit(d) for d in node.decorator_list]
        return ast.fix_missing_locations(node)

    # ---------------------------------------------------------------- what goes in and out

    def _find_undefined(self, statements):
        for statement in statements:
            for node in ast.walk(statement):
                if hasattr(node, "live_before"):
                    node.state, node.outputs, node.not_bound = self._state(node)
                    self.undefined.update(node.not_bound)

    def _state(self, node):
        """What a branch or a loop changes and somebody reads: symbols with their nodes, how many of them come out, and which may not be bound yet."""
        assigned = bound_in(node.body + node.orelse + ([node.target] if isinstance(node, ast.For) else []))
        live_in, live_out = node.live_before, node.live_after
        state, inputs_only = {}, set()
        for symbol, place in assigned.items():
            if isinstance(place, ast.Name):
                if symbol in live_in or symbol in live_out or symbol in self.nonlocals or symbol in self.globals:
                    state[symbol] = place
                    if symbol in live_in and symbol not in live_out and symbol not in self.nonlocals | self.globals:
                        inputs_only.add(symbol)
            elif all(name.id in live_in for name in ast.walk(place) if isinstance(name, ast.Name)):
                state[symbol] = place
        ordered = sorted(state, key=lambda symbol: (symbol in inputs_only, symbol))
        not_bound = [s for s, place in assigned.items() if isinstance(place, ast.Name) and s not in node.bound_before | self.globals | self.nonlocals]
        return {s: state[s] for s in ordered}, len(ordered) - len(inputs_only), sorted(not_bound)

    # ---------------------------------------------------------------- statements

    def _block(self, statements):
        return [made for statement in statements for made in self._statement(statement)]

    def _statement(self, node):
        if isinstance(node, ast.If):
            return self._if(node)
        if isinstance(node, ast.While):
            return self._while(node)
        if isinstance(node, ast.For):
            return self._for(node)
        if isinstance(node, ast.FunctionDef):
            return [_Function(node).definition()]
        if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef)):
            return [node]
        for field, value in ast.iter_fields(node):
            if field in ("body", "orelse", "finalbody") and isinstance(value, list):
                setattr(node, field, self._block(value))
            elif field in ("handlers", "cases"):
                for part in value:
                    part.body = self._block(part.body)
            elif isinstance(value, ast.AST):
                setattr(node, field, self._expressions.visit(value))
            elif isinstance(value, list):
                setattr(node, field, [self._expressions.visit(v) if isinstance(v, ast.AST) else v for v in value])
        return [node]

    def _if(self, node):
        test = self._expressions.visit(node.test)
        body = self._branch(node, "if_body", self._block(node.body))
        orelse = self._branch(node, "else_body", self._block(node.orelse))
        operands = [test, load(body.name, node), load(orelse.name, node)]
        return [*self._undefined(node), body, orelse, *self._with_state(node, "if_stmt", operands, [ast.Constant(node.outputs)])]

    def _while(self, node):
        test = self._branch(node, "loop_test", [ast.copy_location(ast.Return(self._expressions.visit(node.test)), node.test)])
        body = self._branch(node, "loop_body", self._block(node.body))
        return [*self._undefined(node), test, body, *self._with_state(node, "while_stmt", [load(test.name, node), load(body.name, node)], [])]

    def _for(self, node):
        iterated = self._expressions.visit(node.iter)
        item = self.fresh("item")
        target = ast.copy_location(ast.Assign([node.target], load(item, node.target)), node.target)
        body = self._branch(node, "loop_body", [target, *self._block(node.body)], [item])
        out = [*self._undefined(node), body]
        test = ast.Constant(None)
        if getattr(node, "extra_test", None) is not None:
            function = self._branch(node, "extra_test", [ast.copy_location(ast.Return(self._expressions.visit(node.extra_test)), node)])
            out.append(function)
            test = load(function.name, node)
        return [*out, *self._with_state(node, "for_stmt", [iterated, test, load(body.name, node)], [ast.Constant(ast.unparse(node.target))])]

    def _branch(self, node, name, statements, arguments=()):
        """A block as a function that changes the names of the function around."""
        return self._function(node, name, [*self._declarations(node), *(statements or [ast.Pass()])], arguments)

    def _function(self, node, name, statements, arguments=()):
        parameters = ast.arguments([], [ast.arg(a) for a in arguments], None, [], [], None, [])
        made = ast.FunctionDef(self.fresh(name), parameters, statements, [], None, None, [])
        return ast.fix_missing_locations(ast.copy_location(made, node))

    def _declarations(self, node):
        names = [s for s, place in node.state.items() if isinstance(place, ast.Name)]
        found = []
        for kind, chosen in ((ast.Global, [s for s in names if s in self.globals]), (ast.Nonlocal, [s for s in names if s not in self.globals])):
            if chosen:
                found.append(kind(chosen))
        return found

    def _undefined(self, node):
        return [ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], operator("Undefined", [ast.Constant(name)], node)), node) for name in node.not_bound]

    def _with_state(self, node, operation, operands, more):
        """The call of an operator, with functions that get and set what the block changes."""
        places = list(node.state.values())
        values = [_loaded(place) if isinstance(place, ast.Name) else operator("ldu", [_thunk(_loaded(place)), ast.Constant(symbol)], node) for symbol, place in node.state.items()]
        getter = self._function(node, "get_state", [ast.Return(ast.Tuple(values, ast.Load()))])
        values_name = self.fresh("values")
        setting = [ast.Assign([ast.Tuple([_stored(place) for place in places], ast.Store())], ast.Name(values_name, ast.Load()))] if places else [ast.Pass()]
        setter = self._function(node, "set_state", [*self._declarations(node), *setting], [values_name])
        names = ast.Tuple([ast.Constant(symbol) for symbol in node.state], ast.Load())
        call = operator(operation, [*operands, load(getter.name, node), load(setter.name, node), names, *more], node)
        return [getter, setter, ast.copy_location(ast.Expr(call), node)]


def _loaded(place):
    return _in_context(place, ast.Load())


def _stored(place):
    return _in_context(place, ast.Store())


def _in_context(place, context):
    place = copy.deepcopy(place)
    place.ctx = context
    return place


def _thunk(expression):
    made = ast.Lambda(ast.arguments([], [], None, [], [], None, []), expression)
    return ast.fix_missing_locations(ast.copy_location(made, expression))


class _Expressions(ast.NodeTransformer):
    def __init__(self, function):
        self._function = function

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args and self._function.parameters:
            node.args = [load("__class__", node), load(self._function.parameters[0], node)]
        if not (isinstance(node.func, ast.Name) and node.func.id in _LEFT_ALONE):
            node.func = operator("call", [self.visit(node.func)], node.func)
        node.args = [self.visit(a) for a in node.args]
        node.keywords = [self.visit(k) for k in node.keywords]
        return node

    def visit_BoolOp(self, node):
        if _binds(node):
            return self.generic_visit(node)
        *first, last = [self.visit(v) for v in node.values]
        name = "and_" if isinstance(node.op, ast.And) else "or_"
        for value in reversed(first):
            last = operator(name, [_thunk(value), _thunk(last)], node)
        return last

    def visit_Compare(self, node):
        """`a < b < c` is `a < b and b < c`."""
        if len(node.ops) == 1 or _binds(node):
            return self.generic_visit(node)
        operands = [node.left, *node.comparators]
        pairs = [ast.copy_location(ast.Compare(copy.deepcopy(a), [op], [b]), node) for a, op, b in zip(operands, node.ops, operands[1:])]
        return self.visit(ast.copy_location(ast.BoolOp(ast.And(), pairs), node))

    def visit_UnaryOp(self, node):
        node = self.generic_visit(node)
        return operator("not_", [node.operand], node) if isinstance(node.op, ast.Not) else node

    def visit_IfExp(self, node):
        if _binds(node):
            return self.generic_visit(node)
        text = ast.unparse(node)
        return operator("if_exp", [self.visit(node.test), _thunk(self.visit(node.body)), _thunk(self.visit(node.orelse)), ast.Constant(text)], node)

    def visit_Lambda(self, node):
        node.args = self.generic_visit(node.args)
        node.body = _Expressions(_Inner(node, self._function)).visit(node.body)
        return node

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and node.id in self._function.undefined:
            return operator("ld", [node], node)
        return node


class _Inner:
    """A lambda inside a function: names that may be undefined outside may be so inside, unless they are its own."""

    def __init__(self, node, outer):
        own = _Function(node).parameters
        self.parameters = outer.parameters
        self.undefined = outer.undefined - set(own)


def _binds(node):
    """Whether a name is bound on the way, which a function of its own would keep to itself."""
    return any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(node))
