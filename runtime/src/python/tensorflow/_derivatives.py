"""Derivatives without a tape: `tf.gradients` and `tf.hessians` of a graph, `tf.autodiff.ForwardAccumulator`.

TensorFlow: python/ops/gradients_impl.py, gradients_util.py, python/eager/forwardprop.py.
"""

from _tape_lens import bridge, nest, sites

from ._gradient_calls import Asked, UnconnectedGradients, is_ours, is_zero
from ._graph import executing_eagerly
from ._tensors import SymbolicTensor, Variable

_NO_OP = "Tensor.op is undefined when eager execution is enabled."
_EAGERLY = "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."


def gradients(
    ys, xs, grad_ys=None, name="gradients", gate_gradients=False, aggregation_method=None, stop_gradients=None, unconnected_gradients=UnconnectedGradients.NONE
):
    with Asked(None, "gradients", _read(_as_list(ys)), _as_list(xs), grad_ys) as asked:
        _check(asked, ys, xs)
        zero = is_zero(unconnected_gradients)
        stops = [] if stop_gradients is None else _as_list(stop_gradients)
        for stop in stops:
            if not isinstance(stop, SymbolicTensor):
                raise AttributeError(_NO_OP if is_ours(stop) else f"'{type(stop).__name__}' object has no attribute 'op'")
        upstream = None if grad_ys is None else [g if g is None else bridge.convert(g) for g in _as_list(grad_ys)]
        codes, values = bridge.pack((upstream, stops))
        return asked.results(bridge.js().graphGradients(asked.call, zero, codes, *values))


def hessians(ys, xs, gate_gradients=False, aggregation_method=None, name="hessians"):
    with Asked(None, "hessians", _read(_as_list(ys)), _as_list(xs)) as asked:
        _check(asked, ys, xs)
        return asked.results(bridge.js().hessians(asked.call))


def _as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _read(targets):
    """A variable among the targets is its value."""
    return targets if executing_eagerly() else [y.value() if isinstance(y, Variable) else y for y in targets]


def _check(asked, ys, xs):
    if executing_eagerly():
        raise RuntimeError(_EAGERLY)
    for item in _as_list(ys) + _as_list(xs):
        if isinstance(item, dict):
            raise TypeError(f"Failed to convert elements of {item} to Tensor.")
    for item in _as_list(ys):
        if item is None:
            raise AttributeError("'NoneType' object has no attribute 'op'")
        if not is_ours(item):
            bridge.convert(item)
    for item in asked.sources:
        if item is None:
            raise AttributeError("'NoneType' object has no attribute 'op'")


class ForwardAccumulator:
    def __init__(self, primals, tangents):
        flat = nest.flatten(primals)
        if len({id(p) for p in flat}) < len(flat):
            raise ValueError(
                "Tensor {} was specified as a primal multiple times. This may indicate an error. If it was intended, please sum the corresponding tangents."
            )
        self._a = bridge.js().accumulator()
        self._primals = flat
        site = sites.locate()
        node = site.argument(0, "primals")
        paths = [path for path, _ in nest.flatten_with_paths(primals)]
        self._names = site.names(node, paths) if node is not None else [f"[{i}]" for i in range(len(flat))]
        nest.map_structure(self._watch, primals, tangents)

    def _watch(self, primal, tangent):
        given = bridge.convert(tangent, primal.dtype)
        bridge.js().accumulatorWatch(self._a, primal._v if isinstance(primal, Variable) else primal._h, given._h)

    def __enter__(self):
        bridge.check(bridge.js().accumulatorDo(self._a, "enter"))
        return self

    def __exit__(self, kind, value, trace):
        bridge.js().accumulatorDo(self._a, "exit")

    def jvp(self, primals, unconnected_gradients=UnconnectedGradients.NONE):
        with Asked(None, "jvp", primals, self._primals, watched=self._names) as asked:
            zero = is_zero(unconnected_gradients)
            for primal in nest.flatten(primals):
                if not is_ours(primal):
                    raise AttributeError(f"'{type(primal).__name__}' object has no attribute '_id'")
            return asked.results(bridge.js().jvp(asked.call, self._a, zero))
