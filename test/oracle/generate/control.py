"""Statements of generated programs that are not straight lines: functions with conditions and loops (Python's, AutoGraph's, TensorFlow's), forward
accumulators, gradients of graphs, functions with gradients of their own."""
from expressions import SHAPES, Expressions


class Control:
    # ---------------------------------------------------------------- functions of a tensor of any shape

    def control_function(self):
        """`f(a)` that keeps the shape of its argument, with a condition or a loop inside."""
        name = self.name("f")
        inner = {"a": ()}
        for captured in self.scope:
            if self.scope[captured] == () and self.chance(0.5):
                inner[captured] = ()
        body = Expressions(self.random, inner)
        body.sharp = self.expressions.sharp
        body.moved = lambda shape, depth: body.atom(shape)
        body.functions = [f for f in self.expressions.functions if self.chance(0.5)]
        decorator = self.random.choice(["@tf.function", "@tf.function", "@tf.function", "", "@tf.recompute_grad"])
        if decorator:
            self.line(decorator)
        self.line(f"def {name}(a):")
        self.indent += 1
        if self.chance(0.3):
            self.line(f"b = {body.make((), 1)}")
            inner["b"] = ()
        getattr(self, self.random.choice(["with_if", "with_early_return", "with_while", "with_range", "with_elements", "with_cond", "with_while_loop", "with_map", "with_scan",
                                          "with_switch", "with_array", "with_expression", "with_nested_if"]))(body, inner)
        self.indent -= 1
        self.expressions.functions.append(name + "({a})")

    def test(self):
        return self.random.choice(["tf.reduce_sum(a) > 0.0", "tf.reduce_mean(a) > 100.0", "tf.size(a) > 2", "tf.constant(True)", "tf.reduce_any(a > 0.5)", "True", "not tf.reduce_all(a < 0.0)", "tf.size(a) > 0 and tf.reduce_max(a) > 0.2"])

    def with_if(self, body, inner):
        self.line(f"c = {body.make((), 1)}")
        if self.chance(0.7):
            inner["c"] = ()
        self.line(f"if {self.test()}:")
        self.line(f"    c = {body.make((), 2)}")
        if self.chance(0.6):
            self.line("else:")
            self.line(f"    c = {body.make((), 2)}")
        elif self.chance(0.5):
            self.line(f"elif {self.test()}:")
            self.line(f"    c = {body.make((), 1)}")
        inner["c"] = ()
        self.line(f"return {self.random.choice(['c', body.make((), 1)])}")

    def with_nested_if(self, body, inner):
        self.line(f"c = {body.make((), 1)}")
        inner["c"] = ()
        self.line(f"if {self.test()}:")
        self.line(f"    if {self.test()}:")
        self.line(f"        c = {body.make((), 1)}")
        self.line("    else:")
        self.line(f"        d = {body.make((), 1)}")
        self.line("        c = c * d")
        self.line("return c")

    def with_early_return(self, body, inner):
        self.line(f"if {self.test()}:")
        self.line(f"    return {body.make((), 2)}")
        if self.chance(0.4):
            self.line(f"c = {body.make((), 1)}")
            inner["c"] = ()
        self.line(f"return {body.make((), 2)}")

    def with_expression(self, body, inner):
        self.line(f"c = {body.make((), 1)} if {self.test()} else {body.make((), 1)}")
        inner["c"] = ()
        self.line(f"return {body.make((), 1)}")

    def with_while(self, body, inner):
        start = self.random.choice(["0", "tf.constant(0)"])
        self.line(f"i = {start}")
        self.line(f"c = {self.random.choice(['a', 'tf.zeros_like(a)', body.make((), 1)])}")
        inner["c"] = ()
        self.line(f"while i < {self.random.choice(['2', 'tf.constant(3)', '3'])}:")
        self.line(f"    c = {body.make((), 1)}")
        if self.chance(0.2):
            self.line(f"    if {self.test()}:")
            self.line(f"        {self.random.choice(['break', 'c = c * 0.5'])}")
        self.line("    i += 1")
        self.line(f"return {self.random.choice(['c', body.make((), 1)])}")

    def with_range(self, body, inner):
        self.line(f"c = {self.random.choice(['a', '0.0 * a', body.make((), 1)])}")
        inner["c"] = ()
        self.line(f"for i in {self.random.choice(['tf.range(3)', 'range(2)', 'tf.range(tf.constant(2))'])}:")
        self.line(f"    c = {body.make((), 1)}")
        if self.chance(0.3):
            self.line(f"    d = {body.make((), 1)}")
            self.line("    c = c + d * 0.3")
        if self.chance(0.25):
            self.line(f"    if {self.test()}:")
            self.line(f"        c = {body.make((), 1)}")
        self.line(f"return {self.random.choice(['c', body.make((), 1)])}")

    def with_elements(self, body, inner):
        self.line("c = tf.zeros_like(a)")
        self.line(f"for v in tf.stack([{body.make((), 1)}, {body.make((), 1)}]):")
        inner["v"] = inner["c"] = ()
        self.line(f"    c = c + {self.random.choice(['v', 'v * v', 'tf.sin(v)', body.make((), 1)])}")
        del inner["v"]
        self.line("return c")

    def with_cond(self, body, inner):
        pair = f"lambda: {body.make((), 1)}, lambda: {body.make((), 1)}"
        self.line(f"c = tf.cond({self.random.choice(['tf.reduce_sum(a) > 0.0', 'tf.size(a) > 2', 'tf.constant(False)', 'tf.reduce_mean(a) > 50.0'])}, {pair})")
        inner["c"] = ()
        self.line(f"return {body.make((), 1)}")

    def with_switch(self, body, inner):
        branches = ", ".join(f"lambda: {body.make((), 1)}" for _ in range(self.random.randint(1, 3)))
        self.line(f"return tf.switch_case({self.random.choice(['tf.constant(1)', 'tf.size(a) - 1', 'tf.constant(0)'])}, [{branches}])")

    def with_while_loop(self, body, inner):
        inner["c"] = ()
        self.line(f"i, c = tf.while_loop(lambda i, c: i < {self.random.choice(['2', '3'])}, lambda i, c: (i + 1, {body.make((), 1)}), {self.random.choice(['[0, a]', '(tf.constant(0), a)', '(0, tf.ones_like(a))', '[0, tf.zeros_like(a)]'])})")
        self.line(f"return {self.random.choice(['c', body.make((), 1)])}")

    def with_map(self, body, inner):
        inner["v"] = ()
        call = self.random.choice(["tf.map_fn", "tf.map_fn", "tf.vectorized_map"])
        self.line(f"c = {call}(lambda v: {body.make((), 1)} + tf.zeros_like(v), tf.stack([a, {body.atom(()) if False else 'a * 0.5'}]))")
        del inner["v"]
        self.line(f"return {self.random.choice(['c[0]', 'tf.reduce_sum(c, 0)', 'c[1] * a'])}")

    def with_scan(self, body, inner):
        inner["v"] = inner["s"] = ()
        call = self.random.choice(["tf.scan", "tf.foldl", "tf.foldr", "tf.scan"])
        initial = self.random.choice(["", "", ", initializer=tf.zeros_like(a)", ", initializer=a"])
        self.line(f"c = {call}(lambda s, v: {self.random.choice(['s + v', 's * v', body.make((), 1) + ' + 0.0 * (s + v)'])}, tf.stack([a, a * 0.5, {self.random.choice(['a', 'tf.ones_like(a)'])}]){initial})")
        del inner["v"], inner["s"]
        self.line(f"return {'c[-1]' if call == 'tf.scan' else 'c'}")

    def with_array(self, body, inner):
        self.line("c = tf.TensorArray(tf.float32, size=2)")
        self.line(f"c = c.write(0, {body.make((), 1)} + tf.zeros_like(a))")
        if self.chance(0.5):
            self.line(f"c = c.write(1, {body.make((), 1)} + tf.zeros_like(a))")
            self.line(f"return {self.random.choice(['c.read(1)', 'tf.reduce_sum(c.stack(), 0)', 'c.read(0)'])}")
        else:
            self.line("for i in tf.range(1, 2):")
            self.line(f"    c = c.write(i, {body.make((), 1)} + tf.zeros_like(a))")
            self.line(f"return {self.random.choice(['tf.reduce_sum(c.stack(), 0)', 'c.read(0)', 'c.stack()[1]'])}")

    # ---------------------------------------------------------------- gradients of the program's own

    def own_gradient(self):
        """A function of two tensors with a gradient of its own, which may read a variable, or Python behind an op."""
        name = self.name("f")
        pick = self.random.random()
        scalars = [v for v in self.variables if self.scope.get(v) == ()]
        if pick < 0.25 and scalars:
            v = self.random.choice(scalars)
            self.line("@tf.custom_gradient")
            self.line(f"def {name}(a):")
            self.line("    def grad(dy, variables=None):")
            self.line(f"        return dy * {v}, [{self.random.choice(['tf.reduce_sum(dy * a)', 'tf.constant(1.0)', 'None'])}]")
            self.line(f"    return a * {v}, grad")
        elif pick < 0.5:
            self.line("@tf.custom_gradient")
            self.line(f"def {name}(a):")
            self.line("    @tf.custom_gradient")
            self.line("    def grad(dy):")
            self.line(f"        return dy * {self.random.choice(['2.0', '3.0 * tf.identity(dy)'])}, lambda ddy: ddy * 0.5")
            self.line("    return tf.sin(a), grad")
        elif pick < 0.75:
            body = Expressions(self.random, {"v": ()})
            body.sharp = 0.0
            body.moved = lambda shape, depth: body.atom(shape)
            self.line(f"{name} = tf.recompute_grad(lambda v: {body.make((), 2)} + tf.zeros_like(v))")
        else:
            self.line(f"{name} = lambda v: tf.{self.random.choice(['py_function(lambda w: w * tf.sin(w), [v], tf.float32)', 'py_function(lambda w: w * 3.0, [v], tf.float32)', 'numpy_function(lambda w: w, [v], tf.float32)', 'grad_pass_through(tf.round)(v)'])}")
        self.expressions.functions.append(name + "({a})")

    # ---------------------------------------------------------------- forward accumulators

    def accumulator(self, depth):
        primals = [n for n in self.sources if n in self.scope and self.scope[n] is not None]
        if not primals:
            return self.define()
        primal = self.random.choice(primals)
        name = self.name("a")
        tangent = self.random.choice([f"tf.ones_like({primal})", f"tf.ones({list(self.scope[primal])})", f"{primal} * 0.5"])
        self.line(f"with tf.autodiff.ForwardAccumulator({primal}, {tangent}) as {name}:")
        self.indent += 1
        self.following.append(name)
        made = []
        for _ in range(self.random.randint(1, 3)):
            made.append(self.define())
        if depth < 2 and self.chance(0.4):
            self.tape(depth + 2)
        if self.chance(0.2):
            self.product(name, made)
        self.following.remove(name)
        self.indent -= 1
        for _ in range(self.random.randint(1, 2)):
            self.product(name, made)

    def product(self, accumulator, made=()):
        """What an accumulator has for something that was made lately."""
        known = [n for n in self.scope if n[0] in "gy"][-4:] + list(made)
        if not known:
            return
        target = self.random.choice(known)
        shape = self.scope.get(target)
        result = self.name("g")
        self.line(f"{result} = {accumulator}.jvp({target}{self.random.choice(['', '', '', ', unconnected_gradients=tf.UnconnectedGradients.ZERO'])})")
        if shape is not None:
            self.line(f"if {result} is None:")
            self.line(f"    {result} = tf.zeros({list(shape)})")
            self.scope[result] = shape
            for tape in self.open:
                tape.targets.append(result)

    # ---------------------------------------------------------------- gradients of a graph

    def graph_gradient(self):
        """`tf.gradients` and `tf.hessians`: only a traced program has them."""
        names = list(self.scope)
        target = self.random.choice(names[-3:])
        source = self.random.choice([s for s in self.sources if s in self.scope] or names)
        result = self.name("g")
        if self.chance(0.15):
            self.line(f"{result} = tf.hessians({target}, {source})")
            return
        more = self.random.choice(["", "", "", ", unconnected_gradients='zero'", f", stop_gradients={self.random.choice(names)}"])
        self.line(f"{result} = tf.gradients({target}, {source}{more})[0]")
        shape = self.scope[source]
        self.line(f"if {result} is None:")
        self.line(f"    {result} = tf.ones({list(shape)})")
        self.scope[result] = shape
