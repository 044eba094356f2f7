"""`tf.GradientTape`, and the gradient calls on it: each is told of before it is carried out, and checks what it is given in TensorFlow's order.

TensorFlow: python/eager/backprop.py, GradientTape.
"""
import contextlib

from _tape_lens import bridge, nest
from _tape_lens.failures import NotSupported

from ._dtypes import Dimension
from ._gradient_calls import Asked, UnconnectedGradients, differentiable, is_zero, known_to_tapes
from ._graph import building, executing_eagerly, Graph
from ._tensors import SymbolicTensor, Tensor, Variable, graph_shape

_NONE_TARGET = "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None."
_NOT_PERSISTENT = "GradientTape must be created with persistent=True to compute the {} with eager execution enabled and {} experimental_use_pfor set to False."
_NOT_VECTORIZED = "Encountered an exception while vectorizing the {} computation. Vectorization can be disabled by setting experimental_use_pfor to False."


class GradientTape:
    def __init__(self, persistent=False, watch_accessed_variables=True):
        if persistent and persistent is not True:
            raise NotSupported("tensorflow.GradientTape(persistent=...) with anything but True is not supported by Tape Lens yet")
        self._persistent = persistent
        self._t = bridge.js().tape(bool(persistent), watch_accessed_variables is True)

    def __enter__(self):
        self._push_tape()
        return self

    def __exit__(self, kind, value, trace):
        bridge.js().tapeDo(self._t, "exit")

    def _push_tape(self):
        bridge.check(bridge.js().tapeDo(self._t, "enter"))

    def _pop_tape(self):
        bridge.check(bridge.js().tapeDo(self._t, "leave"))

    @property
    def _recording(self):
        return bridge.js().isRecording(self._t)

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
        with Asked(self, "gradient", target, sources, output_gradients) as asked:
            asked.begin()
            if target is None:
                raise TypeError(_NONE_TARGET)
            targets, flat = nest.flatten(target), nest.flatten(sources)
            for item in targets + flat:
                differentiable(item)
            given = None if output_gradients is None else [g if g is None else bridge.convert(g) for g in nest.flatten(output_gradients)]
            zero = is_zero(unconnected_gradients)
            for item in targets + flat:
                known_to_tapes(item)
            if given is not None and any(g is None for g in given):
                raise ValueError("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.")
            codes, values = bridge.pack((given,))
            return asked.results(bridge.js().gradient(asked.call, zero, codes, *values))

    def jacobian(self, target, sources, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        with Asked(self, "jacobian", target, sources) as asked:
            asked.begin()
            target.shape
            return _jacobian(asked, unconnected_gradients, experimental_use_pfor, parallel_iterations)

    def batch_jacobian(self, target, source, unconnected_gradients=UnconnectedGradients.NONE, parallel_iterations=None, experimental_use_pfor=True):
        with Asked(self, "batch_jacobian", target, source) as asked:
            asked.begin()
            shape = _shape_of(target)
            examples = None if shape.rank is None else shape.dims[0]
            # A shape of which nothing is known counts as no match.
            are_known = shape.with_rank_at_least(2) and _shape_of(source).with_rank_at_least(2)
            if not (are_known and Dimension.compatible(examples, _shape_of(source)[0])):
                raise ValueError(f"Need first dimension of target shape ({shape}) and source shape ({_shape_of(source)}) to match.")
            if examples == 0:
                raise ZeroDivisionError("integer division or modulo by zero")
            return _jacobian(asked, unconnected_gradients, experimental_use_pfor, parallel_iterations)


def _shape_of(value):
    return graph_shape(value) if isinstance(value, SymbolicTensor) else value.shape


def _jacobian(asked, unconnected_gradients, vectorized, parallel_iterations):
    """What is checked where the rows are made: all at once, or one by one."""
    method = asked.method
    if not vectorized and executing_eagerly() and not asked.tape._persistent:
        raise RuntimeError(_NOT_PERSISTENT.format(method, "with " if method == "jacobian" else " with"))
    for source in asked.sources:
        differentiable(source)
    if vectorized and parallel_iterations is not None and parallel_iterations <= 1:
        raise ValueError(_NOT_VECTORIZED.format(method))
    try:
        zero = is_zero(unconnected_gradients)
    except ValueError as error:
        raise ValueError(_NOT_VECTORIZED.format(method)) from error
    for source in asked.sources:
        known_to_tapes(source)
    # The rows of all elements are one function, in which gradients of the program's own see symbols.
    with building(Graph("loop_body")) if vectorized else contextlib.nullcontext():
        found = bridge.js().jacobian(asked.call, zero, method == "batch_jacobian", bool(vectorized))
        if found is False:
            bridge.fail()
    return asked.results(found)
