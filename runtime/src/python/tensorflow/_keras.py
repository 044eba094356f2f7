"""`tf.keras`: its names, over the layers, losses and small objects of the core."""
from _tape_lens import bridge, catalog

from . import _keras_confusion, _keras_metrics
from ._keras_adapt import Adapting
from ._keras_configs import clone_model
from ._keras_layers import Lambda, Layer, layer_class
from ._keras_models import Model, Sequential
from ._keras_names import floatx, forget, set_floatx
from ._keras_objects import (
    activations_get,
    Constraint,
    constraints_get,
    getter,
    Initializer,
    initializer_class,
    initializers_get,
    Loss,
    loss_class,
    losses_get,
    object_class,
    Reduction,
    Regularizer,
    sparse_categorical_crossentropy,
)
from ._keras_optimizer import Optimizer
from ._keras_optimizers import LEGACY, OPTIMIZERS, optimizers_get
from ._keras_schedules import SCHEDULES
from ._keras_symbols import Input, InputLayer
from ._keras_training import Callback, History, LambdaCallback
from ._keras_utilities import to_categorical


def table(tf):
    names = {
        "keras.Input": Input,
        "keras.layers.Input": Input,
        "keras.layers.InputLayer": InputLayer,
        "keras.layers.Layer": Layer,
        "keras.layers.Lambda": Lambda,
        "keras.Model": Model,
        "keras.models.Model": Model,
        "keras.Sequential": Sequential,
        "keras.models.Sequential": Sequential,
        "keras.models.clone_model": clone_model,
        "keras.utils.to_categorical": to_categorical,
        "keras.callbacks.Callback": Callback,
        "keras.callbacks.History": History,
        "keras.callbacks.LambdaCallback": LambdaCallback,
        "keras.losses.Loss": Loss,
        "keras.losses.get": losses_get,
        "keras.initializers.Initializer": Initializer,
        "keras.optimizers.Optimizer": Optimizer,
        "keras.optimizers.get": optimizers_get,
        "keras.utils.set_random_seed": lambda seed: bridge.js().seed(seed),
        "keras.backend.clear_session": lambda: None,
        "keras.backend.floatx": floatx,
        "keras.backend.set_floatx": set_floatx,
        "keras.backend.epsilon": lambda: 1e-7,
        "keras.backend.image_data_format": lambda: "channels_last",
        "keras.losses.Reduction": Reduction,
        "keras.losses.sparse_categorical_crossentropy": sparse_categorical_crossentropy,
        "keras.metrics.sparse_categorical_crossentropy": sparse_categorical_crossentropy,
        "keras.initializers.get": initializers_get,
        "keras.regularizers.get": getter("regularizers"),
        "keras.regularizers.Regularizer": Regularizer,
        "keras.constraints.get": constraints_get,
        "keras.constraints.Constraint": Constraint,
        "keras.activations.get": activations_get,
        # What it is given itself: a variable stays one.
        "keras.activations.linear": lambda x: x,
        "random_normal_initializer": None,
    }
    for kind in OPTIMIZERS:
        names[f"keras.optimizers.{kind.__name__}"] = kind
        names[f"optimizers.{kind.__name__}"] = kind
    for kind in LEGACY:
        names[f"keras.optimizers.legacy.{kind.__name__}"] = kind
    for kind in SCHEDULES:
        names[f"keras.optimizers.schedules.{kind.__name__}"] = kind
    names.update(_keras_metrics.table())
    names.update({f"keras.metrics.{name}": kind for name, kind in _keras_confusion.CLASSES.items()})
    layers = {}
    for spec in catalog.layers:
        made = layers.setdefault(spec["class"], None) or (layer_class(spec, Adapting) if spec["class"] == "Normalization" else layer_class(spec))
        layers[spec["class"]] = names[f"keras.layers.{spec['name']}"] = made
    for spec in catalog.losses:
        names[f"keras.losses.{spec['name']}"] = loss_class(spec)
    for spec in catalog.initializers:
        names[f"keras.initializers.{spec['name']}"] = initializer_class(spec)
    for spec in catalog.objects:
        names[f"keras.{spec['kind']}.{spec['name']}"] = object_class(spec)
    shorthands = {"RandomNormal": "random_normal_initializer", "RandomUniform": "random_uniform_initializer", "Zeros": "zeros_initializer", "Ones": "ones_initializer", "Constant": "constant_initializer"}
    for long, short in shorthands.items():
        names[short] = names.get(f"keras.initializers.{long}")
    return {name: value for name, value in names.items() if value is not None}
