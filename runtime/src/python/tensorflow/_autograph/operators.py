"""What transformed code calls: Python's own meaning on Python's values, ops of a graph on tensors.

TensorFlow: python/autograph/operators (control_flow.py, logical.py, conditional_expressions.py, py_builtins.py, variables.py).
"""
from _tape_lens import bridge, nest

from .. import _control, _graph, errors
from .._tensor_array import TensorArray
from .._tensors import Tensor, Variable, is_tensor

# Set by the package: gives the transformed function of a function.
converted = None

_UNSET = object()


# ------------------------------------------------------------------------------------------------ names


class Undefined:
    """A name that nothing is assigned to yet."""

    def __init__(self, name):
        object.__setattr__(self, "symbol_name", name)

    def __repr__(self):
        return self.symbol_name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self


class UndefinedReturnValue:
    """No `return` has been come to."""


def ld(value):
    if type(value) is Undefined:
        raise UnboundLocalError(f"'{value.symbol_name}' is used before assignment")
    return value


def ldu(load, name):
    """The value of `x.y` or `x['y']`, or that it has none."""
    try:
        return load()
    except (KeyError, AttributeError, NameError):
        return Undefined(name)


def returned(value):
    return None if type(value) is UndefinedReturnValue else value


def _is_missing(value):
    return value is None or type(value) in (Undefined, UndefinedReturnValue)


# ------------------------------------------------------------------------------------------------ calls


def call(f):
    """What is really called for a function in transformed code."""
    try:
        overload = _OVERLOADS.get(f)
    except TypeError:
        overload = None
    return converted(f) if overload is None else overload


def _abs(x):
    return abs(x)


def _float(x=0):
    return bridge.call("tf.cast", (x, "float32", None)) if is_tensor(x) else float(x)


def _int(x=0, base=_UNSET):
    if is_tensor(x):
        return bridge.call("tf.cast", (x, "int32", None))
    return int(x) if base is _UNSET else int(x, base)


def _len(x):
    if isinstance(x, TensorArray):
        return x.size()
    if not is_tensor(x):
        return len(x)
    if x.shape.rank == 0:
        raise ValueError(f"len requires a non-scalar tensor, got one of shape {bridge.convert([], 'int32')!r}")
    return bridge.call("tf.shape", (x, "int32", None))[0] if x.shape[0] is None else x.shape[0]


def _range(start_or_stop, stop=_UNSET, step=_UNSET):
    given = [v for v in (start_or_stop, stop, step) if v is not _UNSET]
    if not any(is_tensor(v) for v in given):
        return range(*given)
    first, last = (0, start_or_stop) if stop is _UNSET else (start_or_stop, stop)
    if step is _UNSET:
        last = bridge.call("tf.maximum", (first, last, None))
    return _control.tensor_range(first, last, 1 if step is _UNSET else step)


_OVERLOADS = {abs: _abs, float: _float, int: _int, len: _len, range: _range}


# ------------------------------------------------------------------------------------------------ logic


def not_(a):
    return bridge.call("tf.logical_not", (a, None)) if is_tensor(a) else not a


def and_(a, b):
    value = a()
    return _control.cond(value, b, lambda: value) if is_tensor(value) else value and b()


def or_(a, b):
    value = a()
    return _control.cond(value, lambda: value, b) if is_tensor(value) else value or b()


def if_exp(test, body, orelse, text):
    if not is_tensor(test) or _graph.executing_eagerly():
        return body() if test else orelse()
    results = []

    def run(branch):
        results.append(branch())
        if len(results) == 2:
            _verify_single(text, *results)
        return results[-1]

    return _control.cond(test, lambda: run(body), lambda: run(orelse))


# ------------------------------------------------------------------------------------------------ if


def if_stmt(test, body, orelse, get_state, set_state, names, outputs):
    if is_tensor(test) and not _graph.executing_eagerly():
        _tensor_if(_condition(test, "if statement"), body, orelse, get_state, set_state, names, outputs)
    elif test:
        body()
    else:
        orelse()


def _tensor_if(test, body, orelse, get_state, set_state, names, outputs):
    before = get_state()
    after = {}

    def branch(block, name):
        def run():
            set_state(before)
            block()
            values = after[name] = get_state()[:outputs]
            for symbol, value in zip(names, values):
                if type(value) is Undefined:
                    raise ValueError(f"'{symbol}' must also be initialized in the {name} branch")
                if type(value) is UndefinedReturnValue:
                    raise ValueError(f"the {name} branch must also have a return statement.")
            if len(after) == 2:
                _verify_branches(names, after["main"], after["else"])
            return tuple(values)

        return run

    found = _control.cond(test, branch(body, "main"), branch(orelse, "else"))
    set_state(tuple(found) + tuple(before[outputs:]))


def _verify_branches(names, main, other):
    for name, first, second in zip(names, main, other):
        try:
            nest.assert_same_structure(first, second)
        except (ValueError, TypeError) as error:
            raise TypeError(f"'{name}' must have the same nested structure in the main and else branches:\n\n{error}") from error
        for a, b in zip(nest.flatten(first), nest.flatten(second)):
            _verify_single(name, a, b)


def _verify_single(name, first, second):
    for value, branch in ((first, "main"), (second, "else")):
        if value is None:
            raise ValueError(f"'{name}' is None at the end of the {branch} branch.")
    first, second = _dtype(first), _dtype(second)
    if first is not None and second is not None and first != second:
        raise TypeError(f"'{name}' has dtype {first.name} in the main branch, but dtype {second.name} in the else branch")


def _dtype(value):
    if isinstance(value, (bool, int, float)):
        return bridge.convert(value).dtype
    return value.dtype if is_tensor(value) else None


def _condition(test, what):
    hint = "; to check for None, use `is not None`"
    if test.dtype.name != "bool":
        raise ValueError(f"condition of {what} expected to be `tf.bool` scalar, got {test}; to use as boolean Tensor, use `tf.cast`{hint}")
    if test.shape.rank and test.shape.num_elements() not in (1, None):
        raise ValueError(f"condition of {what} expected to be `tf.bool` scalar, got {test}{hint}")
    return bridge.call("tf.reshape", (test, [], None)) if test.shape.rank else test


# ------------------------------------------------------------------------------------------------ while


_BECAME_TENSOR = (
    "The condition of while loop started as non-Tensor, then changed to Tensor. This may happen either because variables changed type, or when a break or return statement "
    "inside the loop depends on a Tensor condition. In both cases, changing to a TF loop should remove the error."
)


def _in_python(test, otherwise):
    """Whether a test that Python makes holds; `otherwise`: what is said where only a tensor knows."""
    try:
        return bool(test)
    except errors.OperatorNotAllowedInGraphError as error:
        raise NotImplementedError(otherwise) from error


def while_stmt(test, body, get_state, set_state, names):
    if not _graph.executing_eagerly():
        before = get_state()
        with _graph.trial():
            first = test()
        set_state(before)
        if is_tensor(first):
            _tensor_while(test, body, get_state, set_state, names)
            return
    while _in_python(test(), _BECAME_TENSOR):
        body()


def _tensor_while(test, body, get_state, set_state, names):
    before = get_state()
    missing = [_is_missing(value) for value in before]
    needs_round = any(missing)
    initial = _with_placeholders(before, missing, body, get_state, set_state, names) if needs_round else before

    def state_of(values):
        set_state(values[1:] if needs_round else values)

    def run_test(*values):
        state_of(values)
        return _condition(_as_tensor(test()), "while loop")

    def run_body(*values):
        state_of(values)
        body()
        after = get_state()
        _verify_round(names, values[1:] if needs_round else values, after)
        return ((True,) if needs_round else ()) + tuple(after)

    found = _control.while_in_graph(run_test, run_body, ((False,) if needs_round else ()) + tuple(initial))
    if needs_round:
        absent = ", ".join("the function return value" if type(v) is UndefinedReturnValue else n for n, v, m in zip(names, before, missing) if m)
        _control.assert_true(found[0], [f"loop must iterate at least once to initialize {absent}"])
        found = found[1:]
    set_state(tuple(found))


def _as_tensor(value):
    return value if is_tensor(value) else bridge.convert(value)


def _with_placeholders(before, missing, body, get_state, set_state, names):
    """What has no value before the loop gets zeros of the kind that a round makes of it."""
    found, note = None, ""
    try:
        with _graph.trial():
            set_state(tuple(_traced_number(value) for value in before))
            body()
            after = get_state()
        found = tuple(_zeros_like(new, old) if gone else old for old, new, gone in zip(before, after, missing))
    except (UnboundLocalError, TypeError, ValueError, KeyError) as error:
        note = f"\nNote: AutoGraph tried to define it automatically, but ran into a {type(error).__name__}: {error}"
    finally:
        set_state(before)
    for name, value in zip(names, before if found is None else found):
        if type(value) is UndefinedReturnValue:
            raise NotImplementedError(
                "a return statement cannot be placed inside this TensorFlow loop; this may happen if a return statement depends on a static Python condition such as a hyperparameter"
            )
        if value is None:
            raise ValueError(f"'{name}' is not allowed to be None before the loop")
        if type(value) is Undefined:
            raise ValueError(f"'{name}' must be defined before the loop{note}")
    return found


def _traced_number(value):
    if isinstance(value, (bool, int, float)) or nest.is_nested(value):
        return nest.map_structure(lambda v: bridge.convert(v) if isinstance(v, (bool, int, float)) else v, value)
    return value


def _zeros_like(value, otherwise):
    if _is_missing(value):
        return otherwise
    if isinstance(value, (bool, int, float)):
        return type(value)(0)
    if is_tensor(value):
        return bridge.call("tf.zeros", (list(value.shape), value.dtype, None, None))
    if nest.is_nested(value):
        return nest.map_structure(lambda v: _zeros_like(v, v), value)
    raise TypeError(
        f"Found an unsupported type '{type(value).__name__}' while creating placeholder for {value}. Supported types include Tensor, int, float, bool, list, tuple or dict."
    )


def _verify_round(names, before, after):
    free = _control.free_shapes(after)
    for name, first, second in zip(names, before, after):
        try:
            nest.assert_same_structure(first, second)
        except (ValueError, TypeError) as error:
            raise TypeError(f"'{name}' does not have the same nested structure after one iteration.\n\n{error}") from error
        for a, b in zip(nest.flatten(first), nest.flatten(second)):
            if b is None:
                raise ValueError(f"'{name}' is None at the end of the iteration.")
            was, now = _dtype(a), _dtype(b)
            if was is None or now is None:
                continue
            if was != now:
                raise TypeError(f"'{name}' has dtype {was.name} before the loop, but dtype {now.name} after one iteration")
            shapes = _shape(a), _shape(b)
            if not free and not shapes[1].is_at_least_as_known_as(shapes[0]):
                raise ValueError(
                    f"'{name}' has shape {shapes[0]} before the loop, but shape {shapes[1]} after one iteration. Use tf.autograph.experimental.set_loop_options to set shape invariants."
                )


def _shape(value):
    return value.shape if is_tensor(value) else bridge.convert(value).shape


# ------------------------------------------------------------------------------------------------ for


_STOPS_IN_PYTHON = (
    "break and return statements which depend on a TF condition are not supported in Python for loops. Did you intend to make it a TF loop?\nSee "
    "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/limitations.md#consistency-of-control-flow-types for more info."
)


def for_stmt(iterated, extra_test, body, get_state, set_state, names, target):
    if is_tensor(iterated) and not _graph.executing_eagerly():
        parts = _control.range_parts(iterated)
        if parts is None:
            _for_over_rows(iterated, extra_test, body, get_state, set_state, names)
        else:
            _for_over_range(*parts, extra_test, body, get_state, set_state, names, target)
        return

    def goes_on():
        return extra_test is None or _in_python(extra_test(), _STOPS_IN_PYTHON)

    if goes_on():
        for item in iterated:
            body(item)
            if not goes_on():
                break


def _for_over_rows(rows, extra_test, body, get_state, set_state, names):
    count = _len(rows)
    kept = TensorArray(rows.dtype, size=count).unstack(rows)
    at = 0

    def get():
        return (at, *get_state())

    def set_(values):
        nonlocal at
        at, *rest = values
        set_state(tuple(rest))

    def run():
        nonlocal at
        body(kept.read(at))
        at = at + 1

    _tensor_while(lambda: _also(bridge.call("tf.less", (at, count, None)), extra_test), run, get, set_, ("<internal iterate>", *names))


def _for_over_range(start, limit, delta, extra_test, body, get_state, set_state, names, target):
    at = start

    def get():
        values = [at if name == target and type(value) is Undefined else value for name, value in zip(names, get_state())]
        return (at, *values)

    def set_(values):
        nonlocal at
        at, *rest = values
        set_state(tuple(rest))

    def run():
        nonlocal at
        body(at)
        at = at + delta

    def test():
        number = _control.static_number(delta)
        if number is not None:
            main = at < limit if number >= 0 else at > limit
        else:
            main = ((delta >= 0) & (at < limit)) | ((delta < 0) & (at > limit))
        return _also(main, extra_test)

    _tensor_while(test, run, get, set_, ("<internal iterate>", *names))


def _also(test, extra_test):
    return test if extra_test is None else _control.cond(test, extra_test, lambda: False)
