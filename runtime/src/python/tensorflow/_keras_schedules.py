"""Keras' learning rates that change with the steps done. Source: Keras 2.15, optimizers/schedules/learning_rate_schedule.py."""
import math

from _tape_lens import bridge
from _tape_lens.failures import NotSupported

from ._dtypes import DTYPES


def _float(step):
    return bridge.call("tf.cast", (step, DTYPES["float32"], None))


def _smaller(a, b):
    return bridge.call("tf.minimum", (a, b, None))


class LearningRateSchedule:
    def __call__(self, step):
        raise NotImplementedError(f"Learning rate schedule '{type(self).__name__}' must override `__call__(self, step)`.")


class ExponentialDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, decay_rate, staircase=False, name=None):
        self.initial_learning_rate, self.decay_steps, self.decay_rate, self.staircase = initial_learning_rate, decay_steps, decay_rate, staircase

    def __call__(self, step):
        done = _float(step) / self.decay_steps
        return self.initial_learning_rate * self.decay_rate ** (bridge.call("tf.floor", (done, None)) if self.staircase else done)


class InverseTimeDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, decay_rate, staircase=False, name=None):
        self.initial_learning_rate, self.decay_steps, self.decay_rate, self.staircase = initial_learning_rate, decay_steps, decay_rate, staircase

    def __call__(self, step):
        done = _float(step) / self.decay_steps
        return self.initial_learning_rate / (1.0 + self.decay_rate * (bridge.call("tf.floor", (done, None)) if self.staircase else done))


class PolynomialDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name=None):
        self.initial_learning_rate, self.decay_steps, self.end_learning_rate = initial_learning_rate, decay_steps, end_learning_rate
        self.power, self.cycle = power, cycle

    def __call__(self, step):
        now = _float(step)
        span = self.decay_steps
        if self.cycle:
            rounds = bridge.call("tf.math.ceil", (now / self.decay_steps, None))
            span = bridge.call("tf.maximum", (rounds, 1.0, None)) * self.decay_steps
        else:
            now = _smaller(now, self.decay_steps * 1.0)
        return (self.initial_learning_rate - self.end_learning_rate) * (1.0 - now / span) ** self.power + self.end_learning_rate


class CosineDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, alpha=0.0, name=None, warmup_target=None, warmup_steps=0):
        if warmup_target is not None:
            raise NotSupported("tensorflow.keras.optimizers.schedules.CosineDecay(warmup_target=...) is not supported by Tape Lens yet")
        self.initial_learning_rate, self.decay_steps, self.alpha = initial_learning_rate, decay_steps, alpha

    def __call__(self, step):
        done = _smaller(_float(step), self.decay_steps * 1.0) / self.decay_steps
        cosine = 0.5 * (1.0 + bridge.call("tf.cos", (done * math.pi, None)))
        return self.initial_learning_rate * ((1 - self.alpha) * cosine + self.alpha)


class PiecewiseConstantDecay(LearningRateSchedule):
    def __init__(self, boundaries, values, name=None):
        if len(boundaries) != len(values) - 1:
            raise ValueError(
                "The length of boundaries should be 1 less than the length of values. "
                f"Received: boundaries={boundaries} of length {len(boundaries)}, and values={values} of length {len(values)}."
            )
        self.boundaries, self.values = boundaries, values

    def __call__(self, step):
        now = _float(step)
        rate = self.values[-1]
        for boundary, value in reversed(list(zip(self.boundaries, self.values))):
            rate = bridge.call("tf.where", (now <= float(boundary), value, rate, None))
        return rate


SCHEDULES = (LearningRateSchedule, ExponentialDecay, InverseTimeDecay, PolynomialDecay, CosineDecay, PiecewiseConstantDecay)
