"""Keras' optimizers: they give variables new values and are on no tape. What they remember are variables, so that a traced function goes on with it."""
from _tape_lens import bridge

from ._dtypes import DTYPES
from ._graph import init_scope
from ._tensors import Variable, is_tensor


class Optimizer:
    def __init__(self, learning_rate, name=None):
        self.learning_rate = learning_rate
        self.name = name
        self.iterations = Variable(0, trainable=False, name="iteration", dtype=DTYPES["int64"])
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
        rate = self.learning_rate
        if callable(rate) and not is_tensor(rate):
            rate = rate(self.iterations.value())
        bridge.js().pause()
        try:
            self.iterations.assign_add(1)
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
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name="SGD", **_):
        super().__init__(learning_rate, name)
        self.momentum, self.nesterov = momentum, nesterov

    def _step(self, gradient, variable, rate):
        if not self.momentum:
            return gradient * rate
        velocity = self._moved("momentum", variable, self._slot("momentum", variable)._peek() * self.momentum + gradient * rate)
        return velocity * self.momentum + gradient * rate if self.nesterov else velocity


class Adam(Optimizer):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False, name="Adam", **_):
        super().__init__(learning_rate, name)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _step(self, gradient, variable, rate):
        m = self._moved("m", variable, self._slot("m", variable)._peek() * self.beta_1 + gradient * (1 - self.beta_1))
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.beta_2 + gradient * gradient * (1 - self.beta_2))
        steps = self._steps_done(variable.dtype)
        return m * (rate * (1 - self.beta_2**steps) ** 0.5 / (1 - self.beta_1**steps)) / (v**0.5 + self.epsilon)


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False, name="RMSprop", **_):
        super().__init__(learning_rate, name)
        self.rho, self.epsilon = rho, epsilon

    def _step(self, gradient, variable, rate):
        v = self._moved("v", variable, self._slot("v", variable)._peek() * self.rho + gradient * gradient * (1 - self.rho))
        return gradient * rate / (v + self.epsilon) ** 0.5


def optimizers_get(optimizer):
    if not isinstance(optimizer, str):
        return optimizer
    return {"sgd": SGD, "adam": Adam, "rmsprop": RMSprop}[optimizer.lower()]()
