"""Keras' optimizers: they give variables new values and are on no tape. What they remember are variables, so that a traced function goes on with it."""
from _tape_lens import bridge
from _tape_lens.failures import NotSupported

from ._dtypes import DTYPES
from ._graph import init_scope
from ._tensors import IndexedSlices, Variable, is_tensor


class Optimizer:
    def __init__(self, learning_rate, name=None, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, **others):
        for option, value in others.items():
            if value not in (None, False) and option not in ("jit_compile", "ema_momentum", "is_legacy_optimizer"):
                raise NotSupported(f"tensorflow.keras.optimizers.{type(self).__name__}({option}=...) is not supported by Tape Lens yet")
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.name = name
        self.iterations = Variable(0, trainable=False, name="iteration", dtype=DTYPES["int64"])
        self._slots = {}

    @property
    def lr(self):
        return self.learning_rate

    def build(self, var_list):
        """What it remembers of a variable is made when it is first needed."""

    def apply_gradients(self, grads_and_vars, **_):
        pairs = list(grads_and_vars)
        if not pairs or all(g is None for g, _ in pairs):
            raise ValueError(
                f"No gradients provided for any variable: {([v.name for _, v in pairs],)}. Provided `grads_and_vars` is {tuple((g, v) for g, v in pairs)}."
            )
        rate = self.learning_rate
        if callable(rate) and not is_tensor(rate):
            rate = rate(self.iterations.value())
        bridge.js().pause()
        try:
            self.iterations.assign_add(1)
            used = [(bridge.convert(gradient) if isinstance(gradient, IndexedSlices) else gradient, variable) for gradient, variable in pairs if gradient is not None]
            for gradient, (_, variable) in zip(self._clipped([gradient for gradient, _ in used]), used):
                if self.weight_decay is not None:
                    variable.assign(variable._peek() - variable._peek() * self.weight_decay * rate)
                variable.assign(variable._peek() - self._step(gradient, variable, rate))
        finally:
            bridge.js().resume()

    def _clipped(self, gradients):
        if self.clipnorm:
            return [bridge.call("tf.clip_by_norm", (g, self.clipnorm, None, None)) for g in gradients]
        if self.global_clipnorm:
            norm = sum(bridge.call("tf.reduce_sum", (g * g, None, False, None)) for g in gradients) ** 0.5
            scale = self.global_clipnorm / bridge.call("tf.maximum", (norm, self.global_clipnorm, None))
            return [g * scale for g in gradients]
        if self.clipvalue:
            return [bridge.call("tf.clip_by_value", (g, -self.clipvalue, self.clipvalue, None)) for g in gradients]
        return gradients

    def minimize(self, loss, var_list, tape=None):
        from ._tape import GradientTape

        if callable(loss) and not is_tensor(loss):
            with GradientTape() as tape:
                loss = loss()
        variables = var_list() if callable(var_list) else var_list
        self.apply_gradients(zip(tape.gradient(loss, variables), variables))

    def _slot(self, name, variable):
        """A variable of zeros beside one that is optimized."""
        known = self._slots.get((name, id(variable)))
        if known is None:
            with init_scope():
                zeros = bridge.call("tf.zeros", (list(variable.shape), variable.dtype, None, None))
                known = self._slots[name, id(variable)] = Variable(zeros, trainable=False, name=f"{self.name}/{name}/{variable.name}")
        return known

    def _moved(self, name, variable, to):
        """Gives a slot a new value, and that value."""
        self._slot(name, variable).assign(to)
        return to

    def _steps_done(self, dtype):
        return bridge.call("tf.cast", (self.iterations._peek(), dtype, None))


class SGD(Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name="SGD", **options):
        super().__init__(learning_rate, name, **options)
        self.momentum, self.nesterov = momentum, nesterov

    def _step(self, gradient, variable, rate):
        if not self.momentum:
            return gradient * rate
        velocity = self._moved("momentum", variable, self._slot("momentum", variable)._peek() * self.momentum + gradient * rate)
        return velocity * self.momentum + gradient * rate if self.nesterov else velocity


class Adam(Optimizer):
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


class Adamax(Optimizer):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, name="Adamax", **options):
        super().__init__(learning_rate, name, **options)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _step(self, gradient, variable, rate):
        m = self._moved("m", variable, self._slot("m", variable)._peek() * self.beta_1 + gradient * (1 - self.beta_1))
        u = self._moved("u", variable, _larger(self._slot("u", variable)._peek() * self.beta_2, bridge.call("tf.abs", (gradient, None))))
        return m * rate / ((1 - self.beta_1 ** self._steps_done(variable.dtype)) * (u + self.epsilon))


class Adagrad(Optimizer):
    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-07, name="Adagrad", **options):
        super().__init__(learning_rate, name, **options)
        self.initial_accumulator_value, self.epsilon = initial_accumulator_value, epsilon

    def _step(self, gradient, variable, rate):
        # The slot holds what has come on top of the initial value.
        total = self._moved("accumulator", variable, self._slot("accumulator", variable)._peek() + gradient * gradient)
        return gradient * rate / (total + self.initial_accumulator_value + self.epsilon) ** 0.5


class Adadelta(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-07, name="Adadelta", **options):
        super().__init__(learning_rate, name, **options)
        self.rho, self.epsilon = rho, epsilon

    def _step(self, gradient, variable, rate):
        squares = self._moved("squares", variable, self._slot("squares", variable)._peek() * self.rho + gradient * gradient * (1 - self.rho))
        deltas = self._slot("deltas", variable)._peek()
        delta = gradient * (deltas + self.epsilon) ** 0.5 / (squares + self.epsilon) ** 0.5
        self._moved("deltas", variable, deltas * self.rho + delta * delta * (1 - self.rho))
        return delta * rate


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False, name="RMSprop", **options):
        super().__init__(learning_rate, name, **options)
        self.rho, self.momentum, self.epsilon, self.centered = rho, momentum, epsilon, centered

    def _step(self, gradient, variable, rate):
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.rho + gradient * gradient * (1 - self.rho))
        if self.centered:
            mean = self._moved("mean", variable, self._slot("mean", variable)._peek() * self.rho + gradient * (1 - self.rho))
            v = v - mean * mean
        step = gradient * rate / (v + self.epsilon) ** 0.5
        if not self.momentum:
            return step
        return self._moved("momentum", variable, self._slot("momentum", variable)._peek() * self.momentum + step)


def _larger(a, b):
    return bridge.call("tf.maximum", (a, b, None))


def optimizers_get(optimizer):
    if not isinstance(optimizer, str):
        return optimizer
    kind = {one.__name__.lower(): one for one in OPTIMIZERS}.get(optimizer.lower())
    if kind is None:
        raise NotSupported(f"the optimizer {optimizer!r} is not supported by Tape Lens yet")
    return kind()


OPTIMIZERS = (SGD, Adam, AdamW, Adamax, Adagrad, Adadelta, RMSprop)
