"""Metrics that count what was called right and wrong above a threshold. Keras 2.15: metrics/confusion_metrics.py, utils/metrics_utils.py."""
from _tape_lens import bridge
from _tape_lens.failures import NotSupported

from ._keras_metrics import Metric
from ._keras_names import floatx
from ._keras_objects import _squeezed

_call = bridge.call
# What each count is of: whether the label holds, and whether the prediction is above the threshold.
_KINDS = {"true_positives": (True, True), "false_positives": (False, True), "true_negatives": (False, False), "false_negatives": (True, False)}


class _Counting(Metric):
    _counts = ()

    def _count_at(self, thresholds):
        self.__dict__["thresholds"] = list(thresholds)
        for kind in self._counts:
            setattr(self, kind, self.add_weight(kind, shape=(len(self.thresholds),)))

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _squeezed(y_true, y_pred)
        labels = _call("tf.reshape", (_call("tf.cast", (y_true, "bool", None)), [1, -1], None))
        above = _call("tf.reshape", (_call("tf.cast", (y_pred, floatx(), None)), [1, -1], None)) > bridge.convert([[t] for t in self.thresholds])
        weights = None
        if sample_weight is not None:
            given = _call("tf.cast", (sample_weight, floatx(), None))
            while given.shape.rank and given.shape.rank < y_pred.shape.rank:
                given = _call("tf.expand_dims", (given, -1, None))
            weights = _call("tf.reshape", (_call("tf.broadcast_to", (given, list(y_pred.shape), None)), [1, -1], None))
        for kind in self._counts:
            holds, is_above = _KINDS[kind]
            hits = _call("tf.cast", ((labels if holds else ~labels) & (above if is_above else ~above), floatx(), None))
            hits = hits if weights is None else hits * weights
            getattr(self, kind).assign_add(_call("tf.reduce_sum", (hits, 1, False, None)))

    def _found(self, values):
        return values[0] if len(self.thresholds) == 1 else values


def _thresholds(given):
    return [0.5] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]


class _OneCount(_Counting):
    def __init__(self, thresholds=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self._count_at(_thresholds(thresholds))

    def result(self):
        return self._found(_call("tf.identity", (getattr(self, self._counts[0]), None)))


class _Share(_Counting):
    """Of what was called so, or is so, the part that is both."""

    def __init__(self, thresholds=None, top_k=None, class_id=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        if top_k is not None or class_id is not None:
            raise NotSupported(f"tensorflow.keras.metrics.{type(self).__name__} with top_k or class_id is not supported by Tape Lens yet")
        self._count_at(_thresholds(thresholds))

    def result(self):
        hits, others = (getattr(self, kind) for kind in self._counts)
        return self._found(_call("tf.math.divide_no_nan", (hits, hits + others, None)))


class AUC(_Counting):
    """The area under the curve of hits over false alarms."""

    _counts = tuple(_KINDS)

    def __init__(self, num_thresholds=200, curve="ROC", summation_method="interpolation", name=None, dtype=None, thresholds=None, multi_label=False, num_labels=None, label_weights=None, from_logits=False):
        super().__init__(name=name, dtype=dtype)
        if curve != "ROC" or summation_method != "interpolation" or multi_label or thresholds is not None or from_logits:
            raise NotSupported("tensorflow.keras.metrics.AUC of another curve, sum, of labels, thresholds or logits is not supported by Tape Lens yet")
        between = [(i + 1) / (num_thresholds - 1) for i in range(num_thresholds - 2)]
        self._count_at([-1e-7, *between, 1.0 + 1e-7])

    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(y_true, _call("tf.clip_by_value", (y_pred, 0.0, 1.0, None)), sample_weight)

    def result(self):
        hits = _call("tf.math.divide_no_nan", (self.true_positives, self.true_positives + self.false_negatives, None))
        alarms = _call("tf.math.divide_no_nan", (self.false_positives, self.false_positives + self.true_negatives, None))
        return _call("tf.reduce_sum", ((alarms[:-1] - alarms[1:]) * ((hits[:-1] + hits[1:]) / 2.0), None, False, None))


def _made(name, base, counts):
    made = type(name, (base,), {"_counts": counts})
    made.__module__ = "tensorflow.keras.metrics"
    return made


CLASSES = {
    "AUC": AUC,
    "Precision": _made("Precision", _Share, ("true_positives", "false_positives")),
    "Recall": _made("Recall", _Share, ("true_positives", "false_negatives")),
    **{name: _made(name, _OneCount, (kind,)) for name, kind in (("TruePositives", "true_positives"), ("FalsePositives", "false_positives"), ("TrueNegatives", "true_negatives"), ("FalseNegatives", "false_negatives"))},
}
