"""`tf.py_function` and `tf.numpy_function`: Python that runs on numbers, whenever the graph around it does. TensorFlow: python/ops/script_ops.py."""
import contextlib
import io
import sys

from _tape_lens import bridge, nest, sites

from . import _control, _graph
from ._dtypes import as_dtype


def py_function(func=None, inp=None, Tout=None, name=None):
    return _run("pyFunction", func, inp, Tout, lambda tensor: tensor)


def numpy_function(func=None, inp=None, Tout=None, stateful=True, name=None):
    return _run("numpyFunction", func, inp, Tout, lambda tensor: tensor.numpy())


def _run(operation, func, inp, dtypes, given):
    kinds = [as_dtype(d) for d in nest.flatten(dtypes)] if dtypes is not None else []
    inputs = [_control.to_tensor(x) for x in inp]

    def run(is_trial, *handles):
        with _graph.outside(), _silence() if is_trial else contextlib.nullcontext():
            result = func(*[given(bridge.wrap_handle(handle)) for handle in handles])
            results = nest.flatten(result) if isinstance(dtypes, (list, tuple)) else [result]
            out = [_converted(value, kind) for value, kind in zip(results, kinds)]
            bridge.js().give(*[t._h for t in out])

    proxy = bridge.proxy_of(run) if _graph.executing_eagerly() else bridge.keep(run)
    try:
        found = bridge.wrap(getattr(bridge.js(), operation)(sites.line(), proxy, *[t._h for t in inputs]))
    finally:
        if _graph.executing_eagerly():
            proxy.destroy()
    return found if isinstance(dtypes, (list, tuple)) else found[0] if found else None


def _converted(value, kind):
    if value is None:
        return bridge.convert(0.0, kind)
    tensor = _control.to_tensor(value) if hasattr(value, "dtype") else bridge.convert(value, kind)
    if tensor.dtype != kind:
        from . import errors

        raise errors.InvalidArgumentError(f"0-th value returned by pyfunc_0 is {tensor.dtype.name}, but expects {kind.name}")
    return tensor


@contextlib.contextmanager
def _silence():
    """While a graph is traced, Python only runs to see the shapes of what it gives."""
    out, err = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = io.StringIO()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
