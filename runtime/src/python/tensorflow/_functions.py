"""What of TensorFlow is protocol and not arithmetic: `tf.function`, `tf.nest`, `tf.Module`, `tf.custom_gradient`, control flow on values that are there."""
import functools

from _tape_lens import bridge, nest
from _tape_lens.failures import NotSupported

from ._dtypes import DTYPES, TensorShape, as_dtype
from ._tensors import Tensor, Variable, is_tensor


def function(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False, **_):
    """`tf.function`."""

    def decorate(body):
        return Function(body)

    return decorate if func is None else decorate(func)


class Function:
    """A function that is one op to the tapes around it. Its body runs each time it is called."""

    def __init__(self, body, owner=None):
        self.python_function = body
        self._owner = owner
        functools.update_wrapper(self, body)

    def __get__(self, owner, kind=None):
        return self if owner is None else Function(self.python_function, owner)

    def get_concrete_function(self, *_, **__):
        return self

    def __call__(self, *args, **kwargs):
        from pyodide.ffi import create_proxy

        if self._owner is not None:
            args = (self._owner, *args)
        structure = (args, kwargs)
        flat = nest.flatten(structure)
        places = [i for i, value in enumerate(flat) if isinstance(value, Tensor)]
        returned = []

        def body(*handles):
            inner = list(flat)
            for place, handle in zip(places, handles):
                inner[place] = Tensor(handle)
            inner_args, inner_kwargs = nest.pack_sequence_as(structure, inner)
            result = self.python_function(*inner_args, **inner_kwargs)
            leaves = [leaf if leaf is None else leaf.value() if isinstance(leaf, Variable) else leaf if isinstance(leaf, Tensor) else bridge.convert(leaf) for leaf in nest.flatten(result)]
            returned.append((result, leaves))
            bridge.js().give(*[leaf._h for leaf in leaves if leaf is not None])

        proxy = create_proxy(body)
        try:
            outputs = bridge.wrap(bridge.js().callFunction(self.__name__, proxy, *[flat[place]._h for place in places]))
        finally:
            proxy.destroy()
        result, leaves = returned[0]
        rest = iter(outputs)
        return nest.pack_sequence_as(result, [None if leaf is None else next(rest) for leaf in leaves])


def custom_gradient(f=None):
    """`tf.custom_gradient`. TensorFlow: python/ops/custom_gradient.py, _eager_mode_decorator."""
    if f is None:
        return custom_gradient

    @functools.wraps(f)
    def decorated(*args, **kwargs):
        result, gradient = f(*args, **kwargs)
        inputs = [bridge.convert(a) for a in nest.flatten(args) + nest.flatten(kwargs)]
        outputs = [bridge.call("tf.identity", (r, None)) for r in nest.flatten(result)]

        def backward(*handles):
            found = gradient(*[Tensor(h) for h in handles])
            found = [g if g is None else bridge.convert(g) for g in nest.flatten(found)]
            if len(found) != len(inputs):
                raise ValueError(f"custom_gradient function expected to return {len(inputs)} gradients, but returned {len(found)} instead.")
            bridge.js().give(*[None if g is None else g._h for g in found])

        name = getattr(f, "__name__", "custom")
        bridge.js().customGradient(name, bridge.keep(backward), len(inputs), *[t._h for t in inputs + outputs])
        return nest.pack_sequence_as(result, outputs)

    return decorated


class Module:
    def __init__(self, name=None):
        self._name = name or type(self).__name__.lower()

    @property
    def name(self):
        return getattr(self, "_name", type(self).__name__.lower())

    @property
    def variables(self):
        return tuple(_collect(self, set()))

    @property
    def trainable_variables(self):
        return tuple(v for v in _collect(self, set()) if v.trainable)

    @property
    def submodules(self):
        return tuple(m for m in _modules(self, set()) if m is not self)


def _children(owner):
    """In TensorFlow's order: by attribute name."""
    attributes = vars(owner)
    return [attributes[name] for name in sorted(attributes)]


def _collect(value, seen):
    if isinstance(value, Variable):
        if id(value) not in seen:
            seen.add(id(value))
            yield value
    elif isinstance(value, Module):
        if id(value) not in seen:
            seen.add(id(value))
            own = getattr(value, "_own_variables_", None)
            for child in _children(value) if own is None else own():
                yield from _collect(child, seen)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from _collect(child, seen)
    elif isinstance(value, dict):
        for key in value:
            yield from _collect(value[key], seen)


def _modules(value, seen):
    if isinstance(value, Module):
        if id(value) not in seen:
            seen.add(id(value))
            yield value
            for child in _children(value):
                yield from _modules(child, seen)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from _modules(child, seen)


def cond(pred, true_fn=None, false_fn=None, name=None):
    return true_fn() if bool(pred) else false_fn()


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    for predicate, branch in pred_fn_pairs:
        if bool(predicate):
            return branch()
    return default() if default is not None else pred_fn_pairs[-1][1]()


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, maximum_iterations=None, name=None):
    values = nest.map_structure(lambda v: v if is_tensor(v) else bridge.convert(v), loop_vars)
    rounds = 0
    while bool(cond(*values)) and (maximum_iterations is None or rounds < int(maximum_iterations)):
        result = body(*values)
        values = result if isinstance(result, (list, tuple)) else (result,)
        rounds += 1
    return values


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, name=None, fn_output_signature=None):
    stack = bridge.call
    flat = [e if is_tensor(e) else bridge.convert(e) for e in nest.flatten(elems)]
    results = [fn(nest.pack_sequence_as(elems, [e[i] for e in flat])) for i in range(flat[0].shape[0])]
    columns = zip(*[nest.flatten(r) for r in results])
    return nest.pack_sequence_as(results[0], [stack("tf.stack", (list(column), 0, "stack")) for column in columns])


def vectorized_map(fn, elems, fallback_to_while_loop=True, warn=True):
    return map_fn(fn, elems)


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True, reverse=False, name=None):
    items = [elems[i] for i in range(elems.shape[0])]
    if reverse:
        items.reverse()
    total = items.pop(0) if initializer is None else initializer
    results = [total] if initializer is None else []
    for item in items:
        total = fn(total, item)
        results.append(total)
    if reverse:
        results.reverse()
    return bridge.call("tf.stack", (results, 0, "stack"))


def foldl(fn, elems, initializer=None, **_):
    items = [elems[i] for i in range(elems.shape[0])]
    total = items.pop(0) if initializer is None else initializer
    for item in items:
        total = fn(total, item)
    return total


def set_seed(seed):
    bridge.js().seed(seed)


def tf_print(*inputs, output_stream=None, summarize=3, sep=" ", end="\n", name=None):
    import sys

    print(*[str(i.numpy()) if is_tensor(i) else i for i in inputs], sep=sep, end=end, file=sys.stderr)


def executing_eagerly():
    return True


def table(tf):
    """Names beyond the core's table."""
    names = {
        "function": function,
        "custom_gradient": custom_gradient,
        "Module": Module,
        "cond": cond,
        "case": case,
        "while_loop": while_loop,
        "map_fn": map_fn,
        "vectorized_map": vectorized_map,
        "scan": scan,
        "foldl": foldl,
        "print": tf_print,
        "executing_eagerly": executing_eagerly,
        "is_tensor": is_tensor,
        "as_dtype": as_dtype,
        "dtypes.as_dtype": as_dtype,
        "dtypes.DType": tf.DType,
        "random.set_seed": set_seed,
        "autodiff.GradientTape": tf.GradientTape,
        "config.run_functions_eagerly": lambda run_eagerly: None,
        "config.list_physical_devices": lambda device_type=None: [],
    }
    for name in ("flatten", "pack_sequence_as", "map_structure", "assert_same_structure", "is_nested"):
        names[f"nest.{name}"] = getattr(nest, name)
    for name, dtype in DTYPES.items():
        names[f"dtypes.{name}"] = dtype
    return names
