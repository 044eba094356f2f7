"""What a functional model makes of its inputs. Keras 2.15: engine/functional.py, _conform_to_reference_input; engine/input_spec.py, assert_input_compatibility."""
from _tape_lens import bridge

from ._keras_masks import with_mask
from ._tensors import Tensor


def conformed(name, value, declared):
    """An input as it was declared: of its dtype, and with a last axis of size one or without."""
    if not isinstance(value, Tensor):
        return value
    _check_sizes(name, value.shape, declared.shape)
    axes = _with_axes(value, declared.shape)
    made = axes if axes.dtype == declared.dtype else bridge.call("tf.cast", (axes, declared.dtype, None))
    return value if made is value else with_mask(made, value)


def _with_axes(value, declared):
    rank = value.shape.rank
    if rank is None or declared.rank is None:
        return value
    if rank == declared.rank + 1 and value.shape[-1] == 1:
        return bridge.call("tf.squeeze", (value, -1, None))
    if rank == declared.rank - 1 and declared[-1] == 1:
        return bridge.call("tf.expand_dims", (value, -1, None))
    return value


def _check_sizes(name, given, declared):
    if given.rank is None or declared.rank is None:
        return
    for wanted, size in list(zip(_squeezed(declared), _squeezed(given)))[1:]:
        if wanted is not None and size is not None and wanted != size:
            raise ValueError(f'Input 0 of layer "{name}" is incompatible with the layer: expected shape={(None, *declared[1:])}, found shape={tuple(given)}')


def _squeezed(shape):
    sizes = list(shape)
    return sizes[:-1] if sizes and sizes[-1] == 1 else sizes
