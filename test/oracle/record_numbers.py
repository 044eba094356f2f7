"""Runs FOLDER/snippet.py under real TensorFlow and writes the results that FOLDER/numbers.txt names to FOLDER/numbers.json.

  python record_numbers.py FOLDER

Format: see README.md, "Numbers".
"""
import base64
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def encode(array):
    return base64.b64encode(array.astype("<f4").tobytes()).decode("ascii")


def block_diagonal(array):
    """The diagonal blocks [n, a, n, b] -> [n, a, b], or None where something outside them is not exactly zero."""
    if array.ndim != 4 or array.shape[0] != array.shape[2] or array.shape[0] < 2:
        return None
    count = array.shape[0]
    outside = array.copy()
    for i in range(count):
        outside[i, :, i, :] = 0
    if outside.any():
        return None
    return array[range(count), :, range(count), :]


def describe(value):
    import tensorflow as tf

    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [describe(item) for item in value]
    array = tf.convert_to_tensor(value).numpy()
    if array.dtype != "float32":
        raise TypeError(f"only float32 results are recorded, got {array.dtype}")
    recorded = {"shape": list(array.shape), "dtype": str(array.dtype)}
    blocks = block_diagonal(array)
    if blocks is None:
        return {**recorded, "values": encode(array)}
    return {**recorded, "structure": "block-diagonal", "outside": 0, "blocks": [encode(block) for block in blocks]}


def record(folder):
    import tensorflow as tf

    with open(os.path.join(folder, "numbers.txt")) as file:
        names = file.read().split()
    with open(os.path.join(folder, "snippet.py")) as file:
        source = file.read()
    scope = {"__name__": "__main__"}
    exec(compile(source, "snippet.py", "exec"), scope)
    results = {name: describe(scope[name]) for name in names}
    with open(os.path.join(folder, "numbers.json"), "w") as file:
        json.dump({"tf": tf.__version__, "results": results}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")
    record(os.path.abspath(sys.argv[1]))
