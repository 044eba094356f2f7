"""`tf.keras.utils`. Keras 2.15: utils/np_utils.py."""


def to_categorical(y, num_classes=None, dtype="float32"):
    """Labels as rows that are one at their place."""
    import numpy

    labels = numpy.array(y)
    shape = labels.shape[:-1] if len(labels.shape) > 1 and labels.shape[-1] == 1 else labels.shape
    flat = [int(label) for label in labels.reshape(-1).tolist()]
    count = num_classes or max(flat) + 1
    if any(not -count <= label < count for label in flat):
        wrong = next(label for label in flat if not -count <= label < count)
        raise IndexError(f"index {wrong} is out of bounds for axis 1 with size {count}")
    rows = [[1.0 if i == label % count else 0.0 for i in range(count)] for label in flat]
    return numpy.array(rows, dtype=dtype).reshape((*shape, count))
