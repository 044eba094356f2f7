"""Layers and models made anew from what they say of themselves: `get_config`, `from_config`, `clone_model`. Keras 2.15: models/cloning.py.

What a configuration holds are the objects themselves, not their JSON; a layer inside is made anew with it.
"""
from _tape_lens import nest
from _tape_lens.failures import NotSupported

from ._keras_layers import Layer
from ._keras_models import Functional, Model, Sequential
from ._keras_symbols import Input, KerasTensor, TFOpLambda


def clone_model(model, input_tensors=None, clone_function=None):
    if input_tensors is not None:
        raise NotSupported("tensorflow.keras.models.clone_model with input_tensors is not supported by Tape Lens yet")
    make = clone_function or remade
    if isinstance(model, Sequential):
        return _clone_sequential(model, make)
    if isinstance(model, Functional):
        return _clone_functional(model, make)
    if clone_function is not None:
        raise ValueError(f"Arguments clone_function and input_tensors are only supported for Sequential models or Functional models. Received model of type '{type(model).__name__}'")
    return type(model).from_config(model.get_config())


def remade(layer):
    """A layer of the same configuration, with weights of its own."""
    if isinstance(layer, (Sequential, Functional)):
        return clone_model(layer)
    if isinstance(layer, TFOpLambda):
        return layer.again()
    return type(layer).from_config(layer.get_config())


def _clone_sequential(model, make):
    first = [Input(batch_shape=tuple(model._input.shape), dtype=model._input.dtype, name=model._input.name)] if model._input is not None and not model._is_inferred else []
    return type(model)([*first, *(make(layer) for layer in model.layers)], name=model.name)


def _clone_functional(model, make):
    if type(model) is not Functional:
        raise NotSupported("tensorflow.keras.models.clone_model of a functional model of a class of one's own is not supported by Tape Lens yet")
    known = {id(s): Input(batch_shape=tuple(s.shape), dtype=s.dtype, name=s.name) for s in model.inputs}
    made, called = {}, {}

    def again(symbol):
        if not isinstance(symbol, KerasTensor):
            return symbol
        if id(symbol) not in known:
            node = symbol.node
            if node not in called:
                args, kwargs = nest.map_structure(again, node.args), nest.map_structure(again, node.kwargs)
                if node.layer not in made:
                    made[node.layer] = make(node.layer)
                called[node] = nest.flatten(made[node.layer]._call_symbolic(args, kwargs))
            known[id(symbol)] = called[node][symbol._index]
        return known[id(symbol)]

    outputs = nest.map_structure(again, model._output_structure)
    return Model(nest.map_structure(again, model._input_structure), outputs, name=model.name)


Layer._remade = staticmethod(remade)
