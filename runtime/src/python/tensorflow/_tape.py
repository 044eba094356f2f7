"""`tf.GradientTape`, and the gradient calls on it, each told of before it is carried out."""
import contextlib
import enum
import json

from _tape_lens import bridge, nest, sites
from _tape_lens.failures import StopProgram

from ._dtypes import as_dtype
from ._tensors import Tensor, Variable


class UnconnectedGradients(enum.Enum):
    NONE = "none"
    ZERO = "zero"


_NONE_TARGET = "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None."


class GradientTape:
    def __init__(self, persistent=False, watch_accessed_variables=True):
        self._persistent = persistent
        self._t = bridge.js().tape(bool(persistent), bool(watch_accessed_variables))

    def __enter__(self):
        bridge.check(bridge.js().tapeDo(self._t, "enter"))
        return self

    def __exit__(self, kind, value, trace):
        bridge.js().tapeDo(self._t, "exit")

    def watch(self, tensor):
        for item in nest.flatten(tensor):
            if not isinstance(item, (Tensor, Variable)):
                raise ValueError(f"Passed in object {item!r} of type {type(item).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType.")
            bridge.check(bridge.js().watch(self._t, item._v if isinstance(item, Variable) else item._h))

    def watched_variables(self):
        return tuple(bridge.wrap(bridge.js().watchedVariables(self._t)))

    @contextlib.contextmanager
    def stop_recording(self):
        bridge.check(bridge.js().tapeDo(self._t, "suspend"))
        try:
            yield
        finally:
            bridge.js().tapeDo(self._t, "resume")

    def reset(self):
        bridge.check(bridge.js().tapeDo(self._t, "reset"))

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients=UnconnectedGradients.NONE):
        given, problem = None, None
        try:
            if output_gradients is not None:
                given = [None if g is None else bridge.convert(g) for g in nest.flatten(output_gradients)]
        except Exception as error:
            problem = error

        def compute(call):
            codes, values = bridge.pack((given,))
            return bridge.js().gradient(call, _is_zero(unconnected_gradients), codes, *values)

        def check():
            _is_zero(unconnected_gradients)
            if problem is not None:
                raise problem
            for t in nest.flatten(target):
                if t is None:
                    raise TypeError(_NONE_TARGET)
                _differentiable(t)

        return _ask(self, "gradient", target, sources, compute, check, given)

    def jacobian(self, target, sources, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        def compute(call):
            return bridge.js().jacobian(call, _is_zero(unconnected_gradients), False)

        def check():
            _is_zero(unconnected_gradients)
            target.shape
            if not experimental_use_pfor and not self._persistent:
                raise RuntimeError(
                    "GradientTape must be created with persistent=True to compute the jacobian with eager execution enabled and with  experimental_use_pfor set to False."
                )

        return _ask(self, "jacobian", target, sources, compute, check)

    def batch_jacobian(self, target, source, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        def compute(call):
            return bridge.js().jacobian(call, _is_zero(unconnected_gradients), True)

        def check():
            _is_zero(unconnected_gradients)
            target.shape
            if not experimental_use_pfor and not self._persistent:
                raise RuntimeError("GradientTape must be created with persistent=True to compute the batch_jacobian with parallel_iterations.")

        return _ask(self, "batch_jacobian", target, source, compute, check)


def _is_zero(unconnected):
    if isinstance(unconnected, str) and unconnected in ("none", "zero"):
        unconnected = UnconnectedGradients(unconnected)
    if not isinstance(unconnected, UnconnectedGradients):
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}")
    return unconnected is UnconnectedGradients.ZERO


def _ask(tape, method, target, sources, compute, check, weights=None):
    """Tells of the call, carries it out, and tells what came of it."""
    site = sites.locate()
    target_node = site.argument(0, "target")
    source_node = site.argument(1, "source" if method == "batch_jacobian" else "sources")
    targets = [t if isinstance(t, (Tensor, Variable)) else None if t is None else _converted(t) for t in nest.flatten(target)]
    pairs = nest.flatten_with_paths(sources)
    paths = [path for path, _ in pairs]
    flat = [s for _, s in pairs]
    good = [s for s in flat if isinstance(s, (Tensor, Variable))]
    names = site.names(source_node, paths) if source_node is not None else [f"[{i}]" for i in range(len(flat))]

    codes, values = bridge.pack((targets, good, weights))
    call = bridge.js().reach(method, site.position, site.source(target_node), json.dumps(names), tape._t, codes, *values)
    if call is None:
        raise StopProgram()
    try:
        check()
        for s in flat:
            if not isinstance(s, (Tensor, Variable)):
                as_dtype(_dtype_of(s))
                raise AttributeError(f"'{type(s).__module__}.{type(s).__name__}' object has no attribute '_id'")
    except Exception as error:
        bridge.js().rejected(call, type(error).__name__, str(error))
        raise
    found = bridge.wrap(compute(call))
    if any(f is None for f in found):
        bridge.js().nameNothings(call, json.dumps(site.result_names(paths)))
    return nest.pack_sequence_as(sources, found) if nest.is_nested(sources) else found[0]


def _differentiable(value):
    """What is no tensor is asked for its dtype, as TensorFlow does."""
    if not isinstance(value, (Tensor, Variable)):
        value.dtype


def _dtype_of(value):
    return getattr(value, "dtype", value)


def _converted(value):
    try:
        return bridge.convert(value)
    except (TypeError, ValueError):
        return None
