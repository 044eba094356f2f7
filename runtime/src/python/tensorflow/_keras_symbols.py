"""KerasTensors: what `Input` gives, and what layers called on it give."""
from _tape_lens import bridge, nest

from ._dtypes import TensorShape, as_dtype
from ._graph import init_scope
from ._keras_names import floatx, unique
from ._tensors import is_tensor


class KerasTensor:
    """A shape, and the layer call that leads to it."""

    def __init__(self, shape, dtype, call=None, name=None):
        self.shape = TensorShape(shape)
        self.dtype = as_dtype(dtype)
        # The layer, its arguments, its keyword arguments, and which of its outputs this is.
        self._call = call
        self.name = name

    def __repr__(self):
        return f"<KerasTensor: shape={self.shape} dtype={self.dtype.name}>"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"'KerasTensor' object has no attribute '{name}'")


def shape_argument(shape):
    if shape is None or is_tensor(shape):
        return shape
    return tuple(shape) if isinstance(shape, (list, tuple, TensorShape)) else (shape,)


def Input(shape=None, batch_size=None, name=None, dtype=None, sparse=None, tensor=None, ragged=None, type_spec=None, batch_shape=None, **_):
    whole = tuple(batch_shape) if batch_shape is not None else (batch_size, *shape_argument(shape))
    return KerasTensor(whole, dtype or floatx(), name=name or unique("input"))


class InputLayer:
    def __init__(self, input_shape=None, batch_size=None, dtype=None, input_tensor=None, sparse=None, name=None, ragged=None, type_spec=None, batch_input_shape=None, **_):
        self.output = Input(shape=input_shape, batch_size=batch_size, dtype=dtype, batch_shape=batch_input_shape)
        self.name = name or self.output.name


def is_symbolic(value):
    return any(isinstance(v, KerasTensor) for v in nest.flatten(value))


def call_on_symbols(layer, args, kwargs):
    """Finds a call's output shape by making it, unrecorded, on zeros; sizes that are not known stand for two."""

    def stand_in(symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        return bridge.call("tf.zeros", ([2 if d is None else d for d in symbol.shape], symbol.dtype, None, None))

    with init_scope():
        bridge.js().pause()
        try:
            outputs = layer(*nest.map_structure(stand_in, args), **nest.map_structure(stand_in, kwargs))
        finally:
            bridge.js().resume()
    first = next(s for s in nest.flatten((args, kwargs)) if isinstance(s, KerasTensor))
    open_batch = first.shape.rank and first.shape[0] is None
    symbols = [
        KerasTensor([None if i == 0 and open_batch and d == 2 else d for i, d in enumerate(o.shape)], o.dtype, (layer, args, kwargs, n))
        for n, o in enumerate(nest.flatten(outputs))
    ]
    return nest.pack_sequence_as(outputs, symbols)


class Evaluation:
    """One evaluation of a model: the values of its inputs, and what each call on the way gave."""

    def __init__(self, symbols, values):
        self._known = {id(symbol): value for symbol, value in zip(symbols, values)}
        self._results = {}

    def value(self, symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        if id(symbol) not in self._known:
            if symbol._call is None:
                raise ValueError(f"Graph disconnected: cannot obtain value for tensor {symbol!r}.")
            layer, args, kwargs, index = symbol._call
            key = (id(layer), id(args))
            if key not in self._results:
                made = layer(*nest.map_structure(self.value, args), **nest.map_structure(self.value, kwargs))
                self._results[key] = nest.flatten(made)
            self._known[id(symbol)] = self._results[key][index]
        return self._known[id(symbol)]


def layers_between(inputs, outputs):
    found = []
    ends = {id(s) for s in inputs}

    def visit(symbol):
        if id(symbol) in ends or symbol._call is None:
            return
        ends.add(id(symbol))
        layer, args, kwargs, _ = symbol._call
        for s in nest.flatten((args, kwargs)):
            if isinstance(s, KerasTensor):
                visit(s)
        if layer not in found:
            found.append(layer)

    for symbol in outputs:
        visit(symbol)
    return found
