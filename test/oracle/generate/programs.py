"""Random programs around GradientTape, each a text: `python programs.py SEED COUNT FOLDER` writes FOLDER/SEED_n/snippet.py.

A program makes sources, perhaps functions, classes or a Keras model, opens tapes (nested, persistent, watched early, late or not at all),
computes inside, before and after them, and asks for gradients. It prints nothing and ends normally or by an error of TensorFlow.
The same seed gives the same programs.
"""
import os
import random
import sys

from control import Control
from expressions import SHAPES, Expressions


class Tape:
    def __init__(self, name, persistent):
        self.name, self.persistent, self.used, self.targets = name, persistent, False, []


class Program(Control):
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = ["import tensorflow as tf"]
        self.indent = 0
        self.scope = {}
        self.sources = []  # names that make sense as sources
        self.variables = []
        self.structures = []  # names of lists and dicts of tensors
        self.tapes = []  # those that a gradient can be asked of
        self.open = []
        self.following = []
        self.count = 0
        self.traced = False
        self.expressions = Expressions(self.random, self.scope)
        self.expressions.sharp = self.random.choice([0.0, 0.04, 0.12])

    # ---------------------------------------------------------------- text

    def line(self, text):
        self.lines.append("    " * self.indent + text)

    def name(self, letter):
        self.count += 1
        return f"{letter}{self.count}"

    def chance(self, share):
        return self.random.random() < share

    # ---------------------------------------------------------------- before the tapes

    def source(self):
        shape = self.random.choice(SHAPES)
        name = self.name("x")
        value = self.expressions.literal(shape)
        pick = self.random.random()
        if pick < 0.42:
            extra = self.random.choice(["", "", "", "", ", trainable=False", ", dtype=tf.float32", f", name='{name}'"])
            self.line(f"{name} = tf.Variable({value}{extra})")
            self.variables.append(name)
        elif pick < 0.84:
            self.line(f"{name} = tf.constant({value})")
        elif pick < 0.92:
            self.line(f"{name} = tf.random.{self.random.choice(['normal', 'uniform'])}({list(shape)})")
        else:
            kind = self.random.choice(["tf.constant(3)", "tf.Variable(2)", "tf.range(3)", "tf.range(3.0)", "tf.linspace(0.1, 1.3, 3)", "3.0", "np.array([0.3, 0.7], dtype=np.float32)"])
            self.line(f"{name} = {kind}")
            self.sources.append(name)
            if kind in ("tf.range(3.0)", "tf.linspace(0.1, 1.3, 3)"):
                self.scope[name] = (3,)
            return
        self.scope[name] = shape
        self.sources.append(name)

    def function(self):
        name = self.name("f")
        decorated = self.random.choice(["", "", "@tf.function", "@tf.custom_gradient"])
        inner = {"a": ()}
        body = Expressions(self.random, inner)
        body.sharp = self.expressions.sharp
        captured = [v for v in self.variables if self.scope[v] == ()]
        if captured and self.chance(0.4) and decorated != "@tf.custom_gradient":
            inner[self.random.choice(captured)] = ()
        if decorated:
            self.line(decorated)
        self.line(f"def {name}(a):")
        self.indent += 1
        # Only what keeps any shape: unary and binary operations of `a`.
        body.moved = lambda shape, depth: body.atom(shape)
        if decorated == "@tf.custom_gradient":
            rule = self.random.choice(["dy * 2.0", "dy * a", "dy * tf.cos(a)", "dy", "tf.stop_gradient(dy)", "None", "dy * a * a", "tf.zeros_like(dy)", "dy * y"])
            self.line(f"y = {body.make((), 2)}")
            self.line("def grad(dy):")
            self.line(f"    return {rule}")
            self.line("return y, grad")
        else:
            if self.chance(0.3):
                self.line(f"b = {body.make((), 2)}")
                inner["b"] = ()
            if self.chance(0.2):
                self.line(f"for i in range({self.random.randint(1, 3)}):")
                self.line(f"    a = {body.make((), 1)}")
            self.line(f"return {body.make((), 2)}")
        self.indent -= 1
        self.expressions.functions.append(name + "({a})")

    def scalar_function(self):
        """A function of a tensor of one shape that gives a scalar, branching on its value."""
        name = self.name("f")
        decorated = self.random.choice(["", "@tf.function"])
        if decorated:
            self.line(decorated)
        inner = {"a": ()}
        body = Expressions(self.random, inner)
        self.line(f"def {name}(a):")
        self.indent += 1
        body.moved = lambda shape, depth: body.atom(shape)
        self.line(f"if tf.reduce_sum(a) > {self.random.choice(['0.0', '100.0', '-50.0'])}:")
        self.line(f"    b = {body.make((), 2)}")
        self.line("else:")
        self.line(f"    b = {body.make((), 1)}")
        inner["b"] = ()
        self.line(f"return {body.make((), 2)}")
        self.indent -= 1
        self.expressions.functions.append(name + "({a})")

    def model(self):
        name = self.name("m")
        activation = lambda: self.random.choice(["", "", ", activation='tanh'", ", activation='relu'", ", 'sigmoid'", ", activation=tf.nn.softplus", ", activation='softmax'", ", activation='swish'", ", activation='linear'"])
        pick = self.random.random()
        dense = lambda n: f"tf.keras.layers.Dense({n}{activation()}{self.random.choice(['', '', '', ', use_bias=False'])})"
        if pick < 0.45:
            layers = [dense(self.random.choice([2, 4]))]
            if self.chance(0.3):
                layers.append(self.random.choice(["tf.keras.layers.ReLU()", "tf.keras.layers.Activation('tanh')", "tf.keras.layers.Dropout(0.3)", "tf.keras.layers.Flatten()", "tf.keras.layers.LeakyReLU()",
                                                  "tf.keras.layers.Softmax()", "tf.keras.layers.Lambda(lambda v: v * 2.0)", "tf.keras.layers.LayerNormalization()", "tf.keras.layers.BatchNormalization()"]))
            layers.append(dense(3))
            self.line(f"{name} = tf.keras.Sequential([{', '.join(layers)}])")
        elif pick < 0.6:
            self.line(f"{name} = {dense(3)}")
        elif pick < 0.8:
            self.line(f"i{name} = tf.keras.Input(shape=(3,))")
            self.line(f"h{name} = {dense(4)}(i{name})")
            if self.chance(0.5):
                self.line(f"h{name} = {self.random.choice([f'tf.keras.layers.Concatenate()([h{name}, i{name}])', f'tf.keras.layers.Add()([h{name}, h{name}])', f'tf.tanh(h{name})', f'h{name} * 2.0'])}")
            self.line(f"{name} = tf.keras.Model(i{name}, {dense(3)}(h{name}))")
        else:
            self.line(f"class M{name}(tf.keras.{self.random.choice(['Model', 'layers.Layer'])}):")
            self.line("    def __init__(self):")
            self.line("        super().__init__()")
            self.line(f"        self.a = {dense(4)}")
            self.line(f"        self.b = {dense(3)}")
            if self.chance(0.3):
                self.line("        self.s = tf.Variable(0.7)")
                out = "self.b(self.a(x)) * self.s"
            else:
                out = self.random.choice(["self.b(self.a(x))", "self.b(tf.tanh(self.a(x)))", "self.b(self.a(x)) + x", "self.b(self.a(x) ** 2)"])
            self.line("    def call(self, x):")
            self.line(f"        return {out}")
            self.line(f"{name} = M{name}()")
        if self.chance(0.25):
            self.line(f"{name}(tf.ones([1, 3]))")
        if self.chance(0.1):
            self.line(f"{name} = tf.function({name})")
        elif self.chance(0.8):
            self.sources.append(f"{name}.trainable_variables")
            if self.chance(0.2):
                self.sources.append(f"{name}.trainable_weights")
        self.models.append(name)

    # ---------------------------------------------------------------- statements

    def define(self, shape=None):
        shape = self.random.choice(SHAPES) if shape is None else shape
        known = [n for n in self.scope if n.startswith("x") and self.chance(0.3)]
        if known and self.chance(0.06):
            name = self.random.choice(known)
            shape = self.scope[name]
        else:
            name = self.name("y")
        shapes = [s for s in self.scope.values()]
        if self.chance(0.7) and shapes:
            shape = self.random.choice(shapes) if name.startswith("y") else shape
        text = self.expressions.make(shape, self.random.randint(1, 3))
        if self.models and self.chance(0.35) and name.startswith("y"):
            inner = [n for n, s in self.scope.items() if s in ((2, 3), (3, 3))]
            argument = self.random.choice(inner) if inner else "tf.ones([2, 3])"
            shape = self.scope.get(argument, (2, 3))
            model = self.random.choice(self.models)
            text = f"{model}({argument}{self.random.choice(['', '', '', ', training=False']) if 'tf.keras.Sequential' in ''.join(l for l in self.lines if l.startswith(model + ' =')) else ''})"
            if self.chance(0.4):
                loss = self.random.choice(["tf.keras.losses.mse(tf.ones_like({v}), {v})", "tf.keras.losses.MeanSquaredError()(tf.zeros_like({v}), {v})", "tf.reduce_mean(tf.square({v} - 0.5))",
                                           "tf.keras.losses.binary_crossentropy(tf.ones_like({v}), tf.sigmoid({v}))", "tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(tf.ones_like({v})), {v})",
                                           "tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(tf.zeros([{n}], tf.int32), {v})", "tf.keras.losses.Huber()(tf.zeros_like({v}), {v})",
                                           "tf.keras.losses.mae(tf.zeros_like({v}), {v})"])
                text = loss.format(v=text, n=shape[0]) if loss.count("{v}") == 1 else None or self.double(loss, text, shape)
                shape = self.shape_of_loss(loss, shape)
        self.line(f"{name} = {text}")
        self.scope.pop(name, None)
        self.scope[name] = shape
        for tape in self.open:
            tape.targets.append(name)
        return name

    def double(self, loss, text, shape):
        value = self.name("v")
        self.line(f"{value} = {text}")
        self.scope[value] = shape
        return loss.format(v=value, n=shape[0])

    def shape_of_loss(self, loss, shape):
        return shape[:1] if any(part in loss for part in ("losses.mse", "losses.mae", "losses.binary", "tf.nn.softmax_cross")) else ()

    def watch(self):
        if not self.open or not self.sources:
            return
        tape = self.random.choice(self.open)
        names = [n for n in self.sources if "." not in n] + ([self.random.choice(list(self.scope))] if self.scope and self.chance(0.2) else [])
        if not names:
            return
        chosen = self.random.choice(names)
        other = self.random.choice(names)
        self.line(f"{tape.name}.watch({chosen})" if self.chance(0.8) else f"{tape.name}.watch([{chosen}, {other}])")

    def change(self):
        """assign, rebinding, in-place arithmetic."""
        if self.variables and self.chance(0.7):
            name = self.random.choice(self.variables)
            shape = self.scope[name]
            self.line(f"{name}.{self.random.choice(['assign', 'assign_add', 'assign_sub'])}({self.expressions.make(shape, 1)})")
        elif self.scope:
            name = self.random.choice(list(self.scope))
            self.line(f"{name} {self.random.choice(['+=', '*=', '-='])} {self.random.choice(['1.0', '0.7', self.expressions.atom(self.scope[name])])}")
            if name in self.variables:
                self.variables.remove(name)

    def branch(self):
        scalars = [n for n, s in self.scope.items() if s == ()]
        tests = ["tf.random.uniform([]) > 0.5", "True", "1 > 2", "tf.random.normal([]) > 50.0", "len('abc') == 3"] + [f"{n} > 0.3" for n in scalars[-3:]]
        shape = self.random.choice(SHAPES)
        name = self.name("y")
        self.line(f"if {self.random.choice(tests)}:")
        self.line(f"    {name} = {self.expressions.make(shape, 2)}")
        self.line("else:")
        self.line(f"    {name} = {self.expressions.make(shape, 2)}")
        self.scope[name] = shape
        for tape in self.open:
            tape.targets.append(name)

    def loop(self):
        shape = self.random.choice(list(self.scope.values()) or [()])
        name = self.define(shape)
        shape = self.scope[name]
        head = self.random.choice([f"for i in range({self.random.randint(0, 4)}):", "for i in [0.3, 0.7]:", "for i in tf.range(2):", f"for i, v in enumerate([{self.expressions.atom(())}, 2.0]):"])
        self.line(head)
        extra = self.random.choice(["", " * v", " + v"]) if "enumerate" in head else self.random.choice(["", " * i", " + i"]) if "0.3" in head else ""
        self.line(f"    {name} = ({self.expressions.make(shape, 1)}){extra}")

    def gather_structure(self):
        """Collects tensors in a list or a dict and takes them out again."""
        names = self.random.choices(list(self.scope), k=2)
        held = self.name("s")
        if self.chance(0.5):
            self.line(f"{held} = [{names[0]}, {names[1]}]")
            taken = f"{held}[{self.random.choice(['0', '1', '-1'])}]"
            chosen = names[0] if taken.endswith("[0]") else names[1]
        else:
            self.line(f"{held} = {{'p': {names[0]}, 'q': {names[1]}}}")
            taken, chosen = self.random.choice([(f"{held}['p']", names[0]), (f"{held}['q']", names[1])])
        self.structures.append(held)
        name = self.name("y")
        self.line(f"{name} = {taken}")
        self.scope[name] = self.scope[chosen]

    def statement(self, depth):
        pick = self.random.random()
        if pick < 0.60 or not self.scope:
            self.define()
        elif pick < 0.68:
            self.watch()
        elif pick < 0.74:
            self.change()
        elif pick < 0.79:
            self.branch()
        elif pick < 0.83:
            self.loop()
        elif pick < 0.86:
            self.gather_structure()
        elif pick < 0.90 and self.open:
            tape = self.random.choice(self.open)
            if self.chance(0.7):
                self.line(f"with {tape.name}.stop_recording():")
                self.indent += 1
                self.define()
                self.indent -= 1
            else:
                self.line(f"{tape.name}.reset()")
                tape.targets.clear()
                if self.chance(0.6):
                    self.watch()
        elif pick < 0.91 and depth < 3:
            self.accumulator(depth)
        elif pick < 0.93 and self.traced:
            self.graph_gradient()
        elif pick < 0.94 and self.following:
            self.product(self.random.choice(self.following))
        elif pick < 0.96 and depth < 3 and self.open:
            self.tape(depth + 1)
        elif self.tapes:
            self.gradient()

    def tape(self, depth):
        tape = Tape(self.name("t"), self.chance(0.45))
        arguments = (["persistent=True"] if tape.persistent else []) + (["watch_accessed_variables=False"] if self.chance(0.08) else [])
        self.line(f"with tf.GradientTape({', '.join(arguments)}) as {tape.name}:")
        self.indent += 1
        self.open.append(tape)
        if self.chance(0.75):
            for name in self.sources:
                if self.chance(0.8) and "." not in name:
                    self.line(f"{tape.name}.watch({name})" if name not in self.variables or self.chance(0.2) else "pass")
        if self.lines[-1].strip() == "pass":
            self.lines.pop()
        if depth < 3 and self.chance(0.55 if depth == 1 else 0.3):
            if self.chance(0.3):
                self.statement(depth)
            self.tape(depth + 1)
            if self.chance(0.6):
                self.gradient()
        else:
            for _ in range(self.random.randint(1, 4)):
                self.statement(depth)
        if self.lines[-1].strip().endswith(":"):
            self.define()
        self.open.pop()
        self.indent -= 1
        self.tapes.append(tape)
        if self.chance(0.75):
            self.gradient(tape)
        if tape.persistent and self.chance(0.6):
            self.gradient(tape)

    def gradient(self, tape=None):
        tapes = [t for t in self.tapes + self.open[:] if t.persistent or not t.used] or self.tapes
        if not tapes:
            return
        tape = tape or (self.random.choice(tapes[-2:]) if self.chance(0.96) else self.random.choice(self.tapes or tapes))
        targets = [t for t in tape.targets if t in self.scope]
        if not targets or self.chance(0.03):
            targets = list(self.scope)
        if not targets:
            return
        target = self.random.choice(targets[-3:])
        shape = self.scope[target]
        candidates = [s for s in self.sources if self.chance(0.9)] or self.sources
        source = self.random.choice(candidates) if candidates and self.chance(0.9) else self.random.choice(list(self.scope))
        pick = self.random.random()
        plain = "." not in source
        many = False
        if pick < 0.14 and len(candidates) > 1 and plain:
            others = [s for s in candidates if "." not in s] or [source]
            source, many = f"[{source}, {self.random.choice(others)}]", True
        elif pick < 0.18 and plain:
            source, many = f"{{'a': {source}, 'b': {self.random.choice([s for s in candidates if '.' not in s] or [source])}}}", True
        elif not plain:
            many = True
        if self.structures and self.chance(0.05):
            target = self.random.choice(self.structures)
        elif self.chance(0.06):
            target = f"[{target}, {self.random.choice(targets)}]"
        method = self.random.choice(["gradient"] * 8 + ["jacobian"] * 3 + ["batch_jacobian"])
        arguments = [target, source]
        if self.chance(0.06):
            arguments.append("unconnected_gradients=" + self.random.choice(["tf.UnconnectedGradients.ZERO", "'zero'", "tf.UnconnectedGradients.NONE"]))
        if method == "gradient" and self.chance(0.06) and target in self.scope:
            arguments.append(f"output_gradients={self.expressions.atom(self.scope[target])}")
        if method == "jacobian" and self.chance(0.08):
            arguments.append("experimental_use_pfor=False")
        if method == "gradient" and self.chance(0.1):
            inline = target
            for tape_ in [tape]:
                if target in self.scope:
                    inline = self.random.choice([f"{target} * 2.0", f"tf.reduce_sum({target})", f"{target}[0]" if self.scope[target] else f"{target} ** 2"])
            arguments[0] = inline
        result = self.name("g")
        call = f"{tape.name}.{method}({', '.join(arguments)})"
        guarded = self.chance(0.07)
        if guarded:
            self.line("try:")
            self.line(f"    {result} = {call}")
            self.line(f"except {self.random.choice(['Exception', '(TypeError, ValueError)', 'RuntimeError'])}:")
            self.line(f"    {result} = {self.random.choice(['None', target if target in self.scope else 'None'])}")
        else:
            self.line(f"{result} = {call}")
        tape.used = True
        if many or target not in self.scope or guarded:
            if many and self.chance(0.3) and source.startswith("["):
                taken = self.name("g")
                self.line(f"{taken} = {result}[0]")
                if self.chance(0.5):
                    self.line(f"if {taken} is None:")
                    self.line(f"    {taken} = tf.constant(0.4)")
            return
        known = self.scope.get(source)
        if known is None:
            return
        after = known if method == "gradient" else (shape + known)
        if method == "batch_jacobian":
            return
        if self.chance(0.35):
            self.line(f"if {result} is None:")
            self.line(f"    {result} = tf.zeros({list(after)})")
            if self.chance(0.5):
                self.lines[-1] = self.lines[-1].replace("zeros", "ones")
        if self.chance(0.75) and len(after) <= 2 and "+" not in "".join(map(str, after)):
            self.scope[result] = after
            for open_ in self.open:
                if open_ is not tape or tape.persistent:
                    open_.targets.append(result)

    # ---------------------------------------------------------------- whole

    def write(self):
        self.models = []
        for _ in range(self.random.randint(1, 3)):
            self.source()
        if self.chance(0.3):
            self.function()
        if self.chance(0.1):
            self.scalar_function()
        if self.chance(0.3):
            self.control_function()
        if self.chance(0.08):
            self.own_gradient()
        if self.chance(0.28):
            self.model()
        if self.chance(0.15):
            self.define()
        style = self.random.random()
        if style < 0.12:
            self.whole_function()
        else:
            for _ in range(self.random.choice([1, 1, 1, 2])):
                if self.chance(0.1):
                    self.accumulator(0)
                self.tape(1)
                if self.chance(0.2):
                    self.define()
                if self.chance(0.25):
                    self.gradient()
                if self.chance(0.1):
                    self.change()
        text = "\n".join(self.lines) + "\n"
        return text.replace("import tensorflow as tf\n", "import tensorflow as tf\n" + ("import numpy as np\n" if "np." in text else ""), 1)

    def whole_function(self):
        """Everything that takes gradients is inside one function, called once or in a loop."""
        name = self.name("f")
        self.line(self.random.choice(["@tf.function", "@tf.function", ""]))
        if not self.lines[-1].strip():
            self.lines.pop()
        arguments = [n for n in self.scope if n not in self.variables and n in self.sources][:2]
        saved = dict(self.scope)
        self.line(f"def {name}({', '.join(arguments)}):")
        self.indent += 1
        self.traced = "@tf.function" in self.lines[-2]
        self.tape(1)
        if self.traced and self.chance(0.3):
            self.graph_gradient()
        self.traced = False
        results = [n for n in self.scope if n not in saved][-1:]
        self.line(f"return {results[0] if results else 'None'}")
        self.indent -= 1
        for extra in [n for n in self.scope if n not in saved]:
            self.scope.pop(extra)
        self.tapes.clear()
        if self.chance(0.3):
            self.line("for step in range(2):")
            self.line(f"    r = {name}({', '.join(arguments)})")
        else:
            self.line(f"r = {name}({', '.join(arguments)})")


def main():
    seed, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    for at in range(count):
        text = Program(f"{seed}/{at}").write()
        compile(text, "snippet.py", "exec")
        place = os.path.join(folder, f"{seed}_{at:04d}")
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, "snippet.py"), "w") as file:
            file.write(text)


if __name__ == "__main__":
    main()
