"""Keras' small objects: losses, initializers, regularizers, constraints."""
import functools
import sys

from _tape_lens import bridge, catalog

from ._autograph import in_graph
from ._dtypes import as_dtype
from ._keras_masks import mask_of, valid_weight
from ._keras_names import floatx, unique
from ._tensors import is_tensor


class Reduction:
    AUTO = "auto"
    NONE = "none"
    SUM = "sum"
    SUM_OVER_BATCH_SIZE = "sum_over_batch_size"


class Loss:
    def __init__(self, reduction="auto", name=None):
        self.reduction = reduction
        self.name = name or unique(type(self).__name__)

    def call(self, y_true, y_pred):
        raise NotImplementedError

    def __call__(self, y_true, y_pred, sample_weight=None):
        return reduced(in_graph(self.call)(y_true, y_pred), y_pred, sample_weight, self.reduction)


def reduced(losses, y_pred, weight, reduction):
    """The losses of single examples, weighed and reduced, without what is masked among the predictions or by the loss itself."""
    seen, counted = mask_of(y_pred), mask_of(losses)
    losses = losses if is_tensor(losses) else bridge.convert(losses)
    mask = counted if seen is None else seen if counted is None else seen & counted
    weight = valid_weight(losses, weight if weight is None or is_tensor(weight) else bridge.convert(weight), mask, reduction in ("auto", "sum_over_batch_size"))
    codes, values = bridge.pack((losses, weight))
    return bridge.wrap(bridge.check(bridge.js().reduceLoss(reduction, codes, *values)))


def loss_class(spec):
    names = catalog.parameters(spec["extra"])
    signature = ", ".join(["self", *([spec["extra"]] if spec["extra"] else []), "reduction='auto'", "name=None"])
    lines = [f"def __init__({signature}):", f"    self._extra = {{{', '.join(f'{n!r}: {n}' for n in names)}}}", "    _base(self, reduction, name)"]
    scope = {"_base": Loss.__init__}
    exec("\n".join(lines), scope)
    function = _loss_function(spec["function"])

    def call(self, y_true, y_pred):
        return function(*_squeezed(y_true, y_pred), **self._extra)

    made = type(spec["name"], (Loss,), {"__init__": scope["__init__"], "call": call})
    made.__module__ = "tensorflow.keras.losses"
    return made


def _squeezed(a, b):
    """Where ranks differ by one and a last dimension is 1, it goes."""
    a, b = (x if hasattr(x, "_h") or hasattr(x, "_v") else bridge.convert(x) for x in (a, b))
    if b.shape.rank - a.shape.rank == 1 and b.shape[-1] == 1:
        return a, bridge.call("tf.squeeze", (b, -1, None))
    if a.shape.rank - b.shape.rank == 1 and a.shape[-1] == 1:
        return bridge.call("tf.squeeze", (a, -1, None)), b
    return a, b


def losses_get(loss):
    if not isinstance(loss, str):
        return loss
    for spec in catalog.losses:
        if loss == spec["name"]:
            return loss_class(spec)()
    function = _loss_function(f"tf.keras.losses.{loss}")
    if function is None:
        raise ValueError(f"Unknown loss function: '{loss}'.")
    return function


@functools.cache
def _loss_function(name):
    """Of the core; None where it has none of this name."""
    signature = next((entry["signature"] for entry in catalog.functions if name in entry["names"]), None)
    made = None if signature is None else catalog.make_function(name, signature, {})
    return sparse_categorical_crossentropy if name == _SPARSE else made


_SPARSE = "tf.keras.losses.sparse_categorical_crossentropy"


def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, axis=-1, ignore_class=None):
    """Its losses have a mask where a class is ignored."""
    losses = bridge.call(_SPARSE, (y_true, y_pred, from_logits, axis, ignore_class))
    if ignore_class is not None:
        counted = bridge.call("tf.not_equal", (bridge.call("tf.cast", (y_true, "int64", None)), ignore_class, None))
        losses._keras_mask = bridge.call("tf.reshape", (counted, list(losses.shape), None))
    return losses


def activations_get(identifier):
    """`tf.keras.activations.get`: a function, by its name."""
    if identifier is None:
        identifier = "linear"
    if not isinstance(identifier, str):
        return identifier
    function = _activation(identifier)
    if function is None:
        raise ValueError(f"Unknown activation function: '{identifier}'.")
    return function


@functools.cache
def _activation(identifier):
    """Of the core, the same function that the module has; None where it has none of this name."""
    name = f"tf.keras.activations.{identifier}"
    known = any(name in entry["names"] for entry in catalog.functions)
    return getattr(sys.modules["tensorflow.keras.activations"], identifier) if known else None


# ------------------------------------------------------------------------------------------------ initializers


class Initializer:
    """What `tf.keras.initializers.X(...)` gives: called with a shape, it gives a tensor."""

    def __call__(self, shape, dtype=None, **_):
        raise NotImplementedError


def initializer_class(spec):
    names = catalog.parameters(spec["signature"])
    signature = ", ".join(["self", *([spec["signature"]] if spec["signature"] else [])])
    scope = {}
    exec(f"def __init__({signature}):\n    self._arguments = ({''.join(n + ', ' for n in names)})", scope)

    def call(self, shape, dtype=None, **_):
        codes, values = bridge.pack(([int(d) for d in shape], as_dtype(dtype or floatx()), *self._arguments))
        return bridge.wrap(bridge.js().initializer(spec["name"], codes, *values))

    made = type(spec["name"], (Initializer,), {"__init__": scope["__init__"], "__call__": call})
    made.__module__ = "tensorflow.keras.initializers"
    return made


def initial(given, shape, dtype):
    if isinstance(given, type) and issubclass(given, Initializer):
        given = given()
    if callable(given) and not isinstance(given, str):
        return given(shape, dtype=dtype)
    codes, values = bridge.pack((given, list(shape), dtype))
    return bridge.wrap(bridge.js().initial(codes, *values))


# ------------------------------------------------------------------------------------------------ regularizers, constraints


class Regularizer:
    """What `tf.keras.regularizers.X(...)` gives: a function of a tensor."""

    def __call__(self, x):
        return 0.0


class Constraint:
    """What `tf.keras.constraints.X(...)` gives: a function of a weight."""

    def __call__(self, w):
        return w


def object_class(spec):
    base = Regularizer if spec["kind"] == "regularizers" else Constraint
    names = catalog.parameters(spec["signature"])
    signature = ", ".join(["self", *([spec["signature"]] if spec["signature"] else [])])
    lines = [f"def __init__({signature}):", f"    self._arguments = ({''.join(n + ', ' for n in names)})", *[f"    self.{n} = {n}" for n in names]]
    scope = {}
    exec("\n".join(lines), scope)

    def call(self, x):
        codes, values = bridge.pack((x, *self._arguments))
        return bridge.wrap(bridge.js().functionObject(spec["kind"], spec["name"], codes, *values))

    made = type(spec["class"], (base,), {"__init__": scope["__init__"], "__call__": call})
    made.__module__ = f"tensorflow.keras.{spec['kind']}"
    return made


def penalty(regularizer, tensor):
    """What a regularizer, by its name or as an object, says of a tensor."""
    if callable(regularizer) and not isinstance(regularizer, str):
        return regularizer(tensor)
    codes, values = bridge.pack((regularizer, tensor))
    return bridge.wrap(bridge.js().penalty(codes, *values))


def getter(kind):
    """`tf.keras.regularizers.get` and its like."""

    def get(identifier):
        if not isinstance(identifier, str):
            return identifier
        for spec in catalog.objects:
            if spec["kind"] == kind and spec["name"] == identifier:
                return object_class(spec)()
        raise ValueError(f"Unknown {kind[:-1]}: {identifier}")

    return get


constraints_get = getter("constraints")


def initializers_get(identifier):
    if not isinstance(identifier, str):
        return identifier
    return lambda shape, dtype=None, **_: initial(identifier, shape, as_dtype(dtype or floatx()))
