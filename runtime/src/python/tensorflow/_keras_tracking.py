"""What a Keras layer holds: its variables in the order of their coming, and the layers below it.

Keras 2.15: engine/base_layer.py (__setattr__, trainable_weights, non_trainable_weights), engine/training.py (Model's order), trackable/data_structures.py.
"""
from _tape_lens import nest

from ._functions import Module
from ._tensors import Variable

# Not a layer's, though they stand among its attributes.
_UNTRACKED = {"_given", "_compiled"}


class Tracked(Module):
    """An attribute that holds variables, layers, or lists of them is seen as it is set."""

    def _track(self):
        if "_own" not in self.__dict__:
            self.__dict__.update(_own=[], _below=[], built=False, _losses=[], _regularizers=[], _nodes=[])

    def __setattr__(self, name, value):
        self._track()
        if name in self.__dict__:
            self._forget(self.__dict__.pop(name), value)
        super().__setattr__(name, value)
        if name in self.__dict__ and name not in _UNTRACKED:
            self._see(value)

    def _see(self, value):
        if value is None or isinstance(value, (str, int, float)):
            return
        if isinstance(value, Module) or nest.is_nested(value):
            _add(self._below, value)
        for leaf in nest.flatten(value):
            if isinstance(leaf, Variable):
                _add(self._own, leaf)

    def _forget(self, value, new):
        """What was overwritten: it comes again at the end, or not at all. A variable has the place of the one before."""
        self._below[:] = [child for child in self._below if child is not value]
        if isinstance(value, Variable):
            self._own[:] = [new if v is value else v for v in self._own if v is not value or isinstance(new, Variable)]

    def _children(self):
        """Modules below, and lists of what may be such."""
        return self._below

    def _flat(self):
        """The modules one level below."""
        return [leaf for leaf in self._leaves() if isinstance(leaf, Module)]

    def _leaves(self):
        """The modules one level below, and the variables in lists."""
        return _distinct(leaf for child in self._children() for leaf in _leaves_of(child))

    def _gathered(self, of_module, of_variable):
        return _gathered_from(self._leaves(), of_module, of_variable)

    def _module_parts_(self):
        """As `tf.Module` comes upon them, by the names of Keras' own lists."""
        own = self._own
        return [[v for v in own if not v.trainable], self._output_layers(), list(self._children()), [v for v in own if v.trainable]]

    def _output_layers(self):
        """The layers that give the outputs, where there is a network."""
        return []

    # ---------------------------------------------------------------------------------------- weights

    # Whether a layer's own weights come before those of the layers below.
    _own_first = True

    @property
    def trainable(self):
        return self.__dict__.get("_trainable", True)

    @trainable.setter
    def trainable(self, value):
        for layer in [self, *layers_below(self)]:
            layer.__dict__["_trainable"] = bool(value)

    @property
    def trainable_weights(self):
        self._check_weights()
        if not self.trainable:
            return []
        return self._in_order([v for v in self._own if v.trainable], self._gathered(_trainable, _is_trainable))

    @property
    def non_trainable_weights(self):
        self._check_weights()
        own = [v for v in self._own if not v.trainable]
        below = self._gathered(_non_trainable, lambda v: not v.trainable)
        if self.trainable:
            return self._in_order(own, below)
        trainable = self._in_order([v for v in self._own if v.trainable], self._gathered(_trainable, _is_trainable))
        if self._own_first:
            return _distinct([v for v in self._own if v.trainable] + own + self._gathered(_variables, _any))
        return _distinct(trainable + below + own)

    @property
    def weights(self):
        self._check_weights()
        if self._own_first:
            return _distinct(self.trainable_weights + self.non_trainable_weights)
        own = [v for v in self._own if v.trainable] + [v for v in self._own if not v.trainable]
        return _distinct([v for child in self._children() for v in _weights_of(child)] + own)

    def _check_weights(self):
        """Raises where nobody may ask for them yet."""

    def _in_order(self, own, below):
        return _distinct(own + below if self._own_first else below + own)

    @property
    def variables(self):
        return self.weights

    @property
    def trainable_variables(self):
        return self.trainable_weights

    @property
    def non_trainable_variables(self):
        return self.non_trainable_weights


def _leaves_of(child):
    return [leaf for leaf in nest.flatten(child) if isinstance(leaf, (Module, Variable))]


def _gathered_from(leaves, of_module, of_variable):
    return [v for leaf in leaves for v in (of_module(leaf) if isinstance(leaf, Module) else [leaf] if of_variable(leaf) else [])]


def _weights_of(child):
    """Those of a module in its own order; of a list all that are trainable, then the others. TensorFlow: python/trackable/data_structures.py, TrackableDataStructure.weights."""
    if isinstance(child, Module):
        return _variables(child)
    leaves = _leaves_of(child)
    return _gathered_from(leaves, _trainable, _is_trainable) + _gathered_from(leaves, _non_trainable, lambda v: not v.trainable)


def _is_trainable(variable):
    return variable.trainable


def _any(_variable):
    return True


def _variables(module):
    return list(module.variables)


def _trainable(module):
    return list(module.trainable_variables)


def _non_trainable(module):
    trainable = {id(v) for v in module.trainable_variables}
    return module.non_trainable_variables if isinstance(module, Tracked) else [v for v in module.variables if id(v) not in trainable]


def _add(items, value):
    if not any(item is value for item in items):
        items.append(value)


def _distinct(items):
    return list({id(item): item for item in items}.values())


def layers_below(layer, seen=None):
    """All of them, however deep."""
    seen = {id(layer)} if seen is None else seen
    for child in layer._flat() if isinstance(layer, Tracked) else ():
        if isinstance(child, Tracked) and id(child) not in seen:
            seen.add(id(child))
            yield child
            yield from layers_below(child, seen)
