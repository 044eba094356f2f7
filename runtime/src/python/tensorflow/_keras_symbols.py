"""KerasTensors: what `Input` gives, what layers called on it give, and what TensorFlow's functions called on it give. Keras 2.15: engine/keras_tensor.py, layers/core/tf_op_layer.py."""
from _tape_lens import bridge, nest

from . import errors
from ._dtypes import TensorShape, as_dtype
from ._graph import init_scope
from ._keras_names import floatx, unique
from ._keras_tracking import Tracked
from ._tensors import _Operators, is_tensor, Variable


class Node:
    """One call of a layer on symbols."""

    def __init__(self, layer, args, kwargs):
        self.layer, self.args, self.kwargs = layer, args, kwargs
        self.inputs = [s for s in nest.flatten((args, kwargs)) if isinstance(s, KerasTensor)]
        self.outputs = None
        layer._track()
        layer._nodes.append(self)


class Connected(Tracked):
    """A layer, and what was put in and came out where it was called on symbols."""

    def _node(self, what):
        if not self.__dict__.get("_nodes"):
            raise AttributeError(f"Layer {self.name} is not connected, no input to return." if what == "input" else f"Layer {self.name} has no inbound nodes.")
        if len(self._nodes) > 1:
            raise AttributeError(f"Layer {self.name} has multiple inbound nodes, hence the notion of \"layer {what}\" is ill-defined. Use `get_{what}_at(node_index)` instead.")
        return self._nodes[0]

    @property
    def input(self):
        node = self._node("input")
        return node.args[0] if node.args else node.inputs[0]

    @property
    def output(self):
        return self._node("output").outputs

    def get_output_at(self, node_index):
        return self._nodes[node_index].outputs

    def get_input_at(self, node_index):
        return self._nodes[node_index].args[0]

    @property
    def output_shape(self):
        return tuple(self.output.shape)

    @property
    def input_shape(self):
        return tuple(self.input.shape)

    def count_params(self):
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer {self.name}, but the layer isn't built. You can build it manually via: `{self.name}.build(batch_input_shape)`."
            )
        return sum(v.shape.num_elements() for v in self.weights)

    def _penalties(self):
        return []


class KerasTensor(_Operators):
    """A shape, and the layer call that leads to it."""

    _class_name_ = "KerasTensor"

    def __init__(self, shape, dtype, node, index=0):
        self.shape = TensorShape(shape)
        self.dtype = as_dtype(dtype)
        self.node = node
        # Which of the call's outputs this is.
        self._index = index
        self.name = node.layer.name

    def _pack_(self, codes, out):
        raise bridge.Symbolic(
            f"You are passing {self!r}, an intermediate Keras symbolic input/output, to a TF API that does not allow registering custom dispatchers, such as `tf.cond`, "
            "`tf.function`, gradient tapes, or `tf.map_fn`. Keras Functional model construction only supports TF API calls that *do* support dispatching, such as `tf.math.add` or "
            "`tf.reshape`. Other APIs cannot be called directly on symbolic Kerasinputs/outputs. You can work around this limitation by putting the operation in a custom Keras layer "
            "`call` and calling that layer on this symbolic input/output."
        )

    def __getitem__(self, key):
        return call_on_symbols(TFOpLambda("tf.__operators__.getitem", _item), (self, key), {})

    def __len__(self):
        raise TypeError("Keras symbolic inputs/outputs do not implement `__len__`.")

    __bool__ = __len__

    def __iter__(self):
        if self.shape.rank is None or self.shape.rank == 0 or self.shape[0] is None:
            raise TypeError("Cannot iterate over a Tensor with unknown first dimension.")
        return iter([self[i] for i in range(self.shape[0])])

    def __float__(self):
        raise TypeError("float() argument must be a string or a real number, not 'KerasTensor'")

    def __int__(self):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number, not 'KerasTensor'")

    __index__ = __int__

    def __array__(self, dtype=None):
        self._pack_([], [])

    def __hash__(self):
        raise TypeError(f"Tensors are unhashable (this tensor: {self!r}). Instead, use tensor.ref() as the key.")

    def __repr__(self):
        return f"<KerasTensor: shape={self.shape} dtype={self.dtype.name} (created by layer '{self.name}')>"

    __str__ = __repr__


def _item(x, key):
    return x[key]


class TFOpLambda(Connected):
    """A function of TensorFlow in the place of a layer."""

    def __init__(self, name, function):
        self.name_of_function = name
        self._name = unique(name)
        self._function = function

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)

    def _call_symbolic(self, args, kwargs):
        return call_on_symbols(self, args, kwargs)

    def again(self):
        """Of the same name."""
        other = TFOpLambda.__new__(TFOpLambda)
        other.name_of_function, other._name, other._function = self.name_of_function, self._name, self._function
        return other


# What Keras calls operators that it knows by the name of a function, and what it calls by another name than we do.
_OPERATIONS = {
    "tf.__operators__.sub": "tf.math.subtract",
    "tf.__operators__.mul": "tf.math.multiply",
    "tf.__operators__.truediv": "tf.math.truediv",
    "tf.__operators__.floordiv": "tf.math.floordiv",
    "tf.__operators__.mod": "tf.math.floormod",
    "tf.__operators__.pow": "tf.math.pow",
    "tf.__operators__.lt": "tf.math.less",
    "tf.__operators__.le": "tf.math.less_equal",
    "tf.__operators__.gt": "tf.math.greater",
    "tf.__operators__.ge": "tf.math.greater_equal",
    "tf.__operators__.matmul": "tf.linalg.matmul",
    "tf.truediv": "tf.math.truediv",
}


def _called_on_symbols(name, args):
    """A function of TensorFlow whose arguments have symbols among them."""
    return call_on_symbols(TFOpLambda(_OPERATIONS.get(name) or _full_name(name), lambda *given: bridge.call(name, given)), tuple(args), {})


def _full_name(name):
    """`tf.math.multiply` is the name of `tf.multiply`."""
    from _tape_lens import catalog

    names = next((entry["names"] for entry in catalog.functions if name in entry["names"]), [name])
    return next((n for n in names if n.startswith(("tf.math.", "tf.linalg."))), name)


bridge.on_symbols = _called_on_symbols


def shape_argument(shape):
    if shape is None or is_tensor(shape):
        return shape
    return tuple(shape) if isinstance(shape, (list, tuple, TensorShape)) else (shape,)


class InputLayer(Connected):
    def __init__(self, input_shape=None, batch_size=None, dtype=None, input_tensor=None, sparse=None, name=None, ragged=None, type_spec=None, batch_input_shape=None, **_):
        whole = tuple(batch_input_shape) if batch_input_shape is not None else (batch_size, *shape_argument(input_shape))
        self._name = name or unique("input")
        node = Node(self, (), {})
        node.outputs = KerasTensor(whole, dtype or floatx(), node)

    @property
    def input(self):
        return self.output


def shapes_given(shape):
    """The shapes in what `build` is given: one, or a list of them."""
    return shape if isinstance(shape, list) and any(isinstance(s, (list, tuple, TensorShape)) for s in shape) else [shape]


def Input(shape=None, batch_size=None, name=None, dtype=None, sparse=None, tensor=None, ragged=None, type_spec=None, batch_shape=None, **_):
    # Keras counts them from 1.
    return InputLayer(shape, batch_size, dtype, name=name or _numbered(unique("input")), batch_input_shape=batch_shape).output


def _numbered(name):
    stem, _, number = name.partition("_")
    return f"{stem}_{int(number or 0) + 1}"


def is_symbolic(value):
    return any(isinstance(v, KerasTensor) for v in nest.flatten(value))


# What sizes that are not known stand for: two of them, to see which sizes of the outputs follow. The larger ones are for layers with windows.
_STAND_INS = ((2, 9), (64, 160))


def call_on_symbols(layer, args, kwargs):
    """Finds the shapes of a call's outputs by making it, unrecorded, on zeros; the batch, where its size is not known, is of two."""
    symbols = [s for s in nest.flatten((args, kwargs)) if isinstance(s, KerasTensor)]
    is_open = any(None in list(s.shape)[1:] for s in symbols)
    outputs, others = _called_on_open_sizes(layer, args, kwargs) if is_open else [_called_on_zeros(layer, args, kwargs, 2)] * 2
    node = Node(layer, args, kwargs)
    first = node.inputs[0]
    open_batch = first.shape.rank and first.shape[0] is None

    def symbol(index, output, other):
        output = output.value() if isinstance(output, Variable) else output
        sizes = [None if d != o or i == 0 and open_batch and d == 2 else d for i, (d, o) in enumerate(zip(output.shape, other.shape))]
        return KerasTensor(sizes, output.dtype, node, index)

    pairs = zip(nest.flatten(outputs), nest.flatten(others))
    node.outputs = nest.pack_sequence_as(outputs, [symbol(n, *pair) for n, pair in enumerate(pairs)])
    return node.outputs


def _called_on_open_sizes(layer, args, kwargs):
    *first, last = _STAND_INS
    for sizes in first:
        try:
            return [_called_on_zeros(layer, args, kwargs, size) for size in sizes]
        except (ValueError, errors.InvalidArgumentError):
            pass
    return [_called_on_zeros(layer, args, kwargs, size) for size in last]


def _called_on_zeros(layer, args, kwargs, size):
    def stand_in(symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        sizes = [(size if i else 2) if d is None else d for i, d in enumerate(symbol.shape)]
        return bridge.call("tf.zeros", (sizes, symbol.dtype, None, None))

    with init_scope():
        bridge.js().pause()
        try:
            return layer(*nest.map_structure(stand_in, args), **nest.map_structure(stand_in, kwargs))
        finally:
            bridge.js().resume()


class Evaluation:
    """One evaluation of a model: the values of its inputs, and what each call on the way gave."""

    def __init__(self, symbols, values):
        self._known = {id(symbol): value for symbol, value in zip(symbols, values)}
        self._results = {}

    def value(self, symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        if id(symbol) not in self._known:
            node = symbol.node
            if not node.inputs:
                raise ValueError(f"Graph disconnected: cannot obtain value for tensor {symbol!r}.")
            if node not in self._results:
                made = node.layer(*nest.map_structure(self.value, node.args), **nest.map_structure(self.value, node.kwargs))
                self._results[node] = nest.flatten(made)
            self._known[id(symbol)] = self._results[node][symbol._index]
        return self._known[id(symbol)]


def network_layers(inputs, outputs):
    """The layers of a network, as Keras orders them: by their distance from the outputs, then as they are come upon. Keras: engine/functional.py, _map_graph_network."""
    ends = {id(symbol) for symbol in inputs}
    order, nodes, done = {}, [], set()

    def visit(symbol):
        node = symbol.node
        if node in done:
            return
        order.setdefault(node.layer, len(order))
        for inner in () if id(symbol) in ends else node.inputs:
            visit(inner)
        if node not in done:
            done.add(node)
            nodes.append(node)

    for symbol in outputs:
        visit(symbol)
    of_nodes, of_layers = {}, {}
    for node in reversed(nodes):
        depth = max(of_nodes.get(node, 0), of_layers.get(node.layer, 0))
        of_nodes[node] = of_layers[node.layer] = depth
        if not any(id(s) in ends for s in nest.flatten(node.outputs)):
            for symbol in node.inputs:
                of_nodes[symbol.node] = max(depth + 1, of_nodes.get(symbol.node, 0))
    for symbol in inputs:
        of_layers.setdefault(symbol.node.layer, 0)
        order.setdefault(symbol.node.layer, -1)
    return sorted(of_layers, key=lambda layer: (-of_layers[layer], order[layer]))
