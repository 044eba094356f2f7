"""`tf.keras`: the class protocol (names, building, tracking) over the layers, losses and initializers of the core."""
import functools
import inspect
import json
import re

from _tape_lens import bridge, catalog, nest
from _tape_lens.failures import NotSupported

from ._dtypes import DTYPES, TensorShape, as_dtype
from ._functions import Module, _collect
from ._tensors import Tensor, Variable, is_tensor

_counts = {}


def forget():
    """Before each program: layers are numbered from the start."""
    _counts.clear()


def _unique(name):
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    count = _counts.get(snake, 0)
    _counts[snake] = count + 1
    return snake if count == 0 else f"{snake}_{count}"


# ------------------------------------------------------------------------------------------------ symbolic inputs


class KerasTensor:
    """What `Input` gives: a shape, and the layer calls that lead to it."""

    def __init__(self, shape, dtype, layer=None, inputs=None, name=None):
        self.shape = TensorShape(shape)
        self.dtype = as_dtype(dtype)
        self._layer = layer
        self._inputs = inputs
        self.name = name

    def __repr__(self):
        return f"<KerasTensor: shape={self.shape} dtype={self.dtype.name}>"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(f"'KerasTensor' object has no attribute '{name}'")


def _shape_argument(shape):
    if shape is None or is_tensor(shape):
        return shape
    return tuple(shape) if isinstance(shape, (list, tuple, TensorShape)) else (shape,)


def Input(shape=None, batch_size=None, name=None, dtype=None, sparse=None, tensor=None, ragged=None, type_spec=None, batch_shape=None, **_):
    whole = tuple(batch_shape) if batch_shape is not None else (batch_size, *_shape_argument(shape))
    return KerasTensor(whole, dtype or "float32", name=name or _unique("input"))


class InputLayer:
    def __init__(self, input_shape=None, batch_size=None, dtype=None, input_tensor=None, sparse=None, name=None, ragged=None, type_spec=None, batch_input_shape=None, **_):
        self.output = Input(shape=input_shape, batch_size=batch_size, dtype=dtype, batch_shape=batch_input_shape)
        self.name = name or self.output.name


def _is_symbolic(value):
    return any(isinstance(v, KerasTensor) for v in nest.flatten(value))


# ------------------------------------------------------------------------------------------------ layers


class Layer(Module):
    """Base of all layers: named, built at its first call, its weights tracked through its attributes."""

    def __init__(self, trainable=True, name=None, dtype=None, dynamic=False, **kwargs):
        unknown = set(kwargs) - {"input_shape", "input_dim", "batch_input_shape", "batch_size", "weights", "autocast", "activity_regularizer"}
        if unknown:
            raise TypeError(f"('Keyword argument not understood:', '{sorted(unknown)[0]}')")
        self._track()
        self._name = name or _unique(type(self).__name__)
        self.trainable = trainable
        self._layer_dtype = as_dtype(dtype or "float32")
        shape = kwargs.get("input_shape")
        if "input_dim" in kwargs:
            shape = (kwargs["input_dim"],)
        self._given_shape = kwargs["batch_input_shape"] if "batch_input_shape" in kwargs else None if shape is None else (None, *_shape_argument(shape))

    def _track(self):
        if "_added" not in self.__dict__:
            self.__dict__["_added"] = []
            self.__dict__["built"] = False
            self.__dict__["_losses"] = []

    def __setattr__(self, name, value):
        self._track()
        super().__setattr__(name, value)

    # What a subclass may have.
    def build(self, input_shape):
        pass

    def call(self, inputs, *args, **kwargs):
        raise NotImplementedError("Unimplemented `tf.keras.Model.call()`: if you intend to create a `Model` with the Functional API, please provide `inputs` and `outputs` arguments.")

    def get_config(self):
        return {"name": self.name, "trainable": self.trainable}

    @property
    def dtype(self):
        return self._layer_dtype.name

    def __call__(self, *args, **kwargs):
        if args and _is_symbolic(args[0]):
            return _symbolic_call(self, args[0], kwargs)
        if args:
            args = (nest.map_structure(_as_input, args[0]), *args[1:])
        if not self.built:
            self._build_for(args[0] if args else None)
        training = kwargs.get("training")
        if "training" in kwargs and not _takes(self.call, "training"):
            del kwargs["training"]
        elif training is None and _takes(self.call, "training"):
            kwargs["training"] = _default_training()
        return self.call(*args, **kwargs)

    def _build_for(self, inputs):
        shapes = nest.map_structure(lambda t: t.shape, inputs)
        self.build(shapes)
        self.__dict__["built"] = True

    def add_weight(self, name=None, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, constraint=None, **_):
        shape = () if shape is None else tuple(shape) if not isinstance(shape, int) else (shape,)
        given = "glorot_uniform" if initializer is None else initializer
        dtype = as_dtype(dtype or self._layer_dtype)
        value = _initial(given, shape, dtype)
        variable = Variable(value, trainable=trainable is not False, name=f"{self.name}/{name}" if name else self.name, dtype=dtype)
        self._added.append(variable)
        return variable

    add_variable = add_weight

    def _own_variables_(self):
        """Keras' order: what was added as weights, then attributes in the order of their making."""
        return [self._added] + [value for name, value in vars(self).items() if name not in ("_added", "_losses")]

    def _all(self):
        return list(_collect(self, set()))

    @property
    def weights(self):
        return self.trainable_weights + self.non_trainable_weights

    @property
    def variables(self):
        return self.weights

    @property
    def trainable_weights(self):
        return _trainable(self)

    @property
    def trainable_variables(self):
        return self.trainable_weights

    @property
    def non_trainable_weights(self):
        keep = {id(v) for v in self.trainable_weights}
        return [v for v in self._all() if id(v) not in keep]

    @property
    def non_trainable_variables(self):
        return self.non_trainable_weights

    @property
    def losses(self):
        return list(self._losses)

    def add_loss(self, loss, **_):
        self._losses.append(loss)

    def count_params(self):
        return sum(v.shape.num_elements() for v in self._all())

    def get_weights(self):
        return [v.numpy() for v in self.weights]

    def set_weights(self, values):
        own = self.weights
        if len(values) != len(own):
            raise ValueError(f'You called `set_weights(weights)` on layer "{self.name}" with a weight list of length {len(values)}, but the layer was expecting {len(own)} weights.')
        for variable, value in zip(own, values):
            variable.assign(value)


def _trainable(layer):
    """The trainable variables below a layer, without those of layers that are frozen."""
    frozen = set()
    if not layer.trainable:
        return []
    for inner in _layers_below(layer):
        if not inner.trainable:
            frozen.update(id(v) for v in inner._all())
    return [v for v in layer._all() if v.trainable and id(v) not in frozen]


def _layers_below(value, seen=None):
    seen = set() if seen is None else seen
    for child in vars(value).values() if isinstance(value, Module) else value:
        for item in nest.flatten(child):
            if isinstance(item, Layer) and id(item) not in seen:
                seen.add(id(item))
                yield item
                yield from _layers_below(item, seen)


def _as_input(value):
    return value.value() if isinstance(value, Variable) else value if isinstance(value, Tensor) or value is None else bridge.convert(value)


def _takes(function, name):
    return name in _parameters(getattr(function, "__func__", function))


@functools.lru_cache(maxsize=256)
def _parameters(function):
    try:
        return frozenset(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return frozenset()


_training = [False]


def _default_training():
    return _training[-1]


class TableLayer(Layer):
    """A layer whose arithmetic is the core's."""

    _spec = {}

    def _configure(self, arguments, common):
        super().__init__(**common)
        codes, values = bridge.pack(arguments)
        self._layer = bridge.js().layer(self._spec["name"], codes, *values)

    def build(self, input_shape):
        shape = input_shape[0] if isinstance(input_shape, list) else input_shape
        names = bridge.check(bridge.js().buildLayer(self._layer, json.dumps(list(shape)), self.name, True))
        for name in json.loads(names):
            variable = Variable._of(bridge.js().weight(self._layer, name))
            self._added.append(variable)
            self.__dict__[name] = variable
        self.__dict__["built"] = True

    def call(self, inputs, training=None):
        listed = inputs if isinstance(inputs, (list, tuple)) else [inputs]
        codes, values = bridge.pack((list(listed),))
        return bridge.wrap(bridge.js().callLayer(self._layer, bool(training), codes, *values))


def _layer_class(spec):
    """A class with the layer's own constructor."""
    names = catalog.parameters(spec["signature"])
    signature = ", ".join(["self", *([spec["signature"]] if spec["signature"] else []), "**common"])
    lines = [f"def __init__({signature}):"]
    lines += [f"    self.{name} = {name}" for name in names if name not in ("activation",)]
    lines.append(f"    self._configure(({''.join(n + ', ' for n in names)}), common)")
    scope = {}
    exec("\n".join(lines), scope)
    made = type(spec["name"], (TableLayer,), {"__init__": scope["__init__"], "_spec": spec})
    made.__module__ = "tensorflow.keras.layers"
    return made


class Lambda(Layer):
    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}

    def call(self, inputs):
        return self.function(inputs, **self.arguments)


# ------------------------------------------------------------------------------------------------ models


class Model(Layer):
    def __new__(cls, *args, **kwargs):
        functional = len(args) >= 2 or "inputs" in kwargs or len(args) == 1 and _is_symbolic(args[0])
        if functional and cls in (Model,):
            return super().__new__(Functional)
        return super().__new__(cls)

    def __init__(self, *args, **kwargs):
        super().__init__(**kwargs)
        self._compiled = None

    @property
    def layers(self):
        return [v for child in list(vars(self).values()) for v in nest.flatten(child) if isinstance(v, Layer)]

    def get_layer(self, name=None, index=None):
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in self.layers]}.")

    def build(self, input_shape):
        self.__dict__["built"] = True

    def summary(self, line_length=None, positions=None, print_fn=None, **_):
        write = print_fn or print
        write(f'Model: "{self.name}"')
        write("_" * 65)
        for layer in self.layers:
            write(f" {layer.name} ({type(layer).__name__})".ljust(50) + f"{layer.count_params()}")
        write("=" * 65)
        write(f"Total params: {self.count_params()}")

    def compile(self, optimizer="rmsprop", loss=None, metrics=None, **_):
        self._compiled = (optimizers_get(optimizer), losses_get(loss))

    def fit(self, *_, **__):
        raise NotSupported("tensorflow.keras.Model.fit is not supported by Tape Lens yet")

    def predict(self, x, *_, **__):
        return self(bridge.convert(x) if not is_tensor(x) else x, training=False).numpy()


class Sequential(Model):
    def __init__(self, layers=None, name=None):
        super().__init__(name=name)
        self._stack = []
        self._input = None
        for layer in layers or ():
            self.add(layer)

    def add(self, layer):
        if isinstance(layer, (KerasTensor, InputLayer)):
            self._input = layer.output if isinstance(layer, InputLayer) else layer
            return
        if not isinstance(layer, Layer):
            if callable(layer):
                layer = Lambda(layer)
            else:
                raise TypeError(f"The added layer must be an instance of class Layer. Received: layer={layer} of type {type(layer)}.")
        if self._input is None and not self._stack and layer.__dict__.get("_given_shape") is not None:
            self._input = KerasTensor(layer._given_shape, "float32")
        self._stack.append(layer)
        if self._input is not None:
            self._build_now()

    def _build_now(self):
        """With a known input, the weights exist from the start."""
        symbol = self._input
        for layer in self._stack:
            symbol = layer(symbol)
        self.__dict__["built"] = True

    def pop(self):
        return self._stack.pop()

    @property
    def layers(self):
        return list(self._stack)

    def build(self, input_shape=None):
        if input_shape is not None:
            self._input = KerasTensor(input_shape, "float32")
            self._build_now()
        self.__dict__["built"] = True

    def _build_for(self, inputs):
        self.__dict__["built"] = True

    @property
    def input_shape(self):
        return tuple(self._input.shape)

    @property
    def inputs(self):
        return [self._input]

    @property
    def outputs(self):
        symbol = self._input
        for layer in self._stack:
            symbol = layer(symbol)
        return [symbol]

    @property
    def input(self):
        return self._input

    @property
    def output(self):
        return self.outputs[0]

    def call(self, inputs, training=None, mask=None):
        for layer in self._stack:
            inputs = layer(inputs, training=training) if _takes(layer.call, "training") else layer(inputs)
        return inputs


class Functional(Model):
    """A model given by its inputs and outputs."""

    def __init__(self, inputs=None, outputs=None, name=None, **kwargs):
        Layer.__init__(self, name=name or _unique("model"), **kwargs)
        self._compiled = None
        self.inputs = nest.flatten(inputs)
        self.outputs = nest.flatten(outputs)
        self._input_structure, self._output_structure = inputs, outputs
        self._stack = _layers_between(self.inputs, self.outputs)
        self.__dict__["built"] = True

    @property
    def layers(self):
        return list(self._stack)

    @property
    def input(self):
        return self._input_structure

    @property
    def output(self):
        return self._output_structure

    def call(self, inputs, training=None, mask=None):
        known = {id(symbol): value for symbol, value in zip(self.inputs, nest.flatten(inputs))}
        results = [_evaluate(symbol, known, training) for symbol in self.outputs]
        return nest.pack_sequence_as(self._output_structure, results)


def _evaluate(symbol, known, training):
    if id(symbol) not in known:
        if symbol._layer is None:
            raise ValueError(f"Graph disconnected: cannot obtain value for tensor {symbol!r}.")
        layer, kwargs, index = symbol._layer
        inputs = nest.map_structure(lambda s: _evaluate(s, known, training) if isinstance(s, KerasTensor) else s, symbol._inputs)
        given = {**kwargs, **({"training": training} if _takes(layer.call, "training") else {})}
        outputs = nest.flatten(layer(inputs, **given))
        known[id(symbol)] = outputs[index]
    return known[id(symbol)]


def _layers_between(inputs, outputs):
    found = []
    ends = {id(s) for s in inputs}

    def visit(symbol):
        if id(symbol) in ends or symbol._layer is None:
            return
        ends.add(id(symbol))
        for s in nest.flatten(symbol._inputs):
            if isinstance(s, KerasTensor):
                visit(s)
        if symbol._layer[0] not in found:
            found.append(symbol._layer[0])

    for symbol in outputs:
        visit(symbol)
    return found


def _symbolic_call(layer, inputs, kwargs):
    """Finds a call's output shape by making it, unrecorded, on zeros; sizes that are not known stand for two."""
    if isinstance(layer, Sequential) and not layer.built and layer._input is None:
        layer.build(inputs.shape)

    def stand_in(symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        return bridge.call("tf.zeros", ([2 if d is None else d for d in symbol.shape], symbol.dtype, None, None))

    bridge.js().pause()
    try:
        outputs = layer(nest.map_structure(stand_in, inputs), **kwargs)
    finally:
        bridge.js().resume()
    first = next(s for s in nest.flatten(inputs) if isinstance(s, KerasTensor))
    open_batch = first.shape.rank and first.shape[0] is None
    symbols = [
        KerasTensor([None if i == 0 and open_batch and d == 2 else d for i, d in enumerate(o.shape)], o.dtype, (layer, kwargs, n), inputs)
        for n, o in enumerate(nest.flatten(outputs))
    ]
    return nest.pack_sequence_as(outputs, symbols)


# ------------------------------------------------------------------------------------------------ losses


class Loss:
    def __init__(self, reduction="auto", name=None):
        self.reduction = reduction
        self.name = name or _unique(type(self).__name__)

    def call(self, y_true, y_pred):
        raise NotImplementedError

    def __call__(self, y_true, y_pred, sample_weight=None):
        losses = self.call(y_true, y_pred)
        if sample_weight is not None:
            losses = losses * sample_weight
        if self.reduction == "none":
            return losses
        total = bridge.call("tf.reduce_sum", (losses, None, False, None))
        if self.reduction == "sum":
            return total
        count = float(losses.shape.num_elements())
        return bridge.call("tf.math.divide_no_nan", (total, count, None))


def _loss_class(spec):
    names = catalog.parameters(spec["extra"])
    signature = ", ".join(["self", *([spec["extra"]] if spec["extra"] else []), "reduction='auto'", "name=None"])
    lines = [f"def __init__({signature}):", f"    self._extra = ({''.join(n + ', ' for n in names)})", "    _base(self, reduction, name)"]
    scope = {"_base": Loss.__init__}
    exec("\n".join(lines), scope)

    def call(self, y_true, y_pred):
        return bridge.call(spec["function"], (y_true, y_pred, *self._extra))

    made = type(spec["name"], (Loss,), {"__init__": scope["__init__"], "call": call})
    made.__module__ = "tensorflow.keras.losses"
    return made


def losses_get(loss):
    if not isinstance(loss, str):
        return loss
    for spec in catalog.losses:
        if loss in (spec["name"], spec["function"].rpartition(".")[2]):
            return _loss_class(spec)()
    if loss == "mse":
        return losses_get("mean_squared_error")
    raise ValueError(f"Unknown loss function: '{loss}'.")


# ------------------------------------------------------------------------------------------------ initializers


class Initializer:
    """What `tf.keras.initializers.X(...)` gives: called with a shape, it gives a tensor."""

    def __call__(self, shape, dtype=None, **_):
        raise NotImplementedError


def _initializer_class(spec):
    names = catalog.parameters(spec["signature"])
    signature = ", ".join(["self", *([spec["signature"]] if spec["signature"] else [])])
    scope = {}
    exec(f"def __init__({signature}):\n    self._arguments = ({''.join(n + ', ' for n in names)})", scope)

    def call(self, shape, dtype=None, **_):
        codes, values = bridge.pack(([int(d) for d in shape], as_dtype(dtype or "float32"), *self._arguments))
        return bridge.wrap(bridge.js().initializer(spec["name"], codes, *values))

    made = type(spec["name"], (Initializer,), {"__init__": scope["__init__"], "__call__": call})
    made.__module__ = "tensorflow.keras.initializers"
    return made


def _initial(given, shape, dtype):
    if isinstance(given, type) and issubclass(given, Initializer):
        given = given()
    if callable(given) and not isinstance(given, str):
        return given(shape, dtype=dtype)
    codes, values = bridge.pack((given, list(shape), dtype))
    return bridge.wrap(bridge.js().initial(codes, *values))


# ------------------------------------------------------------------------------------------------ optimizers


class Optimizer:
    def __init__(self, learning_rate, name=None):
        self.learning_rate = learning_rate
        self.name = name
        self.iterations = Variable(0, trainable=False, name="iteration", dtype=DTYPES["int64"])
        self._steps = 0
        self._slots = {}

    @property
    def lr(self):
        return self.learning_rate

    def apply_gradients(self, grads_and_vars, **_):
        pairs = list(grads_and_vars)
        if not pairs or all(g is None for g, _ in pairs):
            raise ValueError(
                f"No gradients provided for any variable: {([v.name for _, v in pairs],)}. Provided `grads_and_vars` is {tuple((g, v) for g, v in pairs)}."
            )
        self.iterations.assign_add(1)
        self._steps += 1
        rate = float(self.learning_rate(self._steps - 1) if callable(self.learning_rate) and not is_tensor(self.learning_rate) else self.learning_rate)
        bridge.js().pause()
        try:
            for gradient, variable in pairs:
                if gradient is not None:
                    variable.assign(variable._peek() - self._step(gradient, variable, rate))
        finally:
            bridge.js().resume()

    def minimize(self, loss, var_list, tape=None):
        from ._tape import GradientTape

        if callable(loss) and not is_tensor(loss):
            with GradientTape() as tape:
                loss = loss()
        variables = var_list() if callable(var_list) else var_list
        self.apply_gradients(zip(tape.gradient(loss, variables), variables))

    def _slot(self, name, variable, like):
        return self._slots.setdefault((name, id(variable)), like * 0.0)


class SGD(Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name="SGD", **_):
        super().__init__(learning_rate, name)
        self.momentum, self.nesterov = momentum, nesterov

    def _step(self, gradient, variable, rate):
        if not self.momentum:
            return gradient * rate
        velocity = self._slot("momentum", variable, gradient) * self.momentum + gradient * rate
        self._slots["momentum", id(variable)] = velocity
        return velocity * self.momentum + gradient * rate if self.nesterov else velocity


class Adam(Optimizer):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False, name="Adam", **_):
        super().__init__(learning_rate, name)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _step(self, gradient, variable, rate):
        m = self._slot("m", variable, gradient) * self.beta_1 + gradient * (1 - self.beta_1)
        v = self._slot("v", variable, gradient) * self.beta_2 + gradient * gradient * (1 - self.beta_2)
        self._slots["m", id(variable)], self._slots["v", id(variable)] = m, v
        rate = rate * (1 - self.beta_2**self._steps) ** 0.5 / (1 - self.beta_1**self._steps)
        return m * rate / (v**0.5 + self.epsilon)


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False, name="RMSprop", **_):
        super().__init__(learning_rate, name)
        self.rho, self.epsilon = rho, epsilon

    def _step(self, gradient, variable, rate):
        v = self._slot("v", variable, gradient) * self.rho + gradient * gradient * (1 - self.rho)
        self._slots["v", id(variable)] = v
        return gradient * rate / (v + self.epsilon) ** 0.5


def optimizers_get(optimizer):
    if not isinstance(optimizer, str):
        return optimizer
    return {"sgd": SGD, "adam": Adam, "rmsprop": RMSprop}[optimizer.lower()]()


def table(tf):
    names = {
        "keras.Input": Input,
        "keras.layers.Input": Input,
        "keras.layers.InputLayer": InputLayer,
        "keras.layers.Layer": Layer,
        "keras.layers.Lambda": Lambda,
        "keras.Model": Model,
        "keras.models.Model": Model,
        "keras.Sequential": Sequential,
        "keras.models.Sequential": Sequential,
        "keras.losses.Loss": Loss,
        "keras.losses.get": losses_get,
        "keras.initializers.Initializer": Initializer,
        "keras.optimizers.Optimizer": Optimizer,
        "keras.utils.set_random_seed": lambda seed: bridge.js().seed(seed),
        "keras.backend.clear_session": forget,
        "random_normal_initializer": None,
    }
    for kind in (SGD, Adam, RMSprop):
        names[f"keras.optimizers.{kind.__name__}"] = kind
        names[f"optimizers.{kind.__name__}"] = kind
    for spec in catalog.layers:
        names[f"keras.layers.{spec['name']}"] = _layer_class(spec)
    for spec in catalog.losses:
        names[f"keras.losses.{spec['name']}"] = _loss_class(spec)
    for spec in catalog.initializers:
        made = _initializer_class(spec)
        names[f"keras.initializers.{spec['name']}"] = made
    shorthands = {"RandomNormal": "random_normal_initializer", "RandomUniform": "random_uniform_initializer", "Zeros": "zeros_initializer", "Ones": "ones_initializer", "Constant": "constant_initializer"}
    for long, short in shorthands.items():
        names[short] = names.get(f"keras.initializers.{long}")
    return {name: value for name, value in names.items() if value is not None}
