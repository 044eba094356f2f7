"""`tf.cond`, `tf.while_loop` and their kin: eagerly they are Python's control flow, in a graph they are ops whose bodies are traced.

TensorFlow: python/ops/cond.py, while_loop.py, map_fn.py, functional_ops.py.
"""
from _tape_lens import bridge, nest

from . import _graph, errors
from ._dtypes import as_dtype
from ._tensor_array import TensorArray
from ._tensors import SymbolicTensor, Tensor, Variable, is_tensor

_call = bridge.call


# ------------------------------------------------------------------------------------------------ what goes in and out of a graph


def to_tensor(leaf):
    """The tensor that a leaf of a structure is in a graph."""
    if isinstance(leaf, TensorArray):
        return leaf.flow
    if isinstance(leaf, Variable):
        return leaf.value()
    return leaf if isinstance(leaf, Tensor) else bridge.convert(leaf)


def tensors_of(structure, what="the function"):
    """The tensors of a structure; there is none for None."""
    found = []
    for leaf in nest.flatten(structure):
        if leaf is None:
            continue
        try:
            found.append(to_tensor(leaf))
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or None values; in compilation of {what}, "
                f"found return value of type {type(leaf).__name__}, which is not a Tensor or ExtensionType."
            ) from error
    return found


def filled(structure, tensors):
    """A structure with these tensors in it."""
    rest = iter(tensors)

    def leaf(old):
        if old is None:
            return None
        new = next(rest)
        return old.with_flow(new) if isinstance(old, TensorArray) else new

    return nest.pack_sequence_as(structure, [leaf(old) for old in nest.flatten(structure)])


# ------------------------------------------------------------------------------------------------ conditions


def cond(pred, true_fn=None, false_fn=None, name=None, strict=False):
    if not callable(true_fn):
        raise TypeError("'true_fn' must be callable.")
    if not callable(false_fn):
        raise TypeError("'false_fn' must be callable.")
    if _graph.executing_eagerly():
        return true_fn() if bool(pred) else false_fn()
    if isinstance(pred, bool):
        raise TypeError("pred must not be a Python bool", pred)
    return branches("If", to_tensor(pred), {"cond_true": true_fn, "cond_false": false_fn})


_DIFFERENT = "true_fn and false_fn arguments to tf.cond must have the same number, type, and overall structure of return values."


def branches(operation, which, functions):
    """One of several functions without arguments, as one op."""
    results = []

    def traced(function):
        def run():
            result = function()
            tensors = tensors_of(result)
            if results:
                _same_results(*results[0], result, tensors)
            results.append((result, tensors))
            return tensors

        return run

    bodies = [_graph.body(traced(function), _graph.Graph(name)) for name, function in functions.items()]
    found = bridge.wrap(bridge.js().branches(operation, which._h, *bodies))
    return filled(results[0][0], found)


def _same_results(first, first_tensors, second, second_tensors):
    try:
        nest.assert_same_structure(first, second)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{_DIFFERENT}\n\n{error}") from error
    if len(first_tensors) != len(second_tensors):
        raise TypeError(_DIFFERENT)
    for a, b in zip(first_tensors, second_tensors):
        if a.dtype != b.dtype:
            raise TypeError(f"{a!r} and {b!r} have different types")


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    pairs = list(pred_fn_pairs.items() if isinstance(pred_fn_pairs, dict) else pred_fn_pairs)
    action = default
    if default is None:
        *pairs, (predicate, last) = pairs

        def action():
            assert_true(predicate, ["Input error: None of conditions evaluated as True:"])
            return last()

    for predicate, branch in reversed(pairs):
        action = _choice(predicate, branch, action)
    return action()


def _choice(predicate, branch, otherwise):
    return lambda: cond(predicate, branch, otherwise)


def switch_case(branch_index, branch_fns, default=None, name="switch_case"):
    if isinstance(branch_fns, dict):
        branch_fns = list(branch_fns.items())
    if all(callable(f) for f in branch_fns):
        branch_fns = list(enumerate(branch_fns))
    if not branch_fns:
        raise ValueError("Must provide at least one item in branch_fns")
    known = dict(branch_fns)
    last = known[max(known)] if default is None else default
    if default is None and sorted(known) != list(range(len(known))):
        raise ValueError(f"branch indices (keys) must form contiguous range of [0 to {len(known) - 1}) but found {{{','.join(map(str, sorted(known)))}}}")
    functions = [known.get(i, last) for i in range(max(known) + 1)] + ([] if default is None else [default])
    if _graph.executing_eagerly():
        at = int(branch_index)
        return functions[at if 0 <= at < len(functions) else -1]()
    return branches("Case", to_tensor(branch_index), {f"branch{i}": f for i, f in enumerate(functions)})


# ------------------------------------------------------------------------------------------------ loops


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, maximum_iterations=None, name=None):
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if len(loop_vars) == 0:
        raise ValueError("'loop_vars' must be provided.")
    if not _graph.executing_eagerly():
        return while_in_graph(cond, body, loop_vars, maximum_iterations, shape_invariants is not None)
    values = loop_vars
    rounds = 0
    while (maximum_iterations is None or rounds < int(maximum_iterations)) and cond(*values):
        values = body(*values)
        nest.assert_same_structure(list(loop_vars), list(values))
        rounds += 1
    return nest.map_structure(lambda v: v if isinstance(v, TensorArray) else to_tensor(v), values)


def while_in_graph(cond, body, loop_vars, maximum_iterations=None, any_shape=True):
    """A loop as one op. `any_shape`: its variables may change their shapes."""
    initial = tensors_of(loop_vars)
    last = [loop_vars]

    def test(*state):
        return [to_tensor(cond(*filled(last[0], state)))]

    def round_(*state):
        result = body(*filled(last[0], state))
        if len(loop_vars) == 1 and not isinstance(result, (list, tuple)):
            result = (result,)
        after = type(loop_vars)(result) if isinstance(loop_vars, (list, tuple)) and not hasattr(loop_vars, "_fields") else result
        nest.assert_same_structure(loop_vars, after)
        tensors = tensors_of(after)
        for before, tensor, leaf in zip(initial, tensors, nest.flatten(after)):
            _same_kind(before, tensor, any_shape or isinstance(leaf, TensorArray))
        last[0] = after
        return tensors

    graph = _graph.Graph("while_body")
    bodies = [_graph.body(test, _graph.Graph("while_cond")), _graph.body(round_, graph)]
    most = None if maximum_iterations is None else to_tensor(maximum_iterations)._h
    found = bridge.wrap(bridge.js().loop("While", *bodies, most, *[t._h for t in initial]))
    return filled(last[0], found)


def _same_kind(before, after, any_shape):
    if before.dtype != after.dtype:
        raise TypeError(
            f"Loop var {_name(before)} enters the loop with type {before.dtype} but has type {after.dtype} after 1 iteration. {_name(before)} type should remain constant."
        )
    if not any_shape and not after.shape.is_at_least_as_known_as(before.shape):
        raise ValueError(
            f"Input tensor `{_name(before)}` enters the loop with shape {before.shape}, but has shape {after.shape} after one iteration. "
            "To allow the shape to vary across iterations, use the `shape_invariants` argument of tf.while_loop to specify a less-specific shape."
        )


def _name(tensor):
    return tensor.name if isinstance(tensor, SymbolicTensor) else "Const:0"


def free_shapes(_after):
    return _graph.current().free_shapes


def set_loop_options(parallel_iterations=None, swap_memory=None, maximum_iterations=None, shape_invariants=None):
    """`tf.autograph.experimental.set_loop_options`."""
    if shape_invariants is not None and _graph.current() is not None:
        _graph.current().free_shapes = True


def tensor_range(start, limit=None, delta=1, dtype=None, name="range"):
    """`tf.range`, which a `for` of a graph takes apart again."""
    if limit is None:
        start, limit = 0, to_tensor(start) if start is None else start
    made = _call("tf.range", (start, limit, delta, dtype, name))
    if isinstance(made, SymbolicTensor):
        made.range_parts = [_of_dtype(part, made.dtype) for part in (start, limit)] + [delta if isinstance(delta, (int, float)) else _of_dtype(delta, made.dtype)]
    return made


def _of_dtype(value, dtype):
    return _call("tf.cast", (value, dtype, None)) if is_tensor(value) else bridge.convert(value, dtype)


def range_parts(tensor):
    return getattr(tensor, "range_parts", None)


def static_number(value):
    """The number of what does not depend on the graph's inputs; None where it may."""
    if isinstance(value, SymbolicTensor):
        return None
    return value if isinstance(value, (int, float)) else float(value)


# ------------------------------------------------------------------------------------------------ loops over elements


def _arrays(elements, count, element_shapes=True):
    return [TensorArray(e.dtype, size=count, element_shape=list(e.shape)[1:] if element_shapes else None).unstack(e) for e in elements]


def _elements(elems):
    flat = [to_tensor(e) for e in nest.flatten(elems)]
    if not flat:
        raise ValueError("elems must not be empty")
    return flat, flat[0].shape[0] if flat[0].shape[0] is not None else _call("tf.shape", (flat[0], "int32", None))[0]


def map_fn(
    fn,
    elems,
    dtype=None,
    parallel_iterations=None,
    back_prop=True,
    swap_memory=False,
    infer_shape=True,
    name=None,
    fn_output_signature=None,
):
    from ._autograph import converted

    signature = dtype if fn_output_signature is None else fn_output_signature
    flat, count = _elements(elems)
    form = elems if signature is None else signature
    dtypes = [e.dtype for e in flat] if signature is None else [as_dtype(getattr(s, "dtype", s)) for s in nest.flatten(signature)]
    arrays = _arrays(flat, count)
    f = fn if _graph.executing_eagerly() else converted(fn)

    def round_(i, kept):
        result = f(nest.pack_sequence_as(elems, [array.read(i) for array in arrays]))
        nest.assert_same_structure(form, result)
        return i + 1, [array.write(i, value) for array, value in zip(kept, nest.flatten(result))]

    kept = [TensorArray(d, size=count) for d in dtypes]
    _, kept = while_loop(lambda i, _: _call("tf.less", (i, count, None)), round_, (bridge.convert(0), kept), maximum_iterations=count)
    return nest.pack_sequence_as(form, [array.stack() for array in kept])


def vectorized_map(fn, elems, fallback_to_while_loop=True, warn=True):
    """All elements at once, in a function of its own; here one after the other, which gives the same."""
    from ._function import Function

    def whole(given):
        flat, count = _elements(given)
        rows = [_call("tf.unstack", (e, None, 0, "unstack")) for e in flat]
        results = [fn(nest.pack_sequence_as(given, list(row))) for row in zip(*rows)]
        columns = zip(*[[to_tensor(leaf) for leaf in nest.flatten(result)] for result in results])
        return nest.pack_sequence_as(results[0], [_call("tf.stack", (list(column), 0, "stack")) for column in columns])

    if not _graph.executing_eagerly():
        return whole(elems)
    return Function(whole)(nest.map_structure(to_tensor, elems))


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True, reverse=False, name=None):
    flat, count = _elements(elems)
    arrays = _arrays(flat, count)
    form = elems if initializer is None else initializer
    first = count - 1 if reverse else 0
    if initializer is None:
        state = [array.read(first) for array in arrays]
        at = 1
    else:
        state = [to_tensor(value) for value in nest.flatten(initializer)]
        at = 0
    kept = [TensorArray(s.dtype, size=count, element_shape=list(s.shape)) for s in state]
    if initializer is None:
        kept = [array.write(first, value) for array, value in zip(kept, state)]

    def round_(i, values, kept):
        result = fn(nest.pack_sequence_as(form, values), nest.pack_sequence_as(elems, [array.read(i) for array in arrays]))
        nest.assert_same_structure(form, result)
        after = [to_tensor(leaf) for leaf in nest.flatten(result)]
        return i - 1 if reverse else i + 1, after, [array.write(i, value) for array, value in zip(kept, after)]

    def test(i, *_):
        return i >= 0 if reverse else _call("tf.less", (i, count, None))

    start = bridge.convert(count - 1 - at if reverse else at)
    _, _, kept = while_loop(test, round_, (start, state, kept), maximum_iterations=count)
    return nest.pack_sequence_as(form, [array.stack() for array in kept])


def foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    return _fold(fn, elems, initializer, lambda i, count: i, lambda i, count: _call("tf.less", (i, count, None)), lambda i: i + 1, from_end=False)


def foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    return _fold(fn, elems, initializer, lambda i, count: i - 1, lambda i, count: i > 0, lambda i: i - 1, from_end=True)


def _fold(fn, elems, initializer, place, test, step, from_end):
    flat, count = _elements(elems)
    arrays = _arrays(flat, count)

    def element(at):
        return nest.pack_sequence_as(elems, [array.read(at) for array in arrays])

    if initializer is None:
        at = count - 1 if from_end else 0
        state = element(at)
        at = at if from_end else 1
    else:
        at = count if from_end else 0
        state = nest.map_structure(to_tensor, initializer)
    _, state = while_loop(
        lambda i, _: test(i, count),
        lambda i, now: [step(i), fn(now, element(place(i, count)))],
        [bridge.convert(at), state],
        maximum_iterations=count,
    )
    return state


# ------------------------------------------------------------------------------------------------ effects


def effect(action, *tensors):
    """Has something done with tensors that have numbers: now, or whenever the graph runs."""

    def run(*handles):
        with _graph.outside():
            action(*[bridge.wrap_handle(handle) for handle in handles])

    if _graph.executing_eagerly():
        action(*tensors)
    else:
        bridge.check(bridge.js().effect(bridge.keep(run), *[t._h for t in tensors]))


def assert_true(condition, data, summarize=None, name=None):
    """`tf.Assert`."""

    def check(value, *values):
        if not bool(_call("tf.reduce_all", (value, None, False, None))):
            shown = iter(values)
            text = ", ".join(str(next(shown).numpy()) if is_tensor(d) else str(d) for d in data)
            raise errors.InvalidArgumentError(f"Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: {text}")

    effect(check, to_tensor(condition), *[to_tensor(d) for d in data if is_tensor(d)])
