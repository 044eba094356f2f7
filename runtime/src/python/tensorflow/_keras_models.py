"""Keras' models: subclassed, functional and sequential."""
from _tape_lens import nest
from _tape_lens.failures import NotSupported

from ._keras_layers import Lambda, Layer, _as_input
from ._functions import Module
from ._keras_inputs import conformed
from ._keras_masks import put_masks
from ._keras_names import unique
from ._keras_symbols import call_on_symbols, Evaluation, Input, InputLayer, KerasTensor, is_symbolic, network_layers, shapes_given
from ._keras_training import Training
from ._tensors import is_tensor


class Model(Training, Layer):
    _own_first = False

    def __new__(cls, *args, **kwargs):
        functional = len(args) >= 2 or "inputs" in kwargs or len(args) == 1 and is_symbolic(args[0])
        if functional and cls in (Model,):
            return super().__new__(Functional)
        return super().__new__(cls)

    def __init__(self, *args, **kwargs):
        super().__init__(**kwargs)

    @property
    def layers(self):
        return [v for v in self._flat() if isinstance(v, Layer)]

    def get_layer(self, name=None, index=None):
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in self.layers]}.")

    def build(self, input_shape):
        """A model of the program's own has the weights that its call makes."""
        if not self.built and input_shape is not None and type(self).call is not Layer.call:
            # The call is not to build it again.
            self.__dict__["built"] = True
            inputs = [Input(batch_shape=tuple(shape)) for shape in shapes_given(input_shape)]
            call_on_symbols(self, (inputs if len(inputs) > 1 else inputs[0],), {})
        self.__dict__["built"] = True

    def _build_for(self, inputs):
        """The call that asks for it makes the weights, unless the program builds them itself."""
        if type(self).build is not Model.build:
            super()._build_for(inputs)
        self.__dict__["built"] = True

    def _check_weights(self):
        """A class that says itself how it is built has no weights before. Keras 2.15: engine/training.py, _assert_weights_created."""
        if "build" in vars(type(self)) and type(self) is not Model and not self.built:
            raise ValueError(
                f"Weights for model '{self.name}' have not yet been created. Weights are created when the model is first called on inputs or `build()` is called with an "
                "`input_shape`."
            )

    def summary(self, line_length=None, positions=None, print_fn=None, **_):
        if not self.built:
            raise ValueError("This model has not yet been built. Build the model first by calling `build()` or by calling the model on a batch of data.")
        write = print_fn or print
        write(f'Model: "{self.name}"')
        write("_" * 65)
        for layer in self.layers:
            write(f" {layer.name} ({type(layer).__name__})".ljust(50) + (f"{layer.count_params()}" if layer.built else "0 (unused)"))
        write("=" * 65)
        write(f"Total params: {self.count_params()}")


class Sequential(Model):
    supports_masking = _masks_jointly = True
    # Whether its first call, and not the program, said what its input is like.
    _is_inferred = False

    def __init__(self, layers=None, name=None):
        super().__init__(name=name)
        self._stack = []
        self._input = None
        self._output = None
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
            self._input = Input(batch_shape=layer._given_shape)
        self._stack.append(layer)
        if self._input is not None:
            self._build_now()

    def _build_now(self):
        """With a known input, the weights exist from the start. What is built already is not built again."""
        last = self._output
        if last is None or self._stack[:-1] != last[0]:
            last = ([], self._input)
        symbol = last[1]
        for layer in self._stack[len(last[0]) :]:
            symbol = layer(symbol)
        self._output = (list(self._stack), symbol)
        self.__dict__["built"] = True

    def pop(self):
        return self._stack.pop()

    def _children(self):
        return self._stack

    def _output_layers(self):
        return self._stack[-1:] if self._output is not None else []

    @property
    def layers(self):
        return list(self._stack)

    def build(self, input_shape=None):
        if input_shape is not None:
            self._is_inferred = self._input is None
            self._input = Input(batch_shape=tuple(input_shape))
            self._output = None
            self._build_now()
        self.__dict__["built"] = True

    def _build_for(self, inputs):
        """From here on it has symbols: its layers have outputs. A layer that takes none leaves it without."""
        if self._input is None and is_tensor(inputs) and inputs.shape.rank:
            self._is_inferred = True
            self._input = Input(batch_shape=(None, *inputs.shape[1:]), dtype=inputs.dtype)
            try:
                self._build_now()
            except (Exception, NotSupported):
                self._input = self._output = None
        self.__dict__["built"] = True

    def _call_symbolic(self, args, kwargs):
        if not self.built and self._input is None:
            self.build(args[0].shape)
        return super()._call_symbolic(args, kwargs)

    @property
    def input_shape(self):
        return tuple(self._input.shape)

    @property
    def inputs(self):
        return [self._input]

    @property
    def outputs(self):
        return [self._output[1]]

    @property
    def input(self):
        return self._input

    @property
    def output(self):
        return self.outputs[0]

    def call(self, inputs, training=None, mask=None):
        put_masks(inputs, mask)
        if self._input is not None and not self._is_inferred:
            inputs = conformed(self.name, inputs, self._input)
        for layer in self._stack:
            inputs = layer(inputs)
        return inputs


class Functional(Model):
    """A model given by its inputs and outputs."""

    supports_masking = _masks_jointly = True

    def __init__(self, inputs=None, outputs=None, name=None, **kwargs):
        Layer.__init__(self, name=name or unique("model"), **kwargs)
        self.inputs = nest.flatten(inputs)
        self.outputs = nest.flatten(outputs)
        self._input_structure, self._output_structure = inputs, outputs
        self._stack = network_layers(self.inputs, self.outputs)
        self.__dict__["built"] = True

    def _children(self):
        return self._stack + [child for child in self._below if isinstance(child, Module) and child not in self._stack]

    def _output_layers(self):
        return [symbol.node.layer for symbol in self.outputs]

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
        put_masks(inputs, mask)
        run = Evaluation(self.inputs, [conformed(self.name, value, symbol) for value, symbol in zip(nest.flatten(inputs), self.inputs)])
        return nest.pack_sequence_as(self._output_structure, [run.value(symbol) for symbol in self.outputs])

    def _as_input(self, value):
        return _as_input(value)
