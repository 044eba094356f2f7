import tensorflow as tf
vocab_size, embed, units = 20, 8, 12
class MyModel(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, rnn_units):
        super().__init__(self)
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(rnn_units, return_sequences=True, return_state=True)
        self.dense = tf.keras.layers.Dense(vocab_size)
    def call(self, inputs, states=None, return_state=False, training=False):
        x = self.embedding(inputs, training=training)
        if states is None:
            states = self.gru.get_initial_state(x)
        x, states = self.gru(x, initial_state=states, training=training)
        x = self.dense(x, training=training)
        if return_state:
            return x, states
        return x
model = MyModel(vocab_size, embed, units)
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='none')
def loss_function(real, pred):
    mask = tf.math.logical_not(tf.math.equal(real, 0))
    loss_ = loss_object(real, pred)
    mask = tf.cast(mask, dtype=loss_.dtype)
    loss_ *= mask
    return tf.reduce_mean(loss_)
ids = tf.random.uniform([4, 7], 0, vocab_size, dtype=tf.int32)
ds = tf.data.Dataset.from_tensor_slices(ids).map(lambda s: (s[:-1], s[1:])).batch(2)
opt = tf.keras.optimizers.Adam()
for (batch, (inp, tar)) in enumerate(ds):
    with tf.GradientTape() as tape:
        predictions = model(inp, training=True)
        loss = loss_function(tar, predictions)
    grads = tape.gradient(loss, model.trainable_variables)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    opt.apply_gradients(zip(grads, model.trainable_variables))
with tf.GradientTape() as tape:
    emb = model.embedding(ids)
    tape.watch(emb)
    y, s = model.gru(emb)
    out = tf.reduce_sum(model.dense(y))
print(tape.gradient(out, [emb, model.embedding.embeddings]))
