"""`tf.TensorArray`: eagerly a list of tensors; in a graph one tensor, the flow, that holds all elements.

TensorFlow: python/ops/tensor_array_ops.py.
"""
from _tape_lens import bridge

from . import _graph, errors
from ._dtypes import TensorShape, as_dtype
from ._tensors import Tensor, Variable

_call = bridge.call


class TensorArray:
    def __init__(
        self,
        dtype,
        size=None,
        dynamic_size=None,
        clear_after_read=None,
        tensor_array_name=None,
        handle=None,
        flow=None,
        infer_shape=True,
        element_shape=None,
        colocate_with_first_write_call=True,
        name=None,
    ):
        self.dtype = as_dtype(dtype)
        self.dynamic_size = bool(dynamic_size)
        self.element_shape = TensorShape(element_shape)
        self._clears = clear_after_read is not False
        self._cleared = set()
        count = 0 if size is None else size
        if _graph.executing_eagerly():
            self._items, self._flow = [None] * int(count), None
        else:
            self._items, self._flow = None, _call("tf.zeros", ([count, 0], self.dtype, None, None))

    @property
    def flow(self):
        """The elements as one tensor."""
        return self.stack() if self._flow is None else self._flow

    def with_flow(self, flow, items=None):
        """The same array with other elements."""
        made = TensorArray.__new__(TensorArray)
        made.__dict__.update(self.__dict__, _flow=flow, _items=items)
        return made

    def size(self, name=None):
        if self._flow is None:
            return bridge.convert(len(self._items), "int32")
        return _call("tf.shape", (self._flow, "int32", None))[0]

    def write(self, index, value, name=None):
        value = _converted(value, self.dtype)
        if self._flow is not None:
            return self.with_flow(_operation("listWrite", self._flow, _index(index), value))
        at = int(index)
        if at < 0:
            raise errors.OutOfRangeError(f"Writing to negative indices (index {at}) is not allowed.")
        if at >= len(self._items):
            if not self.dynamic_size:
                raise errors.OutOfRangeError(f"Tried to write to index {at} but array is not resizeable and size is: {len(self._items)}")
            self._items.extend([None] * (at + 1 - len(self._items)))
        self._items[at] = value
        self._cleared.discard(at)
        if self.element_shape.rank is None:
            self.element_shape = value.shape
        return self

    def read(self, index, name=None):
        if self._flow is not None:
            return _operation("listRead", self._flow, _index(index))
        at = int(index)
        if at < 0:
            raise errors.OutOfRangeError(f"Reading from negative indices (index {at}) is not allowed.")
        if at >= len(self._items):
            raise errors.OutOfRangeError(f"Tried to read from index {at} but array size is: {len(self._items)} ")
        if at in self._cleared:
            raise errors.InvalidArgumentError(
                f"Could not read index {at} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)"
            )
        item = self._element(at)
        if self._clears:
            self._items[at] = None
            self._cleared.add(at)
        return item

    def _element(self, at):
        """What was never written is zeros, where the shape is known."""
        if self._items[at] is not None:
            return self._items[at]
        if at in self._cleared:
            raise errors.InvalidArgumentError(f"Could not read index {at} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)")
        if not self.element_shape.is_fully_defined():
            raise errors.InvalidArgumentError(
                f"If shape is not known for the TensorArray elements, index {at} must be written before it is read: element shape {self.element_shape}"
            )
        return _call("tf.zeros", (list(self.element_shape), self.dtype, None, None))

    def stack(self, name=None):
        if self._flow is not None:
            return _operation("listStack", self._flow)
        return _call("tf.stack", ([self._element(i) for i in range(len(self._items))], 0, "stack"))

    def concat(self, name=None):
        if self._flow is not None:
            return _operation("listConcat", self._flow)
        return _call("tf.concat", ([self._element(i) for i in range(len(self._items))], 0, "concat"))

    def gather(self, indices, name=None):
        if self._flow is not None:
            return _call("tf.gather", (_operation("listElements", self._flow), indices, None, None, 0, None))
        return _call("tf.stack", ([self._element(int(i)) for i in _whole_list(indices)], 0, "stack"))

    def unstack(self, value, name=None):
        value = _converted(value, self.dtype)
        if self._flow is not None:
            return self.with_flow(_operation("listFrom", value))
        items = _call("tf.unstack", (value, None, 0, "unstack"))
        if len(items) > len(self._items) and not self.dynamic_size:
            raise ValueError(f"Cannot unstack {len(items)} tensors into a TensorArray of static size {len(self._items)} ")
        self._items, self._cleared = list(items), set()
        if self.element_shape.rank is None and items:
            self.element_shape = items[0].shape
        return self

    def scatter(self, indices, value, name=None):
        made = self
        for row, at in enumerate(_whole_list(indices)):
            made = made.write(at, value[row])
        return made

    def split(self, value, lengths, name=None):
        made, start = self, 0
        for at, length in enumerate(_whole_list(lengths)):
            made = made.write(at, value[start : start + int(length)])
            start += int(length)
        return made

    def identity(self):
        return self.with_flow(None if self._flow is None else _call("tf.identity", (self._flow, None)), self._items and list(self._items))

    def grad(self, source, flow=None, name=None):
        raise NotImplementedError("TensorArray.grad is not supported in eager execution.")

    def mark_used(self):
        pass

    def close(self, name=None):
        pass


def _converted(value, dtype):
    if isinstance(value, Variable):
        value = value.value()
    if not isinstance(value, Tensor):
        return bridge.convert(value, dtype)
    if value.dtype != dtype:
        raise errors.InvalidArgumentError(f"TensorArray dtype is {dtype.name} but Op is trying to write dtype {value.dtype.name} ")
    return value


def _whole_list(values):
    return [int(v) for v in values.numpy()] if isinstance(values, Tensor) else list(values)


def _index(index):
    return index if isinstance(index, Tensor) else bridge.convert(index, "int32")


def _operation(name, *tensors):
    return bridge.wrap(getattr(bridge.js(), name)(*[t._h for t in tensors]))
