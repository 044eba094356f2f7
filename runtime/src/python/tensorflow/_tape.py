"""`tf.GradientTape`, and the gradient calls on it: each is told of before it is carried out, and checks what it is given in TensorFlow's order.

TensorFlow: python/eager/backprop.py, GradientTape.
"""
import contextlib
import enum
import json

from _tape_lens import bridge, nest, sites
from _tape_lens.failures import NotSupported, StopProgram

from ._dtypes import Dimension, as_dtype
from ._graph import executing_eagerly
from ._tensors import Tensor, Variable


class UnconnectedGradients(enum.Enum):
    NONE = "none"
    ZERO = "zero"


_NONE_TARGET = "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None."
_NOT_PERSISTENT = "GradientTape must be created with persistent=True to compute the {} with eager execution enabled and {} experimental_use_pfor set to False."
_NOT_VECTORIZED = "Encountered an exception while vectorizing the {} computation. Vectorization can be disabled by setting experimental_use_pfor to False."


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
        with _Asked(self, "gradient", target, sources, output_gradients) as asked:
            asked.begin()
            if target is None:
                raise TypeError(_NONE_TARGET)
            targets, flat = nest.flatten(target), nest.flatten(sources)
            for item in targets + flat:
                _differentiable(item)
            given = None if output_gradients is None else [g if g is None else bridge.convert(g) for g in nest.flatten(output_gradients)]
            zero = _is_zero(unconnected_gradients)
            for item in targets + flat:
                _known_to_tapes(item)
            codes, values = bridge.pack((given,))
            return asked.results(bridge.js().gradient(asked.call, zero, codes, *values))

    def jacobian(self, target, sources, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        with _Asked(self, "jacobian", target, sources) as asked:
            asked.begin()
            target.shape
            return asked.jacobian(unconnected_gradients, experimental_use_pfor)

    def batch_jacobian(self, target, source, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        with _Asked(self, "batch_jacobian", target, source) as asked:
            asked.begin()
            shape = target.shape
            examples = None if shape.rank is None else shape.dims[0]
            shape.with_rank_at_least(2)
            source.shape.with_rank_at_least(2)
            if not Dimension.compatible(examples, source.shape[0]):
                raise ValueError(f"Need first dimension of target shape ({shape}) and source shape ({source.shape}) to match.")
            if examples == 0:
                raise ZeroDivisionError("integer division or modulo by zero")
            return asked.jacobian(unconnected_gradients, experimental_use_pfor)


class _Asked:
    """A gradient call: tells of it, and of what it raises. What it gives is told by the operations themselves."""

    def __init__(self, tape, method, target, sources, weights=None):
        self._tape = tape
        self._method = method
        self._sources = sources
        self._site = site = sites.locate()
        pairs = nest.flatten_with_paths(sources)
        self._paths = [path for path, _ in pairs]
        self._flat = [source for _, source in pairs]
        node = site.argument(1, "source" if method == "batch_jacobian" else "sources")
        names = site.names(node, self._paths) if node is not None else [f"[{i}]" for i in range(len(pairs))]
        given = None if weights is None else [_converted(w) for w in nest.flatten(weights)]
        codes, values = bridge.pack(([_Plain(_converted(t)) for t in nest.flatten(target)], [_Plain(s) for s in self._flat if _is_ours(s)], given))
        self.call = bridge.js().reach(method, site.position, site.source(site.argument(0, "target")), json.dumps(names), tape._t, codes, *values)
        if self.call is None:
            raise StopProgram()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and not isinstance(error, (StopProgram, NotSupported)):
            bridge.js().rejected(self.call, kind.__name__, str(error))

    def begin(self):
        """A tape that is used up says so before anything else."""
        bridge.check(bridge.js().begin(self.call))

    def jacobian(self, unconnected_gradients, vectorized):
        """What is checked where the rows are made: all at once, or one by one."""
        if not vectorized and executing_eagerly() and not self._tape._persistent:
            raise RuntimeError(_NOT_PERSISTENT.format(self._method, "with " if self._method == "jacobian" else " with"))
        for source in self._flat:
            _differentiable(source)
        try:
            zero = _is_zero(unconnected_gradients)
        except ValueError as error:
            raise ValueError(_NOT_VECTORIZED.format(self._method)) from error
        for source in self._flat:
            _known_to_tapes(source)
        return self.results(bridge.js().jacobian(self.call, zero, self._method == "batch_jacobian", bool(vectorized)))

    def results(self, found):
        found = bridge.wrap(found)
        if any(f is None for f in found):
            bridge.js().nameNothings(self.call, json.dumps(self._site.result_names(self._paths)))
        return nest.pack_sequence_as(self._sources, found)


class _Plain:
    """A tensor as it is, wherever it may be used."""

    def __init__(self, value):
        self._value = value

    def _pack_(self, codes, out):
        if self._value is None:
            codes.append("n")
        else:
            codes.append("v" if isinstance(self._value, Variable) else "t")
            out.append(self._value._v if isinstance(self._value, Variable) else self._value._h)


def _is_zero(unconnected):
    try:
        return UnconnectedGradients(unconnected) is UnconnectedGradients.ZERO
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}") from None


def _is_ours(value):
    return isinstance(value, (Tensor, Variable))


def _differentiable(value):
    """What is no tensor is taken for a dtype, and where that is none to differentiate, asked for its own."""
    if not _is_ours(value) and not as_dtype(value).is_differentiable:
        value.dtype


def _known_to_tapes(value):
    if not _is_ours(value):
        name = type(value).__name__
        raise AttributeError(f"'{'numpy.' + name if type(value).__module__ == 'numpy' else name}' object has no attribute '_id'")


def _converted(value):
    """A target as a tensor, where it is one."""
    if value is None or _is_ours(value):
        return value
    try:
        return bridge.convert(value)
    except (TypeError, ValueError):
        return None
