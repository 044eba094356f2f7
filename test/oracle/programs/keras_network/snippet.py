import tensorflow as tf
a = tf.keras.Input(shape=(3,), name='left')
b = tf.keras.Input(shape=(3,))
h = tf.keras.layers.Dense(4)(a)
g = tf.keras.layers.Dense(5)(b)
g = tf.keras.layers.Dense(4)(g)
c = tf.nn.relu(tf.keras.layers.Add()([h, g])) + 1.0
k = tf.keras.Model([a, b], tf.keras.layers.Dense(2, name='q')(c))
x = tf.ones([2, 3])
with tf.GradientTape(persistent=True) as t:
    y = k([x, x])
t.gradient(y, k.trainable_variables)
t.gradient(y, k.layers[2].kernel)
t.gradient(y, k.layers[3].kernel)
t.gradient(y, k.get_layer('dense_2').trainable_variables)
t.gradient(y, k.get_layer('q').kernel)
inner = tf.keras.Model(k.inputs, k.get_layer('add').output)
with tf.GradientTape(persistent=True) as t:
    z = inner([x, x * 2.0])
t.gradient(z, k.trainable_variables)
t.gradient(z, inner.trainable_variables)
class T(tf.keras.Model):
    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.tracker = tf.keras.metrics.Mean(name='loss')
        self.sided = []
    def call(self, x):
        return self.inner([x, x])
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            tape.watch(x)
            p = self(x, training=True)
            loss = self.compute_loss(x, y, p)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {'loss': self.tracker.result()}
    def test_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            p = self(x, training=False)
            loss = self.compiled_loss(y, p)
        g = tape.gradient(loss, x)
        return {'loss': loss}
n = T(k)
n.compile(optimizer='adam', loss='mse')
n.fit(tf.ones([8, 3]), tf.ones([8, 2]), epochs=1, batch_size=4, verbose=0)
n.evaluate(tf.ones([8, 3]), tf.ones([8, 2]), verbose=0)
with tf.GradientTape(persistent=True) as t:
    y = n(x)
t.gradient(y, n.trainable_variables)
@tf.autograph.experimental.do_not_convert
def plain(v):
    if tf.reduce_sum(v) > 0:
        return v * 2.0
    return v
@tf.function
def calls(v):
    return plain(v)
@tf.function(autograph=False)
def off(v):
    if tf.reduce_sum(v) > 0:
        return v * 2.0
    return v
w = tf.constant([1.0, 2.0])
with tf.GradientTape(persistent=True) as t:
    t.watch(w)
    y = plain(w)
    try:
        z = calls(w)
    except Exception as e:
        z = None
        print(type(e).__name__)
    try:
        z2 = off(w)
    except TypeError as e:
        z2 = w * 3.0
        print(type(e).__name__)
t.gradient(y, w)
t.gradient(z2, w)
if z is None:
    t.gradient(w * 1.0, w)
