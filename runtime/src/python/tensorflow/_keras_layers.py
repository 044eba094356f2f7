"""Keras' layers: the class protocol (names, building, tracking, losses) over those of the core."""
import functools
import inspect
import json

from _tape_lens import bridge, catalog, nest, sites
from _tape_lens.failures import NotSupported

from ._autograph import in_graph
from ._dtypes import as_dtype
from ._graph import init_scope
from ._keras_masks import attention_mask, masks_of, put_masks, with_mask
from ._keras_names import floatx, running, told, training as outer_training, unique
from ._keras_objects import activations_get, constraints_get, initial, penalty
from ._keras_symbols import call_on_symbols, Connected, is_symbolic, shape_argument, shapes_given
from ._keras_tracking import layers_below
from ._tensors import Tensor, Variable, is_tensor

_COMMON = {"input_shape", "input_dim", "batch_input_shape", "batch_size", "weights", "autocast", "activity_regularizer"}


class Layer(Connected):
    """Base of all layers: named, built at its first call, its weights tracked through its attributes."""

    def __init__(self, trainable=True, name=None, dtype=None, dynamic=False, **kwargs):
        unknown = set(kwargs) - _COMMON
        if unknown:
            raise TypeError(f"('Keyword argument not understood:', '{sorted(unknown)[0]}')")
        self._track()
        self._name = name or unique(type(self).__name__)
        self.__dict__["_trainable"] = trainable
        self._layer_dtype = as_dtype(dtype or floatx())
        self.__dict__["_initial_weights"] = kwargs.get("weights")
        if kwargs.get("activity_regularizer") is not None:
            self.activity_regularizer = kwargs["activity_regularizer"]
        shape = kwargs.get("input_shape")
        if "input_dim" in kwargs:
            shape = (kwargs["input_dim"],)
        self._given_shape = kwargs["batch_input_shape"] if "batch_input_shape" in kwargs else None if shape is None else (None, *shape_argument(shape))

    # What a subclass may have.
    def build(self, input_shape):
        pass

    def call(self, inputs, *args, **kwargs):
        raise NotImplementedError("Unimplemented `tf.keras.Model.call()`: if you intend to create a `Model` with the Functional API, please provide `inputs` and `outputs` arguments.")

    def __new__(cls, *args, **kwargs):
        made = super().__new__(cls)
        made.__dict__["_arguments"] = (args, kwargs)
        return made

    def get_config(self):
        """With the constructor's own arguments, where a class does not say more and they are plain values."""
        config = {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}
        if self.__dict__.get("_given_shape") is not None:
            config["batch_input_shape"] = tuple(self._given_shape)
        if type(self).get_config is not Layer.get_config:
            return config
        bound = inspect.signature(type(self).__init__).bind(self, *self._arguments[0], **self._arguments[1])
        own = {name: value for name, value in bound.arguments.items() if name not in ("self", "args", "kwargs")}
        if not all(_is_plain(value) for value in own.values()):
            raise NotImplementedError(f"Layer {type(self).__name__} was created by passing non-serializable argument values in `__init__()`, and therefore the layer must override `get_config()`")
        takes = _named(type(self).__init__, True)
        return {**{name: value for name, value in config.items() if name in takes or "kwargs" in takes}, **own}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    @property
    def dtype(self):
        return self._layer_dtype.name

    compute_dtype = variable_dtype = dtype

    # ---------------------------------------------------------------------------------------- calls

    def __call__(self, *args, **kwargs):
        if not args:
            first = next(iter(_parameters(self.call)), None)
            if first in kwargs:
                args = (kwargs.pop(first),)
        if is_symbolic(args) or is_symbolic(kwargs):
            return self._call_symbolic(args, kwargs)
        masks = self._input_masks(args, kwargs)
        if args:
            args = (nest.map_structure(self._as_input, args[0]), *args[1:])
        if running() == 0:
            for layer in [self, *layers_below(self)]:
                layer.__dict__["_losses"] = []
        if not self.built:
            self._build_for(args[0] if args else None)
        takes = "training" in _parameters(self.call)
        training = kwargs.get("training")
        if training is None:
            training = outer_training()
            if training is None and takes:
                training = _default_of(self.call, "training")
            if takes and not self._given_by_position("training", args):
                kwargs["training"] = training
        elif not takes:
            del kwargs["training"]
        with told(training):
            outputs = in_graph(self.call)(*args, **kwargs)
        self._regularize_activity(outputs)
        if self.supports_masking and not self._masks_jointly:
            put_masks(outputs, self.compute_mask(args[0] if args else None, masks))
        return outputs

    # Whether what it gives has its masks already.
    _masks_jointly = False

    @property
    def supports_masking(self):
        return self.__dict__.get("_supports_masking", type(self).compute_mask is not Layer.compute_mask)

    @supports_masking.setter
    def supports_masking(self, value):
        self.__dict__["_supports_masking"] = value

    def compute_mask(self, inputs, mask=None):
        if self.supports_masking:
            return mask
        if any(m is not None for m in nest.flatten(mask)):
            raise TypeError(f"Layer {self.name} does not support masking, but was passed an input_mask: {mask}")
        return None

    def _input_masks(self, args, kwargs):
        """The masks that its call is given, or that its inputs bring along."""
        takes = "mask" in _parameters(self.call)
        if "mask" in kwargs:
            return kwargs["mask"]
        if takes and self._given_by_position("mask", args):
            return args[_parameters(self.call).index("mask")]
        masks = masks_of(args[0]) if args and (takes or self.supports_masking) else None
        if takes and masks is not None:
            kwargs["mask"] = masks
        return masks

    def _given_by_position(self, name, args):
        return _parameters(self.call).index(name) < len(args)

    def _call_symbolic(self, args, kwargs):
        return call_on_symbols(self, args, kwargs)

    def _as_input(self, value):
        value = _as_input(value)
        if isinstance(value, Tensor) and value.dtype.is_floating and value.dtype != self._layer_dtype:
            return with_mask(bridge.call("tf.cast", (value, self._layer_dtype, None)), value)
        return value

    def _build_for(self, inputs):
        shapes = nest.map_structure(lambda t: t.shape, inputs)
        with init_scope():
            self.build(shapes)
        self.__dict__["built"] = True
        self._start_with_given()

    def _start_with_given(self):
        """With `weights=[…]`, if the constructor was given them."""
        given = self.__dict__.pop("_initial_weights", None)
        if given is not None:
            with init_scope():
                self.set_weights(given)

    # ---------------------------------------------------------------------------------------- weights

    def add_weight(self, name=None, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, constraint=None, **_):
        shape = () if shape is None else tuple(shape) if not isinstance(shape, int) else (shape,)
        given = "glorot_uniform" if initializer is None else initializer
        dtype = as_dtype(dtype or self._layer_dtype)
        with init_scope():
            value = initial(given, shape, dtype)
            variable = Variable(value, trainable=trainable is not False, name=f"{self.name}/{name}" if name else self.name, dtype=dtype)
        variable.constraint = constraints_get(constraint)
        self._own.append(variable)
        if regularizer is not None:
            self._regularizers.append((regularizer, variable))
        return variable

    add_variable = add_weight

    def get_weights(self):
        return [v.numpy() for v in self.weights]

    def set_weights(self, values):
        own = self.weights
        if len(values) != len(own):
            raise ValueError(f'You called `set_weights(weights)` on layer "{self.name}" with a weight list of length {len(values)}, but the layer was expecting {len(own)} weights.')
        for variable, value in zip(own, values):
            variable.assign(value)

    # ---------------------------------------------------------------------------------------- losses

    @property
    def losses(self):
        """What was added in the last call, then what the regularizers say of the weights now."""
        layers = [self, *layers_below(self)]
        added = [loss() if callable(loss) and not is_tensor(loss) else loss for layer in layers for loss in layer._losses]
        return added + [loss for layer in layers for loss in layer._penalties()]

    def _penalties(self):
        return [penalty(regularizer, variable) for regularizer, variable in self._regularizers]

    def add_loss(self, losses, **_):
        self._losses.extend(nest.flatten(losses))

    def _regularize_activity(self, outputs):
        regularizer = self.__dict__.get("activity_regularizer")
        if regularizer is not None:
            for output in nest.flatten(outputs):
                self._losses.append(penalty(regularizer, output) / float(output.shape[0]))

    def add_metric(self, *_, **__):
        pass


def _is_plain(value):
    return value is None or isinstance(value, (bool, int, float, str)) or isinstance(value, (list, tuple)) and all(_is_plain(v) for v in value)


def _as_input(value):
    return value.value() if isinstance(value, Variable) else value if isinstance(value, Tensor) or value is None else bridge.convert(value)


def _parameters(function):
    """The names of a function's parameters, without the `self` of a method."""
    return _named(getattr(function, "__func__", function), hasattr(function, "__self__"))


def _default_of(function, name):
    """What a function takes an argument for that it is not given; None where it does not say."""
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    if code is None or name not in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
        return None
    default = inspect.signature(function).parameters[name].default
    return None if default is inspect.Parameter.empty else default


@functools.lru_cache(maxsize=512)
def _named(function, is_method):
    try:
        names = tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()
    return names[1:] if is_method else names


# ------------------------------------------------------------------------------------------------ layers of the core


class TableLayer(Layer):
    """A layer whose arithmetic is the core's."""

    _spec = {}

    def _configure(self, arguments, common):
        if "input_length" in arguments and not common.keys() & {"input_shape", "batch_input_shape"}:
            common = {**common, "input_shape": (arguments["input_length"],)}
        super().__init__(**common)
        self.__dict__["_supports_masking"] = self._spec["mask"] is not None
        for copy in self._spec["copies"]:
            self._copy(copy)
        copied = [getattr(self, copy["name"]) for copy in self._spec["copies"] if copy["name"] not in arguments]
        codes, values = bridge.pack([*(getattr(self, n) if n in self._copied() else v for n, v in arguments.items()), *copied])
        self._layer = bridge.js().layer(self._spec["class"], self._layer_dtype.name, codes, *values)

    def get_config(self):
        given = {name: self.__dict__.get(name, value) for name, value in self._given.items()}
        return {**super().get_config(), **nest.map_structure(lambda v: self._remade(v) if isinstance(v, Layer) else v, given)}

    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if "_layer" in self.__dict__:
            self._set_anew(name, value)

    def _set_anew(self, name, value):
        """What the core's layer has of an attribute: a weight, or an argument that Keras reads off the layer."""
        if name in self.__dict__.get("_weight_names", ()):
            if not isinstance(value, (Variable, Tensor)):
                raise NotSupported(f"tensorflow.keras.layers.{type(self).__name__}.{name} = ... of what is no tensor is not supported by Tape Lens yet")
            codes, values = bridge.pack((value,))
            bridge.check(bridge.js().replaceWeight(self._layer, name, codes, *values))
        elif name in self._given:
            codes, values = bridge.pack((value,))
            uncallable = name.endswith("activation") and value is not None and not callable(value)
            if uncallable or not bridge.js().configureLayer(self._layer, name, codes, *values):
                raise NotSupported(f"tensorflow.keras.layers.{type(self).__name__}.{name} = ... is not supported by Tape Lens yet")
            self._given[name] = value

    def _copied(self):
        return {copy["name"] for copy in self._spec["copies"]}

    def _copy(self, copy):
        """`Bidirectional` makes its layer anew, twice, the second one turned around."""
        name, original = copy["name"], getattr(self, copy["of"])
        if getattr(self, name, None) is None:
            if not isinstance(original, TableLayer):
                raise NotSupported(f"tensorflow.keras.layers.{type(self).__name__} around a layer of one's own is not supported by Tape Lens yet")
            changed = {copy["turned"]: not original._given[copy["turned"]]} if "turned" in copy else {}
            setattr(self, name, type(original)(**{**original._given, **changed}))

    def _children(self):
        """A layer that was made anew is not used itself; what was made of it comes first, forwards before backwards."""
        unused = {id(getattr(self, copy["of"], None)) for copy in self._spec["copies"]}
        made = [id(getattr(self, copy["name"], None)) for copy in self._spec["copies"]]
        children = [child for child in super()._children() if id(child) not in unused]
        return sorted(children, key=lambda child: made.index(id(child)) if id(child) in made else len(made))

    def __getattr__(self, name):
        if name.startswith("_") or "_layer" not in self.__dict__:
            raise AttributeError(name)
        if name == "cell" and self._spec["attributes"]:
            return self
        if name == "get_initial_state" and self._spec["attributes"]:
            return self._initial_state
        text = bridge.js().layerAttribute(self._layer, name)
        if not text:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return json.loads(text)

    def _initial_state(self, inputs=None, batch_size=None, dtype=None):
        """The states that a recurrent layer starts with: zeros."""
        sizes = self.state_size if isinstance(self.state_size, list) else [self.state_size]
        rows = inputs.shape[0] if inputs is not None else batch_size
        return [bridge.call("tf.zeros", ([rows, size], dtype or self.dtype, None, None)) for size in sizes]

    def _pack_(self, codes, out):
        """A layer around this one calls it, and asks what it has."""
        if "_crossing" not in self.__dict__:
            run = bridge.keep(lambda training, has_states, mask, *handles: self._run_for(training, has_states, mask, handles))
            self.__dict__["_crossing"] = (run, bridge.keep(lambda name: _plain(getattr(self, name, None))))
        codes.append("y")
        out.extend(self._crossing)

    def build(self, input_shape):
        self._make_weights(shapes_given(input_shape), ())

    def _build_for(self, inputs):
        self.__dict__["built"] = True

    def _make_weights(self, shapes, arguments):
        if self.__dict__.get("_made"):
            return
        codes, values = bridge.pack(arguments)
        names = bridge.check(bridge.js().buildLayer(self._layer, json.dumps([None if s is None else list(s) for s in shapes]), self.name, codes, *values))
        self.__dict__["_made"] = True
        for name, constraint in json.loads(names):
            variable = Variable._of(bridge.js().weight(self._layer, name))
            variable.constraint = constraints_get(self._given.get(constraint))
            self._own.append(variable)
            if "/" not in name:
                self.__dict__[name] = variable
        self.__dict__["_weight_names"] = [name for name, _ in json.loads(names) if "/" not in name]
        self.__dict__["built"] = True
        self._start_with_given()

    def _call(self, inputs, training, arguments):
        """`arguments`: those of the call besides, in the order of its signature."""
        if self._spec["class"] == "MultiHeadAttention":
            value, key, given, *others = arguments
            arguments = (value, key, attention_mask(given, inputs, value, key), *others)
        many = self._spec["many"]
        listed = list(inputs) if isinstance(inputs, (list, tuple)) and (many is True or many) else [inputs]
        self._make_weights([getattr(t, "shape", None) for t in listed], arguments)
        codes, values = bridge.pack((listed, *arguments))
        return bridge.wrap_nested(bridge.js().callLayer(sites.line(), self._layer, bool(training), not self.trainable, codes, *values))

    def compute_mask(self, inputs, mask=None):
        if self._spec["mask"] != "by a rule":
            return super().compute_mask(inputs, mask)
        listed = nest.flatten(inputs)
        codes, values = bridge.pack((listed, [None] * len(listed) if mask is None else nest.flatten(mask)))
        return bridge.wrap_nested(bridge.check(bridge.js().layerMask(self._layer, codes, *values)))

    def _penalties(self):
        return bridge.wrap(bridge.js().layerLosses(self._layer))

    def _regularize_activity(self, outputs):
        if self._spec["class"] == "ActivityRegularization" or getattr(self, "activity_regularizer", None) is not None:
            for output in nest.flatten(outputs):
                self._losses.append(bridge.wrap(bridge.js().activityLoss(self._layer, output._h)))

    def _run_for(self, training, has_states, mask, handles):
        _give(self(*_repacked(has_states, handles), **_known(training=training, mask=None if mask is None else Tensor(mask))))


def _known(**arguments):
    return {name: value for name, value in arguments.items() if value is not None}


def _repacked(has_states, handles):
    tensors = [Tensor(h) for h in handles]
    return (tensors[0], tensors[1:]) if has_states else (tensors[0],)


def _give(result):
    leaves = [leaf.value() if isinstance(leaf, Variable) else leaf for leaf in nest.flatten(result)]
    bridge.js().give(*[leaf._h for leaf in leaves])


def _plain(value):
    """As JSON; null for what JSON has no word for."""
    try:
        return json.dumps(value)
    except TypeError:
        return "null"


def _pack_own(layer, codes, out):
    """A layer of the program's, around which one of the core's is put."""
    codes.append("y")

    def run(training, has_states, mask, *handles):
        known = {} if training is None or "training" not in _parameters(layer.call) else {"training": training}
        _give(layer(*_repacked(has_states, handles), **known))

    out.append(bridge.keep(run))
    out.append(bridge.keep(lambda name: _plain(getattr(layer, name, None))))


Layer._pack_ = _pack_own


def layer_class(spec, base=TableLayer):
    """A class with the layer's own constructor and call."""
    names = catalog.parameters(spec["signature"])
    called = catalog.parameters(spec["call"])
    signature = ", ".join(["self", *([spec["signature"]] if spec["signature"] else []), "**common"])
    lines = [f"def __init__({signature}):", f"    self._given = {{{', '.join(f'{n!r}: {n}' for n in names)}}}"]
    # What a layer finds out by itself, `weights` and `output_shape`, is no attribute to be set.
    kept = [name for name in names if not isinstance(getattr(TableLayer, name, None), property)]
    lines += [f"    self.{name} = _activation({name})" if name == "activation" else f"    self.{name} = {name}" for name in kept]
    lines.append("    self._configure(self._given, common)")
    first = "query" if "value" in called else "inputs"
    lines += [f"def call(self, {first}, {spec['call']}):", f"    return self._call({first}, training, ({''.join(n + ', ' for n in called)}))"]
    scope = {"_activation": activations_get}
    exec("\n".join(lines), scope)
    made = type(spec["class"], (base,), {"__init__": scope["__init__"], "call": scope["call"], "_spec": spec})
    made.__module__ = "tensorflow.keras.layers"
    return made


class Lambda(Layer):
    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}
        if mask is not None:
            self.__dict__.update(mask=mask, _supports_masking=True)

    def get_config(self):
        own = {"function": self.function, "arguments": self.arguments, "mask": self.__dict__.get("mask")}
        return {**super().get_config(), **own}

    def compute_mask(self, inputs, mask=None):
        own = self.__dict__.get("mask")
        return own(inputs, mask) if callable(own) else own

    def call(self, inputs):
        return self.function(inputs, **self.arguments)
