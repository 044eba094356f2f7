"""Keras' optimizers: how each of them steps. Keras 2.15: optimizers/*.py."""
from _tape_lens import bridge
from _tape_lens.failures import NotSupported

from . import _graph
from ._graph import init_scope
from ._keras_optimizer import cast, Optimizer
from ._tensors import IndexedSlices, Variable


class _Stepping(Optimizer):
    """`_step` says by how much a variable goes down."""

    def __init__(self, learning_rate, name=None, weight_decay=None, lr=None, **options):
        super().__init__(name, weight_decay=weight_decay, **options)
        self._learning_rate = self._build_learning_rate(learning_rate if lr is None else lr)
        self._slots = {}

    def update_step(self, gradient, variable):
        step = self._step(gradient, variable, self._rate(variable.dtype))
        variable.assign(variable._peek() - step)

    def _slot(self, name, variable, first=0):
        """A variable beside one that is optimized."""
        known = self._slots.get((name, id(variable)))
        if known is None:
            with init_scope():
                values = bridge.call("tf.fill", (list(variable.shape), cast(first, variable.dtype), None))
                known = self._slots[name, id(variable)] = Variable(values, trainable=False, name=f"{self.name}/{name}/{variable.name}")
        return known

    def _moved(self, name, variable, to):
        """Gives a slot a new value, and that value."""
        self._slot(name, variable).assign(to)
        return to

    def _steps_done(self, dtype):
        """With the one that is being made."""
        return cast(self.iterations._peek() + 1, dtype)


class SGD(_Stepping):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name="SGD", **options):
        super().__init__(learning_rate, name, **options)
        self.momentum, self.nesterov = momentum, nesterov

    def _step(self, gradient, variable, rate):
        if not self.momentum:
            return gradient * rate
        velocity = self._moved("momentum", variable, self._slot("momentum", variable)._peek() * self.momentum + gradient * rate)
        return velocity * self.momentum + gradient * rate if self.nesterov else velocity


class Adam(_Stepping):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False, name="Adam", **options):
        super().__init__(learning_rate, name, **options)
        self.beta_1, self.beta_2, self.epsilon, self.amsgrad = beta_1, beta_2, epsilon, amsgrad

    def _step(self, gradient, variable, rate):
        m = self._moved("m", variable, self._slot("m", variable)._peek() * self.beta_1 + gradient * (1 - self.beta_1))
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.beta_2 + gradient * gradient * (1 - self.beta_2))
        if self.amsgrad:
            v = self._moved("v_hat", variable, _larger(self._slot("v_hat", variable)._peek(), v))
        steps = self._steps_done(variable.dtype)
        return m * (rate * (1 - self.beta_2**steps) ** 0.5 / (1 - self.beta_1**steps)) / (v**0.5 + self.epsilon)


class AdamW(Adam):
    def __init__(self, learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False, name="AdamW", **options):
        super().__init__(learning_rate, beta_1, beta_2, epsilon, amsgrad, name, weight_decay=weight_decay, **options)


class Adamax(_Stepping):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, name="Adamax", **options):
        super().__init__(learning_rate, name, **options)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _step(self, gradient, variable, rate):
        m = self._moved("m", variable, self._slot("m", variable)._peek() * self.beta_1 + gradient * (1 - self.beta_1))
        u = self._moved("u", variable, _larger(self._slot("u", variable)._peek() * self.beta_2, bridge.call("tf.abs", (gradient, None))))
        return m * rate / ((1 - self.beta_1 ** self._steps_done(variable.dtype)) * (u + self.epsilon))


class Adagrad(_Stepping):
    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-07, name="Adagrad", **options):
        super().__init__(learning_rate, name, **options)
        self.initial_accumulator_value, self.epsilon = initial_accumulator_value, epsilon

    def _step(self, gradient, variable, rate):
        return gradient * rate / (self._sum(gradient, variable) + self.epsilon) ** 0.5

    def _sum(self, gradient, variable):
        return self._moved("accumulator", variable, self._slot("accumulator", variable, self.initial_accumulator_value)._peek() + gradient * gradient)


class Adadelta(_Stepping):
    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-07, name="Adadelta", **options):
        super().__init__(learning_rate, name, **options)
        self.rho, self.epsilon = rho, epsilon

    def _step(self, gradient, variable, rate):
        squares = self._moved("squares", variable, self._slot("squares", variable)._peek() * self.rho + gradient * gradient * (1 - self.rho))
        deltas = self._slot("deltas", variable)._peek()
        delta = gradient * (deltas + self.epsilon) ** 0.5 / (squares + self.epsilon) ** 0.5
        self._moved("deltas", variable, deltas * self.rho + delta * delta * (1 - self.rho))
        return delta * rate


class RMSprop(_Stepping):
    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False, name="RMSprop", **options):
        super().__init__(learning_rate, name, **options)
        self.rho, self.momentum, self.epsilon, self.centered = rho, momentum, epsilon, centered

    def _step(self, gradient, variable, rate):
        step = gradient * rate / (self._spread(gradient, variable) + self.epsilon) ** 0.5
        if not self.momentum:
            return step
        return self._moved("momentum", variable, self._slot("momentum", variable)._peek() * self.momentum + step)

    def _spread(self, gradient, variable):
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.rho + gradient * gradient * (1 - self.rho))
        if not self.centered:
            return v
        mean = self._moved("mean", variable, self._slot("mean", variable)._peek() * self.rho + gradient * (1 - self.rho))
        return v - mean * mean


class Nadam(_Stepping):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, name="Nadam", **options):
        super().__init__(learning_rate, name, **options)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self._product, self._products, self._traced = None, 1, None

    def _step(self, gradient, variable, rate):
        steps = self._steps_done(variable.dtype)
        now, after = (self.beta_1 * (1.0 - 0.5 * 0.96**n) for n in (steps, steps + 1.0))
        product = cast(self._product_with(now), variable.dtype)
        m = self._moved("m", variable, self._slot("m", variable)._peek() * self.beta_1 + gradient * (1 - self.beta_1))
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.beta_2 + gradient * gradient * (1 - self.beta_2))
        mean = after * m / (1 - product * after) + (1 - now) * gradient / (1 - product)
        return mean * rate / ((v / (1 - self.beta_2**steps)) ** 0.5 + self.epsilon)

    def _product_with(self, factor):
        """The product of the momenta of all steps, made anew at the first variable of a step. In a graph Keras counts how often its code runs, which is once."""
        if self._product is None:
            with init_scope():
                self._product = Variable(cast(1.0, factor.dtype), trainable=False)
        known = self._product._peek()
        is_known = self.iterations._peek() + 2 == self._products
        if not _graph.executing_eagerly():
            if self._traced not in (None, _graph.stack[-1]):
                raise NotSupported("tensorflow.keras.optimizers.Nadam in more than one graph is not supported by Tape Lens yet")
            self._traced = _graph.stack[-1]
        elif self._traced is not None:
            raise NotSupported("tensorflow.keras.optimizers.Nadam in a graph and outside is not supported by Tape Lens yet")
        if self._traced is not None or not bool(is_known):
            self._products += 1
        self._product.assign(bridge.call("tf.where", (is_known, known, known * factor, None)))
        return self._product._peek()


class Ftrl(_Stepping):
    def __init__(
        self,
        learning_rate=0.001,
        learning_rate_power=-0.5,
        initial_accumulator_value=0.1,
        l1_regularization_strength=0.0,
        l2_regularization_strength=0.0,
        l2_shrinkage_regularization_strength=0.0,
        beta=0.0,
        name="Ftrl",
        **options,
    ):
        super().__init__(learning_rate, name, **options)
        self.learning_rate_power, self.initial_accumulator_value, self.beta = learning_rate_power, initial_accumulator_value, beta
        self.l1_regularization_strength, self.l2_regularization_strength = l1_regularization_strength, l2_regularization_strength
        self.l2_shrinkage_regularization_strength = l2_shrinkage_regularization_strength

    def update_step(self, gradient, variable):
        rate, now = self._rate(variable.dtype), variable._peek()
        before = self._slot("accumulator", variable, self.initial_accumulator_value)._peek()
        after = before + gradient * gradient
        power = -self.learning_rate_power
        shrunk = gradient + now * (2 * self.l2_shrinkage_regularization_strength)
        linear = self._moved("linear", variable, self._slot("linear", variable)._peek() + shrunk - (after**power - before**power) / rate * now)
        quadratic = after**power / rate + (self.l2_regularization_strength + self.beta / (rate * 2.0)) * 2
        limit = self.l1_regularization_strength
        variable.assign((bridge.call("tf.clip_by_value", (linear, -limit, limit, None)) - linear) / quadratic)
        self._moved("accumulator", variable, after)


class Lion(_Stepping):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.99, name="Lion", **options):
        super().__init__(learning_rate, name, **options)
        self.beta_1, self.beta_2 = beta_1, beta_2

    def _step(self, gradient, variable, rate):
        m = self._slot("m", variable)._peek()
        self._moved("m", variable, m * self.beta_2 + gradient * (1 - self.beta_2))
        return rate * bridge.call("tf.sign", (m * self.beta_1 + gradient * (1 - self.beta_1), None))


def _larger(a, b):
    return bridge.call("tf.maximum", (a, b, None))


def optimizers_get(optimizer):
    if not isinstance(optimizer, str):
        return optimizer
    kind = {one.__name__.lower(): one for one in OPTIMIZERS if one is not Lion}.get(optimizer.lower())
    if kind is None:
        raise NotSupported(f"the optimizer {optimizer!r} is not supported by Tape Lens yet")
    return kind()


OPTIMIZERS = (SGD, Adam, AdamW, Adamax, Adagrad, Adadelta, RMSprop, Nadam, Ftrl, Lion)


# ------------------------------------------------------------------------------------------------ those before


class _Legacy:
    """Keras' optimizers of before: the rate may decay, and any variable will do. Keras 2.15: optimizers/legacy/optimizer_v2.py."""

    _recognizes_all = True
    # Whether rows that a gradient does not have are left alone, what is remembered of them as well.
    _is_lazy = False

    def __init__(self, *args, decay=0.0, **options):
        super().__init__(*args, **options)
        self.decay = decay

    def _rate(self, dtype):
        rate = super()._rate(dtype)
        return rate / (1.0 + self.decay * cast(self.iterations._peek(), dtype)) if self.decay else rate

    def apply_gradients(self, grads_and_vars, name=None, **others):
        pairs = list(grads_and_vars)
        if self._is_lazy and any(isinstance(gradient, IndexedSlices) for gradient, _ in pairs):
            raise NotSupported(f"tensorflow.keras.optimizers.legacy.{type(self).__name__} of a tf.IndexedSlices is not supported by Tape Lens yet")
        return super().apply_gradients(pairs, name, **others)


class _RootOutside(RMSprop):
    """Without momentum, epsilon is added to the root."""

    def _step(self, gradient, variable, rate):
        if self.momentum:
            return super()._step(gradient, variable, rate)
        return gradient * rate / (self._spread(gradient, variable) ** 0.5 + self.epsilon)


class _SumRootOutside(Adagrad):
    def _step(self, gradient, variable, rate):
        return gradient * rate / (self._sum(gradient, variable) ** 0.5 + self.epsilon)


def _legacy(kind, name=None, is_lazy=False):
    made = type(name or kind.__name__, (_Legacy, kind), {"_is_lazy": is_lazy})
    made.__module__ = "tensorflow.keras.optimizers.legacy"
    return made


LEGACY = (
    _legacy(SGD, is_lazy=property(lambda self: bool(self.momentum))),
    _legacy(Adam),
    _legacy(Adamax, is_lazy=True),
    _legacy(_SumRootOutside, "Adagrad"),
    _legacy(Adadelta, is_lazy=True),
    _legacy(_RootOutside, "RMSprop", is_lazy=property(lambda self: bool(self.momentum))),
)
