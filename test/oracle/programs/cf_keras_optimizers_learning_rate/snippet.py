# Numbers repeat: a learning rate is a variable.
import tensorflow as tf
v = tf.Variable([1.0, 2.0])
opt = tf.keras.optimizers.SGD(1.0)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(v**2)
    opt.apply_gradients([(tape.gradient(loss, v), v)])
step()
opt.learning_rate.assign(0.1)
step()
opt.learning_rate = 0.2
step()
opt.lr.assign(opt.lr * 0.5)
step()
opt.lr = 0.3
opt.apply_gradients([(v * 2.0, v)])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(v**2) * opt.learning_rate
g = tape.gradient(y, v)
class Plain(tf.keras.optimizers.Optimizer):
    def __init__(self, rate=0.1, name="Plain", **kwargs):
        super().__init__(name=name, **kwargs)
        self._learning_rate = self._build_learning_rate(rate)
    def build(self, var_list):
        super().build(var_list)
        if hasattr(self, "_built") and self._built:
            return
        self._built = True
        self.sums = [self.add_variable_from_reference(model_variable=v, variable_name="m") for v in var_list]
    def update_step(self, gradient, variable):
        lr = tf.cast(self.learning_rate, variable.dtype)
        m = self.sums[self._index_dict[self._var_key(variable)]]
        m.assign_add(gradient)
        variable.assign_sub(lr * m)
own = Plain()
for _ in range(2):
    own.apply_gradients([(v * 2.0, v)])
with tf.GradientTape() as tape:
    y = tf.reduce_sum(v**3)
g = tape.gradient(y, v)
