"""A gradient call of the program: told of when it is reached, and of what it raises. What it gives is told by the operations themselves."""
import enum
import json

from _tape_lens import bridge, nest, sites
from _tape_lens.failures import NotSupported, StopProgram
from pyodide.ffi import JsException

from ._dtypes import DType, as_dtype
from ._tensors import _Operators, Tensor, Variable, wrap_gradient


class UnconnectedGradients(enum.Enum):
    NONE = "none"
    ZERO = "zero"


# What the arguments are called.
_TARGETS = {"gradients": "ys", "hessians": "ys", "jvp": "primals"}
_SOURCES = {"batch_jacobian": "source", "gradients": "xs", "hessians": "xs"}


class Asked:
    """One gradient call. `watched`: for a forward accumulator, what it watches; what is asked for are then the targets."""

    def __init__(self, tape, method, target, sources, weights=None, watched=None):
        self.tape = tape
        self.method = method
        self._structure = target if watched is not None else sources
        self._site = site = sites.locate()
        targets = nest.flatten_with_paths(target)
        pairs = nest.flatten_with_paths(sources)
        self.sources = [source for _, source in pairs]
        self._paths = [path for path, _ in (pairs if watched is None else targets)]
        target_node = site.argument(0, _TARGETS.get(method, "target"))
        asked = None
        if watched is None:
            names = self._names(site.argument(1, _SOURCES.get(method, "sources")), pairs)
        else:
            names, asked = watched, json.dumps(self._names(target_node, targets))
        given = None if weights is None else [_converted(w) for w in nest.flatten(weights)]
        codes, values = bridge.pack(([_Plain(_converted(t)) for _, t in targets], [_Plain(s) for s in self.sources if is_ours(s)], given))
        self.call = bridge.js().reach(method, site.position, site.source(target_node), json.dumps(names), asked, tape and tape._t, codes, *values)
        if self.call is None:
            raise StopProgram()

    def _names(self, node, pairs):
        if node is not None:
            return self._site.names(node, [path for path, _ in pairs])
        return [value.name.partition(":")[0] if isinstance(value, Variable) else f"[{i}]" for i, (_, value) in enumerate(pairs)]

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        # An error on the other side is ours, and not one of TensorFlow's.
        if error is not None and not isinstance(error, (StopProgram, NotSupported, JsException)):
            bridge.js().rejected(self.call, kind.__name__, str(error))

    def begin(self):
        """A tape that is used up says so before anything else."""
        bridge.check(bridge.js().begin(self.call))

    def results(self, found):
        found = [wrap_gradient(f._h) if isinstance(f, Tensor) else f for f in bridge.wrap(found)]
        if any(f is None for f in found):
            bridge.js().nameNothings(self.call, json.dumps(self._site.result_names(self._paths)))
        return nest.pack_sequence_as(self._structure, found)


def is_zero(unconnected):
    try:
        return UnconnectedGradients(unconnected) is UnconnectedGradients.ZERO
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}") from None


def is_ours(value):
    return isinstance(value, (Tensor, Variable))


def differentiable(value):
    """What is no tensor is taken for a dtype, and where that is none to differentiate, asked for its own. A symbol of Keras' counts as a tensor."""
    if isinstance(value, _Operators):
        return
    if hasattr(value, "element_spec"):
        raise ValueError(f"Type {type(value).__name__} is not supported as a gradient source or gradient target.")
    if isinstance(getattr(value, "dtype", None), DType):
        raise TypeError(f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.")
    if not as_dtype(value).is_differentiable:
        value.dtype


def known_to_tapes(value):
    if not is_ours(value):
        name = type(value).__name__
        raise AttributeError(f"'{'numpy.' + name if type(value).__module__ == 'numpy' else name}' object has no attribute '_id'")


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


def _converted(value):
    """A target as a tensor, where it is one."""
    if value is None or is_ours(value):
        return value
    try:
        return bridge.convert(value)
    except (TypeError, ValueError):
        return None
