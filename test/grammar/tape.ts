// SYNTAX TEST "source.ts" "gradient functions of TensorFlow.js in TypeScript"
const f = (x: tf.Tensor): tf.Tensor => x.mul(x);
//                                       ^^^ - keyword.other.derivative.tape.script
const first = tf.grad(f);
//               ^^^^ entity.name.function.script keyword.other.derivative.tape.script
//                   ^ meta.brace.round.ts
const second = tf.grad(tf.grad(f));
//                ^^^^ keyword.other.derivative.tape.script
//                        ^^^^ keyword.other.derivative.tape.script
const { value, grads } = tf.variableGrads(() => f(w));
//             ^^^^^ - keyword.other.derivative.tape.script
//                          ^^^^^^^^^^^^^ keyword.other.derivative.tape.script
const both = tf.valueAndGrads(f)([a, b]);
//              ^^^^^^^^^^^^^ keyword.other.derivative.tape.script
optimizer.minimize(() => loss(w));
//        ^^^^^^^^ keyword.other.derivative.tape.script
game.minimize();
//   ^^^^^^^^ - keyword.other.derivative.tape.script
const y = tf.tidy(() => tf.customGrad(f)(x));
//           ^^^^ support.function.tape.script
//                         ^^^^^^^^^^ support.function.tape.script
const text = 'tf.grad(f)';
//               ^^^^ - keyword.other.derivative.tape.script
