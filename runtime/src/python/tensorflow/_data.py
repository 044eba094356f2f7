"""`tf.data.Dataset`: what gives tensors one after the other. No tape sees how they come about.

TensorFlow: python/data/ops/dataset_ops.py and its neighbours.
"""
import contextlib
import random

from _tape_lens import bridge, nest
from _tape_lens.failures import NotSupported

from . import _graph, errors
from ._dtypes import DTYPES
from ._function import Function, TensorSpec
from ._tensors import Tensor, Variable, is_tensor

AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2

_call = bridge.call


@contextlib.contextmanager
def _unseen():
    """Outside of every graph, and of every tape."""
    with _graph.init_scope():
        bridge.js().pause()
        try:
            yield
        finally:
            bridge.js().resume()


def _element(value):
    """A structure of tuples and dicts, whose leaves are tensors: a list is one tensor."""
    if isinstance(value, dict):
        return {key: _element(item) for key, item in value.items()}
    if isinstance(value, tuple):
        items = [_element(item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, Variable):
        return value.value()
    return value if isinstance(value, Tensor) else bridge.convert(value)


def _called(function, element):
    return function(*element) if isinstance(element, tuple) and not hasattr(element, "_fields") else function(element)


def _traced(function):
    """As a graph: traced once for every kind of element."""
    return Function(lambda *element: _element(_returned(function(*element))))


def _returned(value):
    return [_returned(item) for item in value] if isinstance(value, list) else value


def _stacked(rows):
    columns = zip(*[nest.flatten(row) for row in rows])
    return nest.pack_sequence_as(rows[0], [_call("tf.stack", (list(column), 0, "stack")) for column in columns])


def _rows(element):
    """One element as its rows."""
    leaves = nest.flatten(element)
    for i in range(leaves[0].shape[0]):
        yield nest.map_structure(lambda leaf: leaf[i], element)


def _number(value):
    return int(value.numpy()) if is_tensor(value) else int(value)


class Dataset:
    """`make` gives an iterator of elements; `count` says how many there are, or one of the constants above."""

    def __init__(self, make, count=UNKNOWN_CARDINALITY):
        self._make = make
        self._count = count

    # ---------------------------------------------------------------------------------------- sources

    @staticmethod
    def from_tensors(tensors, name=None):
        with _unseen():
            element = nest.map_structure(lambda leaf: _call("tf.identity", (leaf, None)), _element(tensors))
        return Dataset(lambda: iter([element]), 1)

    @staticmethod
    def from_tensor_slices(tensors, name=None):
        with _unseen():
            element = _element(tensors)
        leaves = nest.flatten(element)
        if any(leaf.shape.rank == 0 for leaf in leaves):
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        counts = [leaf.shape[0] for leaf in leaves]
        if len(set(counts)) > 1:
            raise ValueError(f"Dimensions {counts[0]} and {next(c for c in counts if c != counts[0])} are not compatible")
        return Dataset(lambda: _rows(element), counts[0])

    @staticmethod
    def range(*args, output_type=None, name=None):
        numbers = range(*[_number(a) for a in args])
        return Dataset(lambda: (bridge.convert(n, output_type or DTYPES["int64"]) for n in numbers), len(numbers))

    @staticmethod
    def zip(*args, datasets=None, name=None):
        given = datasets if datasets is not None else args[0] if len(args) == 1 else args
        parts = nest.flatten(given)
        known = [p._count for p in parts if p._count != INFINITE_CARDINALITY]
        count = INFINITE_CARDINALITY if not known else UNKNOWN_CARDINALITY if UNKNOWN_CARDINALITY in known else min(known)
        return Dataset(lambda: (nest.pack_sequence_as(given, list(row)) for row in zip(*[p._make() for p in parts])), count)

    @staticmethod
    def from_generator(generator, output_types=None, output_shapes=None, args=None, output_signature=None, name=None):
        form = output_types if output_signature is None else output_signature

        def typed(value):
            kinds = nest.flatten(form)
            leaves = nest.flatten(value) if nest.is_nested(form) else [value]
            made = [bridge.convert(leaf, getattr(kind, "dtype", kind)) for leaf, kind in zip(leaves, kinds)]
            return nest.pack_sequence_as(form, made)

        return Dataset(lambda: map(typed, generator(*(args or ()))))

    # ---------------------------------------------------------------------------------------- what is made of one

    def map(self, map_func, num_parallel_calls=None, deterministic=None, name=None):
        function = _traced(map_func)
        return Dataset(lambda: (_called(function, element) for element in self._make()), self._count)

    def filter(self, predicate, name=None):
        function = _traced(predicate)
        return Dataset(lambda: (element for element in self._make() if bool(_called(function, element))))

    def flat_map(self, map_func, name=None):
        return Dataset(lambda: (inner for element in self._make() for inner in _called(map_func, element)._make()))

    def interleave(self, map_func, cycle_length=None, block_length=None, num_parallel_calls=None, deterministic=None, name=None):
        raise NotSupported("tensorflow.data.Dataset.interleave is not supported by Tape Lens yet")

    def batch(self, batch_size, drop_remainder=False, num_parallel_calls=None, deterministic=None, name=None):
        size = _number(batch_size)

        def make():
            rows = []
            for element in self._make():
                rows.append(element)
                if len(rows) == size:
                    yield _stacked(rows)
                    rows = []
            if rows and not drop_remainder:
                yield _stacked(rows)

        return Dataset(make, self._count if self._count < 0 else self._count // size if drop_remainder else -(-self._count // size))

    def unbatch(self, name=None):
        return Dataset(lambda: (row for element in self._make() for row in _rows(element)))

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=None, name=None):
        size = _number(buffer_size)
        draw = random.Random(seed) if seed is not None else random

        def make():
            held = []
            for element in self._make():
                held.append(element)
                if len(held) > size:
                    yield held.pop(draw.randrange(len(held) - 1))
            while held:
                yield held.pop(draw.randrange(len(held)))

        return Dataset(make, self._count)

    def repeat(self, count=None, name=None):
        times = None if count is None or _number(count) < 0 else _number(count)

        def make():
            done = 0
            while times is None or done < times:
                some = False
                for element in self._make():
                    some = True
                    yield element
                if not some:
                    return
                done += 1

        whole = INFINITE_CARDINALITY if times is None else self._count if self._count < 0 else self._count * times
        return Dataset(make, whole)

    def take(self, count, name=None):
        most = _number(count)

        def make():
            for i, element in enumerate(self._make() if most else ()):
                yield element
                if i + 1 == most:
                    return

        whole = self._count if most < 0 else most if self._count == INFINITE_CARDINALITY else min(most, self._count)
        return Dataset(make if most >= 0 else self._make, whole)

    def skip(self, count, name=None):
        first = _number(count)
        return Dataset(lambda: (element for i, element in enumerate(self._make()) if i >= first), self._count if self._count < 0 else max(0, self._count - first))

    def shard(self, num_shards, index, name=None):
        return Dataset(lambda: (element for i, element in enumerate(self._make()) if i % num_shards == index))

    def concatenate(self, dataset, name=None):
        count = self._count + dataset._count if min(self._count, dataset._count) >= 0 else UNKNOWN_CARDINALITY
        return Dataset(lambda: (element for part in (self, dataset) for element in part._make()), count)

    def enumerate(self, start=0, name=None):
        return Dataset(lambda: ((bridge.convert(start + i, DTYPES["int64"]), element) for i, element in enumerate(self._make())), self._count)

    def cache(self, filename="", name=None):
        kept = []

        def make():
            if not kept:
                kept.append(list(self._make()))
            return iter(kept[0])

        return Dataset(make, self._count)

    def _same(self, *_, **__):
        return self

    prefetch = with_options = _same

    def apply(self, transformation_func):
        return transformation_func(self)

    # ---------------------------------------------------------------------------------------- what comes of it

    def __iter__(self):
        if not _graph.executing_eagerly():
            raise NotSupported("a loop over a tensorflow.data.Dataset in a graph is not supported by Tape Lens yet")
        return Iterator(self)

    def __len__(self):
        if self._count == INFINITE_CARDINALITY:
            raise TypeError("The dataset is infinite.")
        if self._count == UNKNOWN_CARDINALITY:
            raise TypeError("The dataset length is unknown.")
        return self._count

    def __bool__(self):
        return True

    def cardinality(self):
        return bridge.convert(self._count, DTYPES["int64"])

    def as_numpy_iterator(self):
        return (nest.map_structure(lambda leaf: leaf.numpy(), element) for element in self)

    def reduce(self, initial_state, reduce_func, name=None):
        state = _element(initial_state)
        for element in self:
            with _unseen():
                state = _element(reduce_func(state, element))
        return state

    @property
    def element_spec(self):
        with _unseen():
            return nest.map_structure(TensorSpec.from_tensor, next(self._make()))


class Iterator:
    """What `iter(dataset)` gives: it goes on where it stopped."""

    def __init__(self, dataset):
        self._elements = dataset._make()
        self.element_spec = None

    def __iter__(self):
        return self

    def __next__(self):
        with _unseen():
            return next(self._elements)

    def get_next(self):
        try:
            return next(self)
        except StopIteration:
            raise errors.OutOfRangeError("End of sequence") from None


def table():
    return {
        "data.Dataset": Dataset,
        "data.Iterator": Iterator,
        "data.AUTOTUNE": AUTOTUNE,
        "data.experimental.AUTOTUNE": AUTOTUNE,
        "data.INFINITE_CARDINALITY": INFINITE_CARDINALITY,
        "data.UNKNOWN_CARDINALITY": UNKNOWN_CARDINALITY,
        "data.experimental.cardinality": lambda dataset: dataset.cardinality(),
    }
