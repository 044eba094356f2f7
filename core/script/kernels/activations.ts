// Activations and softmax. Gradients: tfjs-core/src/gradients/*_grad.ts.
import type { Tensor } from '../../tensor.ts';
import { kernel } from '../kernel.ts';
import { summedTo } from './pairs.ts';

kernel('Relu', ['x'], {
  forward: 'Relu',
  gradient: ({ dy, x }, o, k) => [() => o.mul(dy, k.kernel('Step', [x], { alpha: 0 }))],
});
kernel('Relu6', ['x'], {
  forward: 'Relu6',
  gradient: ({ dy, x }, o, k) => [() => o.mul(dy, o.mul(o.cast(o.lessEqual(x, 6), 'float32'), k.kernel('Step', [x], { alpha: 0 })))],
});
kernel('LeakyRelu', ['x'], {
  forward: 'LeakyRelu',
  gradient: ({ dy, x, attributes: { alpha } }, o) => [() => o.select(o.greater(x, 0), dy, o.mul(dy, Number(alpha)))],
});
kernel('Prelu', ['x', 'alpha'], {
  forward: ([x, alpha], _, o) => [o.select(o.greater(x as Tensor, 0), x as Tensor, o.mul(x as Tensor, alpha as Tensor))],
  gradient: ({ dy, x, alpha }, o) => [
    () => o.select(o.greater(x, 0), dy, o.mul(dy, alpha)),
    () => summedTo(o.select(o.greater(x, 0), o.zerosLike(dy), o.mul(dy, x)), alpha.shape, o),
  ],
});
/** Its gradient is a kernel that has none of its own. */
kernel('Elu', ['x'], {
  forward: 'Elu',
  savesOutput: true,
  gradient: ({ dy, y }, _, k) => [() => k.kernel('EluGrad', [dy, y])],
});
kernel('EluGrad', ['dy', 'y'], { forward: 'EluGrad', gradient: null });

const SELU_SCALE_ALPHA = 1.7580993408473768;
const SELU_SCALE = 1.0507009873554805;
kernel('Selu', ['x'], {
  forward: 'Selu',
  gradient: ({ dy, x }, o) => [
    () => o.select(o.greater(x, 0), o.mul(dy, SELU_SCALE), o.mul(o.mul(dy, SELU_SCALE_ALPHA), o.exp(o.cast(x, 'float32')))),
  ],
});

kernel('Softmax', ['logits'], {
  forward: 'Softmax',
  savesOutput: true,
  gradient: ({ dy, y }, o) => {
    const weighted = o.mul(dy, y);
    return [() => o.sub(weighted, o.mul(o.sum(weighted, [-1], true), y))];
  },
});
