import tensorflow as tf

class Critic(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(3, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return self.out(self.hidden(x))

critic = Critic()

@tf.function
def step(state: tf.Tensor, rounds: int):
    with tf.GradientTape() as tape:
        total = tf.constant(0.0)
        for _ in tf.range(rounds):
            for _ in tf.range(2):
                total += tf.reduce_sum(critic(state))
    return tape.gradient(total, critic.trainable_variables)

for gradient in step(tf.ones((2, 4)), tf.constant(3)):
    print(gradient.shape)
