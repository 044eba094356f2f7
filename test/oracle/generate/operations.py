"""Programs that differentiate one operation, function or layer after the other: `python operations.py FORMS FOLDER` writes FOLDER/NAME_n/snippet.py.

FORMS is a text: a line `: x=2,3 y=4+` gives the inputs of the forms that follow, a line `layer CONSTRUCTOR` or `layer CONSTRUCTOR | CALL` is a
Keras layer and how it is called, every other line is an expression. A shape's last sign: `+` positive, `>` above one, `!` symmetric and positive
definite. Each form is differentiated up to the third order (of several inputs: the second), as far as TensorFlow gives something; needs TensorFlow.
"""
import os
import re
import sys

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

FORMS_PER_PROGRAM = 8
RANDOM = re.compile(r"random|[dD]ropout|Noise|shuffle|fractional|nce_loss|isotonic")

HEAD = """import numpy as np
import tensorflow as tf


def generic(*shape, start=7):
    n = 1
    for d in shape:
        n *= d
    return tf.reshape(tf.cast(tf.range(start, start + n) * 389 % 997, tf.float32) / 500.0 - 0.9985, shape)
"""
FILL = """

def fill(variables):
    for i, v in enumerate(variables):
        v.assign(tf.cast(generic(*v.shape, start=20 + 50 * i) * 0.3 + 0.4, v.dtype))
"""


class Form:
    def __init__(self, inputs, layer, text):
        self.inputs, self.layer, self.text = inputs, layer, text


def read(path):
    forms, inputs = [], []
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(":"):
            inputs = [part.split("=") for part in line[1:].split()]
        elif line.startswith("layer "):
            constructor, _, call = line[len("layer "):].partition(" | ")
            forms.append(Form(inputs, constructor, call or "layer(x)"))
        else:
            forms.append(Form(inputs, None, line))
    return forms


def literal(size, at):
    sign = size[-1] if size[-1] in "+>!" else ""
    shape = ", ".join(size.rstrip("+>!").split(","))
    plain = f"generic({shape}, start={7 + 100 * at})" if at else f"generic({shape})"
    if sign == "+":
        return f"{plain} * 0.4 + 0.6"
    if sign == ">":
        return f"{plain} * 0.5 + 1.8"
    if sign == "!":
        return f"tf.matmul({plain}, {plain}, transpose_b=True) + tf.linalg.diag(tf.constant([2.0, 3.0, 4.0]))"
    return plain


def indented(depth, lines):
    return ["    " * depth + line for line in lines]


def guarded(line, name, raises):
    return ["try:", f"    {line}", "except Exception:", f"    {name} = None"] if raises else [line]


def upstream(derivative):
    """A derivative is contracted with a generic vector: its plain sum is zero for many a function."""
    if not isinstance(derivative, tf.Tensor) or not derivative.dtype.is_floating:
        return ""
    shape = "".join(f"{d}, " for d in derivative.shape)
    plain = f"generic({shape}start=31)"
    return f", output_gradients={plain if derivative.dtype == tf.float32 else f'tf.cast({plain}, tf.{derivative.dtype.name})'}"


class Scope(dict):
    """Runs text; what it raises is its class's name."""

    def run(self, lines):
        try:
            exec("\n".join(lines), self)
            return None
        except Exception as error:
            return type(error).__name__


def write_form(form):
    """The lines of one form, found by running it."""
    names = [name for name, _ in form.inputs]
    scope = Scope()
    exec(HEAD + FILL, scope)
    opening = [f"# {form.text}"] if form.layer is None else []
    if form.layer:
        opening += [f"layer = {form.layer}"]
    opening += [f"{name} = {literal(size, at)}" for at, (name, size) in enumerate(form.inputs)]
    if form.layer:
        opening += [form.text, "fill(layer.weights)"]
    raised = scope.run(opening + [f"y = {form.text}"])
    if raised or "y" not in scope:
        raise SystemExit(f"{form.text}: the form itself raises {raised}")
    y = scope["y"]
    if not tf.is_tensor(y):
        raise SystemExit(f"{form.text}: gives {type(y)}")
    if y.dtype.is_complex or y.dtype == tf.string:
        raise SystemExit(f"{form.text}: is {y.dtype}")
    weights = form.layer is not None and len(scope["layer"].trainable_variables) > 0
    plain = "generic(" + ", ".join(str(d) for d in y.shape) + ")"
    target = "tf.reduce_sum(y * " + plain + ")"
    if y.dtype != tf.float32:
        target = f"tf.reduce_sum(tf.cast(y, tf.float32) * {plain})"
    many = weights or len(names) > 1
    sources = "[" + ", ".join(names) + "] + layer.trainable_variables" if weights else "[" + ", ".join(names) + "]" if many else names[0]
    watched = names[0] if len(names) == 1 else "[" + ", ".join(names) + "]"
    orders = 2 if many else 3

    def body(count, calls):
        lines = list(opening)
        for depth in range(count):
            tape = f"t{count - depth}"
            lines += indented(depth, [f"with tf.GradientTape({'persistent=True' if many and tape == 't2' else ''}) as {tape}:", f"    {tape}.watch({watched})"])
        lines += indented(count, [f"y = {form.text}", f"z = {target}"])
        for order, call in enumerate(calls):
            lines += indented(count - order - 1, call)
        return lines

    first = f"g = t1.gradient(z, {sources})"
    calls = [guarded(first, "g", scope.run(body(1, [[first]])))]
    found = scope.get("g")
    if "except" in " ".join(calls[0]) or all(g is None for g in tf.nest.flatten(found)):
        return body(1, calls)
    if many:
        second = []
        for at, g in enumerate(found):
            if g is None or (form.layer and at > 2):
                continue
            line = f"h{at} = t2.gradient(g[{at}], {sources}{upstream(g)})"
            second.append((line, f"h{at}"))
        lines = []
        for line, name in second:
            lines += guarded(line, name, scope.run(body(2, [calls[0], [line]])))
        return body(2, [calls[0], lines])
    for order, (tape, new, old) in enumerate([("t2", "h", "g"), ("t3", "k", "h")], start=2):
        line = f"{new} = {tape}.gradient({old}, {sources}{upstream(scope[old])})"
        raises = scope.run(body(order, calls + [[line]]))
        calls.append(guarded(line, new, raises))
        if raises or scope.get(new) is None or order == orders:
            break
    return body(len(calls), calls)


def programs(forms):
    """Forms with random numbers apart from the others."""
    for numbers_repeat in (True, False):
        chosen = [f for f in forms if (RANDOM.search(f.text + (f.layer or "")) is None) == numbers_repeat]
        for start in range(0, len(chosen), FORMS_PER_PROGRAM):
            yield numbers_repeat, chosen[start : start + FORMS_PER_PROGRAM]


def main():
    path, folder = sys.argv[1:]
    name = os.path.splitext(os.path.basename(path))[0]
    for at, (numbers_repeat, forms) in enumerate(programs(read(path)), start=1):
        text = "# Numbers repeat.\n" if numbers_repeat else ""
        text += HEAD + (FILL if any(f.layer for f in forms) else "")
        for form in forms:
            tf.random.set_seed(1)
            np.random.seed(1)
            text += "\n\n" + "\n".join(write_form(form)) + "\n"
        place = os.path.join(folder, f"{name}_{at:02}")
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, "snippet.py"), "w", encoding="utf-8") as file:
            file.write(text)
        print(place, flush=True)


if __name__ == "__main__":
    main()
