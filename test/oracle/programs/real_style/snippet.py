import tensorflow as tf
base = tf.keras.Sequential([
    tf.keras.layers.Conv2D(4, 3, padding='same', activation='relu', name='block1'),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(8, 3, padding='same', activation='relu', name='block2'),
])
base.build((None, 16, 16, 3))
def vgg_layers(layer_names):
    base.trainable = False
    outputs = [base.get_layer(name).output for name in layer_names]
    return tf.keras.Model([base.input], outputs)
extractor = vgg_layers(['block1', 'block2'])
def gram_matrix(t):
    result = tf.linalg.einsum('bijc,bijd->bcd', t, t)
    shape = tf.shape(t)
    return result / tf.cast(shape[1] * shape[2], tf.float32)
content = tf.random.uniform([1, 16, 16, 3])
style = tf.random.uniform([1, 16, 16, 3])
content_t = extractor(content)[1]
style_t = [gram_matrix(o) for o in extractor(style)]
image = tf.Variable(content)
def clip_0_1(image):
    return tf.clip_by_value(image, clip_value_min=0.0, clip_value_max=1.0)
opt = tf.keras.optimizers.Adam(learning_rate=0.02, beta_1=0.99, epsilon=1e-1)
@tf.function()
def train_step(image):
    with tf.GradientTape() as tape:
        outputs = extractor(image)
        loss = tf.add_n([tf.reduce_mean((gram_matrix(o) - s) ** 2) for o, s in zip(outputs, style_t)])
        loss += 1e-2 * tf.reduce_mean((outputs[1] - content_t) ** 2)
        loss += 30.0 * tf.image.total_variation(image)
    grad = tape.gradient(loss, image)
    opt.apply_gradients([(grad, image)])
    image.assign(clip_0_1(image))
train_step(image)
train_step(image)
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(extractor(image)[0])
print(tape.gradient(loss, extractor.trainable_variables))
print(tape.gradient(loss, [image, base.layers[0].kernel]))
