"""`tf.keras.metrics`: what is counted over batches, in variables of its own. Keras 2.15: metrics/base_metric.py, metrics/*.py."""
from _tape_lens import bridge, nest

from ._dtypes import as_dtype
from ._graph import init_scope
from ._keras_layers import Layer
from ._keras_names import floatx, unique
from ._keras_objects import _squeezed
from ._tensors import is_tensor, Variable

_call = bridge.call


class Metric(Layer):
    def __init__(self, name=None, dtype=None, **kwargs):
        super().__init__(name=name or unique(type(self).__name__), dtype=dtype or floatx(), **kwargs)
        self.__dict__["built"] = True

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def add_weight(self, name, shape=(), aggregation=None, synchronization=None, initializer="zeros", dtype=None):
        return super().add_weight(name=name, shape=shape, dtype=dtype, initializer=initializer, trainable=False)

    def update_state(self, *args, **kwargs):
        raise NotImplementedError("Must be implemented in subclasses.")

    def result(self):
        raise NotImplementedError("Must be implemented in subclasses.")

    def reset_state(self):
        with init_scope():
            for variable in self.variables:
                variable.assign(_call("tf.zeros", (list(variable.shape), variable.dtype, None, None)))

    reset_states = reset_state


class _Reduced(Metric):
    """A sum, and where it is a mean, a count."""

    _is_mean = True

    def __init__(self, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.total = self.add_weight("total")
        if self._is_mean:
            self.count = self.add_weight("count")

    def update_state(self, values, sample_weight=None):
        values = _call("tf.cast", (values, as_dtype(self.dtype), None))
        count = float(values.shape.num_elements() or 0)
        if sample_weight is not None:
            weight = _call("tf.cast", (sample_weight, as_dtype(self.dtype), None))
            if weight.shape.rank and values.shape.rank and weight.shape.rank == values.shape.rank + 1 and weight.shape[-1] == 1:
                weight = _call("tf.squeeze", (weight, -1, None))
            while values.shape.rank > weight.shape.rank and weight.shape.rank:
                values = _call("tf.reduce_mean", (values, -1, False, None))
            weight = weight * _call("tf.ones_like", (values, None, None))
            values = values * weight
            count = _call("tf.reduce_sum", (weight, None, False, None))
        self.total.assign_add(_call("tf.reduce_sum", (values, None, False, None)))
        if self._is_mean:
            self.count.assign_add(count)

    def result(self):
        if not self._is_mean:
            return _call("tf.identity", (self.total, None))
        return _call("tf.math.divide_no_nan", (self.total, self.count, None))


class Mean(_Reduced):
    def __init__(self, name="mean", dtype=None):
        super().__init__(name, dtype)


class Sum(_Reduced):
    _is_mean = False

    def __init__(self, name="sum", dtype=None):
        super().__init__(name, dtype)


class MeanMetricWrapper(_Reduced):
    """The mean of a function of labels and predictions."""

    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(name, dtype)
        self.__dict__.update(_fn=fn, _fn_kwargs=kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _squeezed(y_true, y_pred)
        return super().update_state(self._fn(y_true, y_pred, **self._fn_kwargs), sample_weight)


class RootMeanSquaredError(_Reduced):
    def __init__(self, name="root_mean_squared_error", dtype=None):
        super().__init__(name, dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _squeezed(y_true, y_pred)
        super().update_state(_call("tf.math.squared_difference", (y_pred, y_true, None)), sample_weight)

    def result(self):
        return _call("tf.sqrt", (super().result(), None))


def _equal(y_true, y_pred):
    """Labels that are hit."""
    same = _call("tf.equal", (_call("tf.cast", (y_true, y_pred.dtype, None)), y_pred, None))
    return _call("tf.cast", (same, floatx(), None))


# Class, function in `tf.keras.metrics` or `tf.keras.losses`, arguments besides.
_WRAPPED = (
    ("MeanSquaredError", "losses.mean_squared_error", ()),
    ("MeanAbsoluteError", "losses.mean_absolute_error", ()),
    ("MeanAbsolutePercentageError", "losses.mean_absolute_percentage_error", ()),
    ("MeanSquaredLogarithmicError", "losses.mean_squared_logarithmic_error", ()),
    ("Hinge", "losses.hinge", ()),
    ("SquaredHinge", "losses.squared_hinge", ()),
    ("CategoricalHinge", "losses.categorical_hinge", ()),
    ("LogCoshError", "losses.log_cosh", ()),
    ("Poisson", "losses.poisson", ()),
    ("KLDivergence", "losses.kl_divergence", ()),
    ("BinaryCrossentropy", "losses.binary_crossentropy", ("from_logits", "label_smoothing")),
    ("CategoricalCrossentropy", "losses.categorical_crossentropy", ("from_logits", "label_smoothing")),
    ("SparseCategoricalCrossentropy", "losses.sparse_categorical_crossentropy", ("from_logits",)),
    ("BinaryAccuracy", "metrics.binary_accuracy", ("threshold",)),
    ("CategoricalAccuracy", "metrics.categorical_accuracy", ()),
    ("SparseCategoricalAccuracy", "metrics.sparse_categorical_accuracy", ()),
    ("TopKCategoricalAccuracy", "metrics.top_k_categorical_accuracy", ("k",)),
    ("SparseTopKCategoricalAccuracy", "metrics.sparse_top_k_categorical_accuracy", ("k",)),
)


def _wrapped(name, function, extra):
    def __init__(self, *args, name=None, dtype=None, **kwargs):
        given = {**dict(zip(extra, args)), **kwargs}
        MeanMetricWrapper.__init__(self, _named(function), name or unique(type(self).__name__), dtype, **given)

    made = type(name, (MeanMetricWrapper,), {"__init__": __init__})
    made.__module__ = "tensorflow.keras.metrics"
    return made


def _named(function):
    """A function of `tf.keras`, by its name below it."""
    import tensorflow

    module, name = function.split(".")
    return getattr(getattr(tensorflow.keras, module), name)


class Accuracy(MeanMetricWrapper):
    def __init__(self, name="accuracy", dtype=None):
        super().__init__(_equal, name, dtype)


_CLASSES = {name: _wrapped(name, function, extra) for name, function, extra in _WRAPPED}
_CLASSES.update({kind.__name__: kind for kind in (Metric, Mean, Sum, MeanMetricWrapper, RootMeanSquaredError, Accuracy)})

_SHORT = {"mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "mape": "MeanAbsolutePercentageError", "msle": "MeanSquaredLogarithmicError"}


def metrics_get(given, y_true, y_pred):
    """What `compile(metrics=[…])` says of a metric. "accuracy" depends on what is predicted: Keras 2.15, engine/compile_utils.py, _get_metric_object."""
    if isinstance(given, Metric):
        return given
    if callable(given):
        return MeanMetricWrapper(given, getattr(given, "__name__", "metric"))
    if given in ("accuracy", "acc"):
        binary = y_pred.shape[-1] == 1
        sparse = y_true.shape.rank < y_pred.shape.rank or y_true.shape[-1] == 1 and y_pred.shape[-1] > 1
        kind = "BinaryAccuracy" if binary else "SparseCategoricalAccuracy" if sparse else "CategoricalAccuracy"
        return _CLASSES[kind](name=given)
    kind = _CLASSES.get(_SHORT.get(given) or "".join(part.title() for part in given.split("_"))) or _CLASSES.get(given)
    if kind is None:
        raise ValueError(f"Unknown metric function: '{given}'.")
    return kind(name=given)


def table():
    return {f"keras.metrics.{name}": kind for name, kind in _CLASSES.items()}
