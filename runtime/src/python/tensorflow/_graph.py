"""Which function is being traced: what of TensorFlow depends on whether its ops are carried out or written down."""
import contextlib

from _tape_lens import bridge


class Graph:
    """A function, branch or loop body while its Python runs. TensorFlow: python/framework/func_graph.py."""

    def __init__(self, name):
        self.name = name
        # Variables made inside, other than those that a layer makes for itself.
        self.created = []
        # `set_loop_options(shape_invariants=...)`: what goes round may change its shape.
        self.free_shapes = False
        self._names = {}

    def unique_name(self, name):
        count = self._names.get(name, 0)
        self._names[name] = count + 1
        return name if count == 0 else f"{name}_{count}"


# Outermost first.
stack = []


def forget():
    """Before each program."""
    stack.clear()


def executing_eagerly():
    return not stack


def current():
    return stack[-1] if stack else None


@contextlib.contextmanager
def building(graph):
    stack.append(graph)
    try:
        yield graph
    finally:
        stack.pop()


@contextlib.contextmanager
def init_scope():
    """`tf.init_scope`: what is in it happens once and for good."""
    if not stack:
        yield
        return
    outside = stack[:]
    stack.clear()
    bridge.js().leaveGraph()
    try:
        yield
    finally:
        bridge.js().returnToGraph()
        stack[:] = outside


@contextlib.contextmanager
def trial():
    """What is written down in it is thrown away: to see what a loop makes of its variables."""
    bridge.js().beginTrial()
    try:
        with building(Graph("trial")):
            yield
    finally:
        bridge.js().endTrial()


@contextlib.contextmanager
def outside():
    """Python that a graph runs on numbers: it is no part of what is traced."""
    before = stack[:]
    stack.clear()
    try:
        yield
    finally:
        stack[:] = before


@contextlib.contextmanager
def building_within(around, graph):
    """A graph of what was written down elsewhere: it may use the tensors of the graphs there."""
    before = stack[:]
    stack[:] = [*around, graph]
    try:
        yield graph
    finally:
        stack[:] = before


def gradient_body(function, name):
    """A function of gradients that may give None: traced in a graph, called each time otherwise. The graph it belongs to may be complete when it is traced."""
    around = stack[:]

    def run(*handles):
        with building_within(around, graph) if graph is not None else contextlib.nullcontext():
            given = [bridge.wrap_gradient(handle) for handle in handles]
            found = staged_rows(function, given) if in_rows_outside_of_a_graph() else function(*given)
            bridge.js().give(*[None if g is None else g._h for g in found])

    graph = None if executing_eagerly() else Graph(name)
    proxy = bridge.proxy_of(run)
    return proxy if graph is None else bridge.js().body(proxy)


def in_rows_outside_of_a_graph():
    """Whether the rows of a Jacobian are made all at once, in a function of their own."""
    return len(stack) == 1 and stack[0].name == "loop_body"


def staged_rows(function, given):
    """AutoGraph converts the function of the rows: what the program's own gradient raises comes out of it as out of a `tf.function`."""
    from . import _autograph

    try:
        return function(*given)
    except Exception as error:
        raise _autograph.staged(error)


def body(function, graph):
    """A function of handles that gives tensors, for the other side to trace."""

    def run(*handles):
        with building(graph):
            bridge.js().give(*[tensor._h for tensor in function(*[bridge.wrap_handle(handle) for handle in handles])])

    return bridge.js().body(bridge.proxy_of(run))
