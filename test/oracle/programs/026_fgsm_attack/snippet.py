import tensorflow as tf

net = tf.keras.Sequential([
    tf.keras.layers.Dense(3, use_bias=False, kernel_initializer=tf.constant_initializer([[0.5, -0.5, 0.1], [0.2, 0.3, -0.4]])),
])
loss_object = tf.keras.losses.CategoricalCrossentropy(from_logits=True)


def create_adversarial_pattern(input_image, input_label):
    with tf.GradientTape() as tape:
        tape.watch(input_image)
        prediction = net(input_image)
        loss = loss_object(input_label, prediction)

    gradient = tape.gradient(loss, input_image)
    signed_grad = tf.sign(gradient)
    return signed_grad


perturbations = create_adversarial_pattern(tf.constant([[1.0, -2.0]]), tf.constant([[0.0, 1.0, 0.0]]))
print(perturbations.numpy())
