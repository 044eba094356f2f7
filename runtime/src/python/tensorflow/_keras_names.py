"""What Keras keeps for the whole program: how many layers of a kind there are, the dtype of new weights, whether it is training."""
import re

_counts = {}
_state = {"floatx": "float32"}
_training = []


def forget():
    """Before each program."""
    _counts.clear()
    _training.clear()
    _state["floatx"] = "float32"


def unique(name):
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    count = _counts.get(snake, 0)
    _counts[snake] = count + 1
    return snake if count == 0 else f"{snake}_{count}"


def floatx():
    return _state["floatx"]


def set_floatx(value):
    if value not in ("float16", "float32", "float64"):
        raise ValueError(f"Unknown `floatx` value: {value}. Expected one of {{'float16', 'float32', 'float64'}}")
    _state["floatx"] = value


class told:
    """While a layer runs, those inside it are told the same of training."""

    def __init__(self, training):
        self._training = training

    def __enter__(self):
        _training.append(self._training)

    def __exit__(self, *_):
        _training.pop()


def running():
    """How many layers are running, one inside the other."""
    return len(_training)


def training():
    """What the call around is told of training; None where nobody says."""
    return _training[-1] if _training else None
