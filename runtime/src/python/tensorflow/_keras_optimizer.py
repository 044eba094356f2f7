"""What all optimizers of Keras have: the learning rate, clipping, weight decay, constraints, moving averages. Keras 2.15: optimizers/optimizer.py.

They give variables new values and are on no tape. What they remember are variables, so that a traced function goes on with it.
"""
from _tape_lens import bridge

from ._dtypes import DTYPES
from ._graph import init_scope
from ._keras_names import floatx
from ._keras_schedules import LearningRateSchedule
from ._tensors import IndexedSlices, Variable, is_tensor

_call = bridge.call


def cast(value, dtype):
    return _call("tf.cast", (value, dtype, None))


class Optimizer:
    """A subclass has `update_step`."""

    _recognizes_all = False

    def __init__(
        self,
        name,
        weight_decay=0,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        **others,
    ):
        self._refuse(others)
        if clipnorm is not None and global_clipnorm is not None:
            raise ValueError(f"At most one of `clipnorm` and `global_clipnorm` can be set. Received: clipnorm={clipnorm}, global_clipnorm={global_clipnorm}.")
        self.name = name
        self.weight_decay = weight_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.use_ema, self.ema_momentum, self.ema_overwrite_frequency = use_ema, ema_momentum, ema_overwrite_frequency
        with init_scope():
            self.iterations = Variable(0, trainable=False, name="iteration", dtype=DTYPES["int64"])
        self._index_dict = {}
        self._averages = []
        self._undecayed = []

    def _refuse(self, others):
        others.pop("is_legacy_optimizer", None)
        for option in others:
            if option in ("decay", "gradient_aggregator", "gradient_transformers"):
                raise ValueError(
                    f"{option} is deprecated in the new Keras optimizer, please check the docstring for valid arguments, or use the legacy optimizer, e.g., "
                    f"tf.keras.optimizers.legacy.{type(self).__name__}."
                )
            raise TypeError(f"{option} is not a valid argument, kwargs should be empty  for `optimizer_experimental.Optimizer`.")

    # ---------------------------------------------------------------------------------------- the learning rate

    def _build_learning_rate(self, learning_rate):
        with init_scope():
            if isinstance(learning_rate, LearningRateSchedule):
                now = bridge.convert(learning_rate(self.iterations.value()))
                self._current_learning_rate = Variable(now, trainable=False, name="current_learning_rate", dtype=now.dtype)
                return learning_rate
            return Variable(learning_rate, trainable=False, name="learning_rate", dtype=floatx())

    @property
    def learning_rate(self):
        return self._current_learning_rate if isinstance(self._learning_rate, LearningRateSchedule) else self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        if isinstance(value, LearningRateSchedule):
            self._learning_rate = value
            return
        if isinstance(self._learning_rate, LearningRateSchedule):
            raise TypeError(
                "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its learning rate is not settable. If you "
                "need the learning rate to be settable, you should instantiate the optimizer with a float `learning_rate` argument."
            )
        self._learning_rate.assign(value)

    lr = learning_rate

    def _rate(self, dtype):
        return cast(self.learning_rate._peek(), dtype)

    # ---------------------------------------------------------------------------------------- variables

    def build(self, var_list):
        """From here on it knows these variables alone. What it remembers of one is made when it is first needed, but for the moving averages, which start here."""
        if self._index_dict:
            return
        var_list = list(var_list)
        self._index_dict = {self._var_key(variable): i for i, variable in enumerate(var_list)}
        if self.use_ema:
            self._averages = [self.add_variable_from_reference(variable, "average", initial_value=variable) for variable in var_list]

    @staticmethod
    def _var_key(variable):
        return id(variable)

    def add_variable_from_reference(self, model_variable, variable_name, shape=None, initial_value=None):
        with init_scope():
            if initial_value is None:
                initial_value = _call("tf.zeros", (list(model_variable.shape if shape is None else shape), model_variable.dtype, None, None))
            return Variable(initial_value, trainable=False, name=f"{variable_name}/{model_variable.name.split(':')[0]}", dtype=model_variable.dtype)

    def add_variable(self, shape, dtype=None, initializer="zeros", name=None):
        from ._keras_objects import initial

        with init_scope():
            return Variable(initial(initializer, shape, DTYPES[dtype or floatx()]), trainable=False, name=name)

    def exclude_from_weight_decay(self, var_list=None, var_names=None):
        import re

        self._undecayed.append(lambda v: any(v is one for one in var_list or ()) or any(re.search(name, v.name) for name in var_names or ()))

    # ---------------------------------------------------------------------------------------- one step

    def apply_gradients(self, grads_and_vars, name=None, **_):
        pairs = list(grads_and_vars)
        if not pairs:
            return self.iterations
        bridge.js().pause()
        try:
            if isinstance(self._learning_rate, LearningRateSchedule):
                self._current_learning_rate.assign(self._learning_rate(self.iterations.value()))
            self.build([variable for _, variable in pairs])
            if all(g is None for g, _ in pairs):
                raise ValueError(
                    f"No gradients provided for any variable: {([v.name for _, v in pairs],)}. Provided `grads_and_vars` is {tuple((g, v) for g, v in pairs)}."
                )
            used = [(gradient, variable) for gradient, variable in pairs if gradient is not None]
            clipped = self._clipped([gradient for gradient, _ in used])
            variables = [variable for _, variable in used]
            self._decay_weights(variables)
            for gradient, variable in zip(clipped, variables):
                self._update(gradient, variable)
            self._average(variables)
            self.iterations.assign_add(1)
            for variable in variables:
                if variable.constraint is not None:
                    variable.assign(variable.constraint(variable))
        finally:
            bridge.js().resume()
        return self.iterations

    def _update(self, gradient, variable):
        if not self._recognizes_all and self._var_key(variable) not in self._index_dict:
            raise KeyError(
                f"The optimizer cannot recognize variable {variable.name}. This usually means you are trying to call the optimizer to update different parts of the model "
                "separately. Please call `optimizer.build(variables)` with the full list of trainable variables before the training loop or use legacy optimizer "
                f"`tf.keras.optimizers.legacy.{type(self).__name__}."
            )
        self.update_step(gradient, variable)

    def update_step(self, gradient, variable):
        raise NotImplementedError

    def _clipped(self, gradients):
        """As tensors; of rows that come several times each is clipped by itself."""
        if self.clipnorm:
            return [self._scaled(g, self.clipnorm, _norm([g])) for g in gradients]
        if self.global_clipnorm:
            norm = _norm(gradients)
            return [self._scaled(g, self.global_clipnorm, norm) for g in gradients]
        if self.clipvalue:
            return [_clipped_by_value(g, self.clipvalue) for g in gradients]
        return [bridge.convert(g) for g in gradients]

    @staticmethod
    def _scaled(gradient, limit, norm):
        dense = bridge.convert(gradient)
        return dense * limit / _call("tf.maximum", (cast(norm, dense.dtype), limit, None))

    def _decay_weights(self, variables):
        for variable in variables if self.weight_decay is not None else ():
            if not any(excludes(variable) for excludes in self._undecayed):
                now = variable._peek()
                variable.assign(now - now * self.weight_decay * self._rate(variable.dtype))

    def _average(self, variables):
        if not self.use_ema:
            return
        for variable in variables:
            average = self._averages[self._index_dict[self._var_key(variable)]]
            average.assign(average._peek() * self.ema_momentum + variable._peek() * (1 - self.ema_momentum))
            if self.ema_overwrite_frequency:
                is_due = (self.iterations._peek() + 1) % self.ema_overwrite_frequency == 0
                variable.assign(_call("tf.where", (is_due, average._peek(), variable._peek(), None)))

    def finalize_variable_values(self, var_list):
        """At the end of training the averages take the variables' places."""
        for variable in var_list if self.use_ema else ():
            variable.assign(self._averages[self._index_dict[self._var_key(variable)]]._peek())

    def minimize(self, loss, var_list, tape=None):
        from ._tape import GradientTape

        is_function = callable(loss) and not is_tensor(loss)
        if not is_function and tape is None:
            raise ValueError(f"`tape` is required when a `Tensor` loss is passed. Received: loss={loss}, tape={tape}.")
        if is_function:
            with GradientTape() if tape is None else tape as tape:
                loss = loss()
        variables = var_list() if callable(var_list) else var_list
        self.apply_gradients(zip(tape.gradient(loss, variables), variables))


def _values(gradient):
    return gradient.values if isinstance(gradient, IndexedSlices) else gradient


def _norm(gradients):
    """Of all numbers in them; rows that come several times are counted each by itself."""
    return sum(_call("tf.reduce_sum", (_values(g) * _values(g), None, False, None)) for g in gradients) ** 0.5


def _clipped_by_value(gradient, limit):
    clipped = _call("tf.clip_by_value", (_values(gradient), -limit, limit, None))
    if not isinstance(gradient, IndexedSlices):
        return clipped
    return _call("tf.math.unsorted_segment_sum", (clipped, gradient.indices, bridge.convert(gradient).shape[0], None))
