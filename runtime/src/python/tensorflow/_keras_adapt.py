"""`Normalization`, which learns a mean and a variance of data. Keras 2.15: layers/preprocessing/normalization.py."""
from _tape_lens import bridge

from ._data import Dataset
from ._graph import init_scope
from ._keras_layers import TableLayer

_call = bridge.call


class Adapting(TableLayer):
    def adapt(self, data, batch_size=None, steps=None):
        if self._given["mean"] is not None:
            raise ValueError(
                "Cannot `adapt` a Normalization layer that is initialized with static `mean` and `variance`, "
                f"you passed mean {self._given['mean']} and variance {self._given['variance']}."
            )
        batches = iter(data) if isinstance(data, Dataset) else [data]
        with init_scope():
            count = mean = variance = None
            for number, batch in enumerate(batches):
                if steps is not None and number >= steps:
                    break
                values = _call("tf.cast", (bridge.convert(batch), self._layer_dtype, None))
                axes = self._reduced(values.shape)
                here, of_mean, of_variance = _of_batch(values, axes)
                if count is None:
                    count, mean, variance = here, of_mean, of_variance
                    continue
                share = here / (here + count)
                whole = mean * (1 - share) + of_mean * share
                variance = (variance + (mean - whole) ** 2) * (1 - share) + (of_variance + (of_mean - whole) ** 2) * share
                count, mean = count + here, whole
            self._take(mean, variance, count)

    def _reduced(self, shape):
        axis = self._given["axis"]
        kept = [] if axis is None else [a % shape.rank for a in (axis if isinstance(axis, (list, tuple)) else [axis])]
        return [i for i in range(shape.rank) if i not in kept]

    def _take(self, mean, variance, count):
        if "adapt_mean" not in self.__dict__:
            for name, start in (("mean", mean), ("variance", variance), ("count", count)):
                shape = [] if name == "count" else [d for d in start.shape if d != 1] or [1]
                made = self.add_weight(name=name, shape=shape, dtype="int64" if name == "count" else None, initializer="zeros", trainable=False)
                self.__dict__["count" if name == "count" else f"adapt_{name}"] = made
        self.adapt_mean.assign(_call("tf.reshape", (mean, list(self.adapt_mean.shape), None)))
        self.adapt_variance.assign(_call("tf.reshape", (variance, list(self.adapt_variance.shape), None)))
        self.count.assign(int(count))
        self.__dict__.update(mean=mean, variance=variance, built=True)
        codes, values = bridge.pack([{"mean": mean, "variance": variance}.get(name, value) for name, value in self._given.items()])
        self.__dict__["_layer"] = bridge.js().layer(self._spec["class"], self._layer_dtype.name, codes, *values)


def _of_batch(values, axes):
    """How many numbers there are to a place, their mean and their variance."""
    count = 1.0
    for axis in axes:
        count *= values.shape[axis]
    mean = _call("tf.reduce_mean", (values, axes, True, None))
    return count, mean, _call("tf.reduce_mean", ((values - mean) ** 2, axes, True, None))
