"""Masks: which steps of a sequence count. A tensor carries its mask from layer to layer, and to the loss. Keras 2.15: engine/base_layer.py (_get_input_masks, _set_mask_metadata), utils/losses_utils.py."""
from _tape_lens import bridge, nest

_call = bridge.call


def mask_of(tensor):
    return getattr(tensor, "_keras_mask", None)


def masks_of(inputs):
    """Those of a layer's inputs, in their structure; None where nothing is masked."""
    masks = [mask_of(leaf) for leaf in nest.flatten(inputs)]
    return None if all(mask is None for mask in masks) else nest.pack_sequence_as(inputs, masks)


def put_masks(outputs, masks):
    for output, mask in zip(nest.flatten(outputs), nest.flatten(masks)):
        if mask is not None:
            output._keras_mask = mask


def with_mask(made, original):
    """What a tensor was made into (another dtype) has its mask."""
    mask = mask_of(original)
    if mask is not None:
        made._keras_mask = mask
    return made


def masked_weight(predicted, weight, mask):
    """A sample weight that leaves out what is masked (apply_mask)."""
    if mask is None:
        return weight
    mask = _call("tf.cast", (mask, predicted.dtype, None))
    if weight is None:
        return mask
    weight = _call("tf.cast", (weight, mask.dtype, None))
    return fitting(weight, mask) * mask


def valid_weight(losses, weight, mask, is_mean):
    """As `masked_weight`; a mean is then one over what counts (apply_valid_mask)."""
    if mask is None:
        return weight
    mask = _call("tf.cast", (mask, losses.dtype, None))
    if is_mean:
        mask = mask * (float(mask.shape.num_elements()) / _call("tf.reduce_sum", (mask, None, False, None)))
    return masked_weight(losses, weight, mask)


def fitting(weight, values):
    """A last axis of 1 more or less than the values have goes, or comes (squeeze_or_expand_dimensions)."""
    more = weight.shape.rank - values.shape.rank
    if weight.shape.rank and more == 1:
        return _call("tf.squeeze", (weight, -1, None))
    return _call("tf.expand_dims", (weight, -1, None)) if weight.shape.rank and more == -1 else weight


def attention_mask(given, query, value, key):
    """What `MultiHeadAttention` may look at, by the masks of what it is called on (_compute_attention_mask)."""
    masks = [(mask_of(query), 2), (mask_of(value), 1), (mask_of(key), 1)]
    wide = [_call("tf.expand_dims", (_call("tf.cast", (mask, "bool", None)), axis, None)) for mask, axis in masks if mask is not None]
    if wide and given is not None:
        wide.insert(0, _call("tf.cast", (given, "bool", None)))
    for other in wide[1:]:
        wide[0] = wide[0] & other
    return wide[0] if wide else given
