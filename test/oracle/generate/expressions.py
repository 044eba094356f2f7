"""Random expressions of TensorFlow tensors, as text: `Expressions(random, scope).make(shape, depth)` gives one whose value has that shape.

Numbers are irregular decimals, so that a derivative is hardly ever zero by chance; most arguments keep to the domain of their function.
"""

SHAPES = [(), (), (), (3,), (3,), (2,), (2, 3), (3, 2), (2, 2), (3, 3)]

# Of one tensor, element by element; {a} is the argument.
SMOOTH = """
tf.sin({a})|tf.cos({a})|tf.tanh({a})|tf.exp({a} * 0.3)|tf.math.exp(-{a} * {a})|tf.sigmoid({a})|tf.nn.softplus({a})|tf.math.softplus({a})
tf.square({a})|{a} ** 2|{a} ** 3|{a} ** 2.5|{a} ** -1|tf.pow({a}, 2)|tf.pow({a}, 3.0)|{a} * {a}|1.0 / ({a} + 3.3)|tf.math.log({a} * {a} + 1.1)|tf.math.log1p(tf.square({a}))
tf.sqrt({a} * {a} + 0.7)|tf.math.rsqrt({a} * {a} + 0.9)|tf.math.reciprocal({a} + 4.1)|tf.sinh({a})|tf.cosh({a})|tf.math.atan({a})|tf.math.asinh({a})
tf.math.erf({a})|tf.math.expm1({a} * 0.2)|tf.nn.swish({a})|tf.nn.silu({a})|tf.nn.gelu({a})|tf.nn.elu({a})|tf.nn.selu({a})|tf.keras.activations.tanh({a})
tf.math.log_sigmoid({a})|2.0 ** {a}|tf.math.tan({a} * 0.2)|tf.keras.activations.mish({a})|tf.keras.activations.exponential({a} * 0.2)|tf.math.erfc({a} * 0.4)
tf.math.asin(tf.tanh({a}) * 0.9)|tf.math.acos(tf.sin({a}) * 0.8)|tf.math.atanh(tf.sin({a}) * 0.7)|tf.math.acosh({a} * {a} + 1.3)|tf.nn.softsign({a})
""".replace("\n", "|").split("|")
LINEAR = """
{a} * 2.0|{a} * 0.37|3.1 - {a}|-{a}|{a} + 1.7|{a} / 1.9|tf.identity({a})|tf.negative({a})|tf.add({a}, 0.3)|{a} ** 1|tf.multiply(1.3, {a})|+{a}|0.7 * {a} + 0.2|{a} - 0.4
tf.cast(tf.cast({a}, tf.float64), tf.float32)|tf.convert_to_tensor({a})|tf.keras.activations.linear({a})|tf.add_n([{a}, {a}])|tf.truediv({a}, 2.2)|tf.subtract(0.9, {a})|tf.divide({a}, 3.3)
""".replace("\n", "|").split("|")
PIECEWISE = """
tf.nn.relu({a})|tf.abs({a})|abs({a})|tf.nn.leaky_relu({a})|tf.nn.relu6({a})|tf.maximum({a}, 0.0)|tf.minimum({a}, 1.05)|tf.clip_by_value({a}, -0.95, 1.15)|tf.where({a} > 0.25, {a}, 0.1 * {a})
tf.where({a} > 0.15, {a} ** 2, tf.sin({a}))|tf.keras.activations.hard_sigmoid({a})|tf.keras.activations.relu({a})|tf.keras.activations.relu({a}, alpha=0.1)|tf.maximum({a}, {a} * {a})
tf.keras.activations.relu({a}, max_value=1.2)|tf.where(tf.less({a}, 0.3), tf.zeros_like({a}), {a})|tf.nn.relu({a}) ** 2|{a} * tf.cast({a} > 0.2, tf.float32)|tf.keras.activations.elu({a}, alpha=0.7)
""".replace("\n", "|").split("|")
BROKEN = """
tf.stop_gradient({a})|tf.round({a})|tf.floor({a})|tf.sign({a})|tf.zeros_like({a})|tf.ones_like({a})|tf.cast(tf.cast({a}, tf.int32), tf.float32)|tf.cast({a} > 0.2, tf.float32)|tf.math.ceil({a})
{a} // 0.7|{a} % 0.8|{a} ** 0|{a} * 0.0|tf.math.rint({a})|tf.constant({a})|tf.math.floormod({a}, 0.6)|tf.constant({a}.numpy())|tf.convert_to_tensor(np.sin({a}))|tf.math.multiply_no_nan({a}, 2.0)
""".replace("\n", "|").split("|")

BINARY = """
{a} * {b}|{a} * {b}|{a} + {b}|{a} - {b}|{a} / ({b} + 3.7)|tf.multiply({a}, {b})|tf.add({a}, {b})|tf.maximum({a}, {b})|tf.minimum({a}, {b})|tf.math.squared_difference({a}, {b})
tf.where({a} > {b}, {a}, {b})|tf.math.atan2({a}, {b} + 2.9)|(tf.abs({a}) + 0.6) ** {b}|tf.math.divide_no_nan({a}, {b})|tf.math.xlogy({a}, {b} * {b} + 0.3)|{a} ** 2 * {b}|tf.sin({a}) * {b}
tf.stop_gradient({a}) * {b}|{a} + tf.stop_gradient({b})|tf.subtract({a}, {b})|tf.add_n([{a}, {b}])|tf.math.xdivy({a}, {b} * {b} + 0.4)|{a} * {b} + {a}|tf.exp({a} * 0.2) + {b}
""".replace("\n", "|").split("|")

# From any shape to a scalar.
TO_SCALAR = """
tf.reduce_sum({a})|tf.reduce_mean({a})|tf.reduce_sum({a} ** 2)|tf.reduce_max({a})|tf.reduce_min({a})|tf.reduce_prod({a})|tf.reduce_logsumexp({a})|tf.norm({a})|tf.math.reduce_std({a})|tf.math.reduce_variance({a})
tf.reduce_sum(tf.square({a}))|tf.nn.l2_loss({a})|tf.reduce_mean(tf.square({a} - 0.3))|tf.math.reduce_euclidean_norm({a})|tf.norm({a}, ord=1)|tf.linalg.global_norm([{a}])
""".replace("\n", "|").split("|")

# From one shape to another of rank 1 or 2.
MOVES = {
    ((2, 3), (3,)): ["tf.reduce_sum({a}, axis=0)", "tf.reduce_mean({a}, axis=0)", "{a}[0]", "{a}[1, :]", "tf.gather({a}, 1)", "tf.unstack({a})[0]", "tf.reduce_max({a}, axis=0)", "tf.squeeze({a}[:1])", "{a}[-1]"],
    ((2, 3), (2,)): ["tf.reduce_sum({a}, axis=1)", "tf.reduce_mean({a}, axis=-1)", "{a}[:, 0]", "{a}[..., -1]", "tf.reduce_prod({a}, axis=1)", "tf.norm({a}, axis=1)", "tf.gather({a}, 1, axis=1)", "tf.reduce_logsumexp({a}, axis=1)", "tf.sort({a})[:, 0]", "tf.linalg.matvec({a}, [0.3, 0.4, 0.7])"],
    ((3, 2), (3,)): ["tf.reduce_sum({a}, 1)", "{a}[:, 1]", "tf.unstack({a}, axis=1)[0]", "tf.reduce_mean({a}, axis=1)"],
    ((3, 2), (2,)): ["tf.reduce_sum({a}, 0)", "{a}[2]", "tf.reduce_mean({a}, axis=0)", "tf.cumsum({a})[1]"],
    ((2, 2), (2,)): ["tf.linalg.diag_part({a})", "{a}[0]", "tf.reduce_sum({a}, axis=0)", "{a}[:, 1]"],
    ((3, 3), (3,)): ["tf.linalg.diag_part({a})", "{a}[1]", "tf.reduce_mean({a}, axis=1)"],
    ((2, 3), (3, 2)): ["tf.transpose({a})", "tf.reshape({a}, [3, 2])", "tf.reshape({a}, (3, -1))"],
    ((3, 2), (2, 3)): ["tf.transpose({a})", "tf.reshape({a}, [2, 3])", "tf.transpose({a}, [1, 0])"],
    ((3,), (2, 3)): ["tf.stack([{a}, {a} * 2.0])", "tf.broadcast_to({a}, [2, 3])", "tf.tile({a}[None, :], [2, 1])", "tf.repeat({a}[tf.newaxis], 2, axis=0)", "tf.stack([{a}, {a} ** 2], axis=0)"],
    ((3,), (3, 2)): ["tf.stack([{a}, tf.sin({a})], axis=1)", "tf.concat([{a}[:, None], {a}[:, None] * 0.4], axis=1)", "tf.concat([tf.expand_dims({a}, 1), tf.ones([3, 1])], 1)"],
    ((3,), (3, 3)): ["tf.linalg.diag({a})", "{a}[:, None] * {a}[None, :]", "tf.tensordot({a}, {a}, axes=0)", "tf.expand_dims({a}, 1) @ tf.expand_dims({a}, 0)"],
    ((2,), (2, 2)): ["tf.linalg.diag({a})", "{a}[:, None] + {a}", "tf.stack([{a}, {a}])", "tf.eye(2) * {a}"],
    ((3,), (2,)): ["{a}[:2]", "{a}[1:]", "tf.slice({a}, [0], [2])", "tf.gather({a}, [0, 2])", "tf.concat([{a}[:1], {a}[2:]], 0)", "tf.stack([{a}[0], {a}[1]])", "tf.sort({a})[1:]", "tf.math.top_k({a}, 2)[0]", "tf.boolean_mask({a}, [True, False, True])"],
    ((2,), (3,)): ["tf.concat([{a}, [0.4]], 0)", "tf.pad({a}, [[0, 1]])", "tf.concat([{a}, {a}[:1]], axis=0)"],
    ((2, 3), (2, 2)): ["{a}[:, :2]", "{a} @ tf.transpose({a})", "tf.matmul({a}, {a}, transpose_b=True)"],
    ((2, 3), (3, 3)): ["tf.transpose({a}) @ {a}", "tf.matmul({a}, {a}, transpose_a=True)", "tf.concat([{a}, {a}[:1]], axis=0)"],
    ((3, 3), (2, 3)): ["{a}[:2]", "tf.gather({a}, [0, 1])"],
    ((2, 2), (2, 3)): ["tf.pad({a}, [[0, 0], [0, 1]])", "tf.concat([{a}, tf.ones([2, 1])], axis=1)"],
}
SAME = ["tf.reverse({a}, [0])", "{a}[::-1]", "tf.cumsum({a})", "tf.roll({a}, 1, 0)", "tf.sort({a})", "tf.nn.softmax({a})", "tf.nn.log_softmax({a})", "tf.nn.l2_normalize({a})",
        "tf.reshape(tf.reshape({a}, [-1]), {shape})", "tf.concat(tf.split({a}, {first}), 0)", "tf.math.cumprod({a})", "{a} - tf.reduce_mean({a})", "{a} / tf.reduce_sum({a} ** 2)",
        "tf.clip_by_norm({a}, 1.1)", "tf.stack(tf.unstack({a}))", "{a} * tf.random.uniform({shape})", "{a} + tf.random.normal({shape})", "tf.linalg.matrix_transpose(tf.linalg.matrix_transpose({a}))" , "tf.nn.dropout({a}, 0.0)"]


class Expressions:
    def __init__(self, random, scope):
        self.random = random
        self.scope = scope  # name -> shape of every float tensor or variable that can be named here
        self.functions = []  # texts such as 'f({a})' that keep the shape
        self.sharp = 0.06  # how often an operation that breaks the gradient is taken

    def number(self):
        return str(round(self.random.uniform(0.2, 2.4) * self.random.choice([1, 1, 1, -1]) + 0.013, 2))

    def literal(self, shape):
        if not shape:
            return self.number()
        return "[" + ", ".join(self.literal(shape[1:]) for _ in range(shape[0])) + "]"

    def atom(self, shape):
        names = [name for name, s in self.scope.items() if s == shape]
        if names and self.random.random() < 0.93:
            recent = names[-4:] if self.random.random() < 0.6 else names
            return self.random.choice(recent)
        if self.scope and self.random.random() < 0.85:
            name = self.random.choice(list(self.scope))
            total = name if self.scope[name] == () else f"tf.reduce_sum({name})"
            return f"({total} * tf.constant({self.literal(shape)}))" if shape else total
        if self.random.random() < 0.5:
            return f"tf.constant({self.literal(shape)})"
        return f"tf.ones({list(shape)})" if shape else f"tf.constant({self.number()})"

    def make(self, shape, depth):
        pick = self.random.random()
        if depth <= 0 or pick < 0.12:
            return self.atom(shape)
        if pick < 0.42:
            return self.random.choice(self.family()).strip().format(a=self.operand(shape, depth - 1))
        if pick < 0.66:
            other = shape if self.random.random() < 0.7 else ()
            a, b = self.operand(shape, depth - 1), self.operand(other, depth - 1)
            return self.random.choice([t for t in BINARY if t]).format(a=a, b=b)
        if pick < 0.72 and self.functions:
            return self.random.choice(self.functions).format(a=self.operand(shape, depth - 1))
        return self.moved(shape, depth)

    def family(self):
        pick = self.random.random()
        family = BROKEN if pick < self.sharp else PIECEWISE if pick < 0.25 else LINEAR if pick < 0.5 else SMOOTH
        return [text for text in family if text]

    def operand(self, shape, depth):
        text = self.make(shape, depth)
        return text if text.isidentifier() or text.endswith(")") and text.startswith("tf.") and balanced(text) else f"({text})"

    def moved(self, shape, depth):
        if not shape:
            inner = self.random.choice([s for s in SHAPES if s])
            if self.random.random() < 0.25:
                at = ", ".join(str(self.random.randrange(n)) for n in inner)
                return f"{self.operand(inner, depth - 1)}[{at}]"
            if self.random.random() < 0.1:
                return f"tf.tensordot({self.operand((3,), depth - 1)}, {self.operand((3,), depth - 1)}, 1)"
            return self.random.choice([t for t in TO_SCALAR if t]).format(a=self.operand(inner, depth - 1))
        options = [(a, t) for (a, b), texts in MOVES.items() if b == shape for t in texts]
        if options and self.random.random() < 0.6:
            inner, text = self.random.choice(options)
            return text.format(a=self.operand(inner, depth - 1))
        if len(shape) == 2 and self.random.random() < 0.4:
            middle = self.random.choice([2, 3])
            a, b = self.operand((shape[0], middle), depth - 1), self.operand((middle, shape[1]), depth - 1)
            return self.random.choice(["{a} @ {b}", "tf.matmul({a}, {b})", "tf.linalg.matmul({a}, {b})", "tf.tensordot({a}, {b}, [[1], [0]])"]).format(a=a, b=b)
        return self.random.choice(SAME).format(a=self.operand(shape, depth - 1), shape=list(shape), first=shape[0])


def balanced(text):
    """Whether the first bracket of the text closes at its end."""
    level = 0
    for at, letter in enumerate(text):
        level += letter in "([{"
        level -= letter in ")]}"
        if level == 0 and letter in ")]}" and at < len(text) - 1:
            return False
    return True
