"""Records the Hessians that ours are held against: python record_hessians.py FOLDER, with tensorflow-cpu 2.15.1 and jax 0.4.34.

Every program is run by TensorFlow in double precision (`D = tf.float32` becomes float64) and leaves its Hessian in `h`. For those of the table (generate/hessians.py) that is
held against differences of TensorFlow's own gradient, and against `jax.hessian` where JAX has all the names. Where TensorFlow raises or is wrong, JAX's numbers are kept, and
without JAX the differences; `by` says whose they are. `jax` is the normwise relative difference to JAX. Format: README.md, "Hessians".
"""
import base64
import json
import os
import sys
import tempfile

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "generate"))
import hessians
import jax_names

SINGLE = "D = tf.float32\n"
DOUBLE = 'D = tf.float64\ntf.keras.backend.set_floatx("float64")\n'
# Normwise, of what differences of a gradient in double precision are good for.
CLOSE = 1e-6


def run(text):
    """The scope that a program leaves behind, run in double precision."""
    scope = {"__name__": "__main__"}
    tf.keras.backend.clear_session()
    text = text.replace(SINGLE, DOUBLE, 1)
    # AutoGraph reads the source of what it converts.
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(text)
        file.flush()
        exec(compile(text, file.name, "exec"), scope)
    return scope


def by_tensorflow(text, size):
    """The Hessian [size, size] of a program of the table; None where TensorFlow raises."""
    try:
        scope = run(text)
    except Exception as error:
        print(f"    TensorFlow: {type(error).__name__}: {str(error).strip().splitlines()[-1][:100]}")
        return None
    return matrix(scope["h"], scope["g"], [scope[name] for name in ("x", "w") if name in scope])


def matrix(h, g, sources):
    """Rows and columns laid end to end; a result that is None is zero."""
    rows = 1 if g is None else int(np.prod(g.shape))
    parts = h if isinstance(h, (list, tuple)) else [h]
    found = [np.zeros((rows, int(np.prod(s.shape)))) if part is None else tf.convert_to_tensor(part).numpy().reshape(rows, -1) for part, s in zip(parts, sources)]
    return np.concatenate(found, 1)


def by_differences(expression, sources):
    """Five-point differences of TensorFlow's gradient in double precision; None where TensorFlow has no gradient, either."""
    arrays = [np.asarray(values) for values in sources.values()]
    flat = np.concatenate([a.reshape(-1) for a in arrays])

    def gradient(numbers):
        scope, at = {"tf": tf, "D": tf.float64}, 0
        for name, array in zip(sources, arrays):
            scope[name] = tf.Variable(numbers[at : at + array.size].reshape(array.shape), dtype=tf.float64)
            at += array.size
        variables = [scope[name] for name in sources]
        with tf.GradientTape() as tape:
            y = eval(expression, scope)
        found = tape.gradient(y, variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return np.concatenate([tf.convert_to_tensor(part).numpy().reshape(-1) for part in found])

    step = 1e-3
    columns = []
    try:
        for unit in np.eye(flat.size) * step:
            a, b, c, d = (gradient(flat + k * unit) for k in (-2, -1, 1, 2))
            columns.append((a - 8 * b + 8 * c - d) / (12 * step))
    except (LookupError, tf.errors.OpError) as error:
        print(f"    no differences: {type(error).__name__}: {str(error).strip().splitlines()[-1][:100]}")
        return None
    return np.stack(columns, 1)


def by_jax(expression, sources):
    try:
        return np.asarray(jax_names.hessian(expression, sources))
    except (jax_names.NotExpressible, NotImplementedError) as error:
        print(f"    JAX: {type(error).__name__}: {str(error).splitlines()[0][:100]}")
        return None


def apart(a, b):
    """The normwise relative difference, as far as rounding goes."""
    scale = max(np.linalg.norm(b), 1e-30)
    return float(np.linalg.norm(a - b) / scale) if np.linalg.norm(a - b) > 1e-13 else 0.0


def is_close(a, b):
    return apart(a, b) < CLOSE or np.linalg.norm(a - b) < 1e-9


def encode(array):
    return base64.b64encode(np.ascontiguousarray(array, "<f8").tobytes()).decode("ascii")


def record_table():
    for name, text, expression, sources in hessians.programs():
        print(name, flush=True)
        size = sum(np.asarray(values).size for values in sources.values())
        truth = by_differences(expression, sources)
        tensorflow, jax = by_tensorflow(text, size), by_jax(expression, sources)
        if tensorflow is not None and tensorflow.shape != (size, size):
            tensorflow = np.zeros((size, size))
        kept, by = next(
            (numbers, who)
            for numbers, others, who in (
                # What TensorFlow does not differentiate (`tf.stop_gradient`) JAX does not, either, but differences do.
                (tensorflow, (truth, jax), "TensorFlow"),
                (jax, (truth,), "jax.hessian"),
                (truth, (truth,), "differences of TensorFlow's gradient"),
                (jax, (jax,), "jax.hessian"),
            )
            if numbers is not None and any(other is not None and is_close(numbers, other) for other in others)
        )
        if by != "TensorFlow":
            print(f"    by {by}")
        entry = {"name": name, "text": text, "by": by, "rows": kept.shape[0], "columns": kept.shape[1], "hessian": encode(kept)}
        if jax is not None:
            entry["jax"] = float(f"{apart(kept, jax):.1e}")
        yield entry


# Its second derivative goes through `tf.nn.moments`, which TensorFlow differentiates wrongly.
BY_DIFFERENCES = {"06_batch_normalisation_in_training.py", "07_layer_normalisation.py"}
BEGIN = "with tf.GradientTape() as outer:\n"


def gradient_beside(text, move):
    """The gradient `g` of a program whose `weights` are moved by so much each, laid end to end."""
    scope_text = text.replace(BEGIN, "moved_by_recorder(weights)\n" + BEGIN)
    tf.keras.backend.clear_session()
    scope = {"__name__": "__main__", "moved_by_recorder": move}
    exec(compile(scope_text.replace(SINGLE, DOUBLE, 1).partition("h = outer")[0], "snippet.py", "exec"), scope)
    return scope["g"].numpy()


def program_by_differences(text):
    shapes = [weight.shape for weight in run(text)["weights"]]
    sizes = [int(np.prod(shape)) for shape in shapes]
    step = 1e-3

    def at(column, by):
        unit = np.zeros(sum(sizes))
        unit[column] = by * step

        def move(weights):
            start = 0
            for weight, size in zip(weights, sizes):
                weight.assign_add(unit[start : start + size].reshape(weight.shape))
                start += size

        return gradient_beside(text, move)

    columns = [(at(c, -2) - 8 * at(c, -1) + 8 * at(c, 1) - at(c, 2)) / (12 * step) for c in range(sum(sizes))]
    whole = np.stack(columns, 1)
    parts = np.split(whole, np.cumsum(sizes)[:-1], 1)
    return [part.reshape(len(whole), *shape) for part, shape in zip(parts, shapes)]


def record_program(folder, name):
    print(name, flush=True)
    with open(os.path.join(folder, name)) as file:
        text = file.read()
    if SINGLE not in text:
        raise ValueError(f"{name} does not say {SINGLE.strip()}")
    by = "differences of TensorFlow's gradient" if name in BY_DIFFERENCES else "TensorFlow"
    h = program_by_differences(text) if name in BY_DIFFERENCES else run(text)["h"]
    parts = [tf.convert_to_tensor(part).numpy() for part in (h if isinstance(h, (list, tuple)) else [h])]
    return {
        "name": name.removesuffix(".py"),
        "by": by,
        "parts": [{"shape": list(part.shape), "values": encode(part)} for part in parts],
    }


def main(folder):
    programs = os.path.join(folder, "programs")
    recorded = {
        "tensorflow": tf.__version__,
        "expressions": list(record_table()),
        "programs": [record_program(programs, name) for name in sorted(os.listdir(programs)) if name.endswith(".py")],
    }
    with open(os.path.join(folder, "hessians.json"), "w") as file:
        json.dump(recorded, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
