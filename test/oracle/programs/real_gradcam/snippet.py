import numpy as np
import tensorflow as tf
inputs = tf.keras.Input(shape=(16, 16, 3))
x = tf.keras.layers.Conv2D(8, 3, activation='relu', name='conv1')(inputs)
x = tf.keras.layers.MaxPooling2D(2)(x)
x = tf.keras.layers.Conv2D(8, 3, activation='relu', name='last_conv')(x)
x = tf.keras.layers.GlobalAveragePooling2D()(x)
outputs = tf.keras.layers.Dense(5, activation='softmax')(x)
model = tf.keras.Model(inputs, outputs)
def make_gradcam_heatmap(img_array, model, last_conv_layer_name, pred_index=None):
    grad_model = tf.keras.models.Model([model.inputs], [model.get_layer(last_conv_layer_name).output, model.output])
    with tf.GradientTape() as tape:
        last_conv_layer_output, preds = grad_model(img_array)
        if pred_index is None:
            pred_index = tf.argmax(preds[0])
        class_channel = preds[:, pred_index]
    grads = tape.gradient(class_channel, last_conv_layer_output)
    pooled_grads = tf.reduce_mean(grads, axis=(0, 1, 2))
    last_conv_layer_output = last_conv_layer_output[0]
    heatmap = last_conv_layer_output @ pooled_grads[..., tf.newaxis]
    heatmap = tf.squeeze(heatmap)
    heatmap = tf.maximum(heatmap, 0) / tf.math.reduce_max(heatmap)
    return heatmap.numpy()
img = np.random.rand(1, 16, 16, 3).astype('float32')
heatmap = make_gradcam_heatmap(img, model, 'last_conv')
img_t = tf.convert_to_tensor(img)
with tf.GradientTape() as tape:
    tape.watch(img_t)
    p = model(img_t)
    top = p[:, tf.argmax(p[0])]
sal = tape.gradient(top, img_t)
with tf.GradientTape() as tape:
    p = model.predict(img, verbose=0)
    tape.watch(img_t)
    loss = tf.reduce_sum(p)
print(tape.gradient(loss, img_t))
with tf.GradientTape() as tape:
    p = model(img)
print(tape.gradient(p, model.get_layer('conv1').output) if False else tape.gradient(p, model.get_layer('conv1').kernel).shape)
