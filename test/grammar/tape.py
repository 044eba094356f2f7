# SYNTAX TEST "source.python" "tape code in Python"
import tensorflow as tf

with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
#       ^^^^^^^^^^^^ support.class.tape.python
#                    ^^^^^^^^^^ variable.parameter.function-call.python support.variable.tape.python
#                              ^ keyword.operator.assignment.python
#                               ^^^^ constant.language.python
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^ support.variable.tape.python
# <---- keyword.control.flow.python
    tape.watch(x)
#   ^^^^ - support.function.tape.python
#        ^^^^^ support.function.tape.python
#             ^ punctuation.definition.arguments.begin.python
    y = tf.stop_gradient(x)
#          ^^^^^^^^^^^^^ support.function.tape.python
    with tape.stop_recording():
#             ^^^^^^^^^^^^^^ support.function.tape.python
dy = tape.gradient(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)
#         ^^^^^^^^ keyword.other.derivative.tape.python
#                        ^^^^^^^^^^^^^^^^^^^^^ support.variable.tape.python
h = tape.jacobian(dy, x, experimental_use_pfor=False)
#        ^^^^^^^^ keyword.other.derivative.tape.python
j = tape.batch_jacobian(dy, x)
#        ^^^^^^^^^^^^^^ keyword.other.derivative.tape.python
hs = tf.hessians(y, [x])
#       ^^^^^^^^ keyword.other.derivative.tape.python
tape.reset()
#    ^^^^^ support.function.tape.python
game.reset()
#    ^^^^^ - support.function.tape.python
persistent = True
# <---------- - support.variable.tape.python
slope.gradient
#     ^^^^^^^^ - keyword.other.derivative.tape.python
print('tape.gradient(y, x)')
#           ^^^^^^^^ - keyword.other.derivative.tape.python
print("tf.GradientTape(persistent=True)")
#         ^^^^^^^^^^^^ - support.class.tape.python
