// Keras' regularizers and constraints. Source: Keras 2.15, regularizers.py and constraints.py.
import type { Arguments } from '../api/function.ts';
import { toTensor, UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { functionObject } from './objects.ts';

const EPSILON = 1e-7;
const all = { axes: null, keepDims: false };

// ------------------------------------------------------------------------------------------------ regularizers

const absolute = (x: Tensor, by: number, o: Operations): Tensor => o.mul(by, o.apply('Sum', [o.abs(x)], all));
const squares = (x: Tensor, by: number, o: Operations): Tensor => o.mul(2 * by, o.unary('L2Loss', x));

functionObject('regularizers', ['L1', 'l1'], { signature: 'l1=0.01', call: (x, config, o) => absolute(x, config.number('l1'), o) });
functionObject('regularizers', ['L2', 'l2'], { signature: 'l2=0.01', call: (x, config, o) => squares(x, config.number('l2'), o) });
const both = (x: Tensor, config: Arguments, o: Operations): Tensor => {
  const [l1, l2] = [config.number('l1'), config.number('l2')];
  const zero = o.scalar(0, x.dtype);
  const first = l1 ? o.add(zero, absolute(x, l1, o)) : zero;
  return l2 ? o.add(first, squares(x, l2, o)) : first;
};
functionObject('regularizers', ['L1L2'], { signature: 'l1=0.0, l2=0.0', call: both });
functionObject('regularizers', ['l1_l2'], { signature: 'l1=0.01, l2=0.01', call: both });

/** How far from orthogonal the rows (or the columns) of a matrix are. */
functionObject('regularizers', ['OrthogonalRegularizer', 'orthogonal_regularizer'], {
  signature: 'factor=0.01, mode="rows"',
  call: (x, config, o) => {
    const rows = config.text('mode') === 'rows';
    const unit = normalized(x, [rows ? 1 : 0], o);
    const product = rows ? o.matmul(unit, unit, false, true) : o.matmul(unit, unit, true, false);
    const size = x.shape?.[rows ? 0 : 1] ?? null;
    if (size === null) throw new UnknownArgument();
    const others = Array.from({ length: size * size }, (_, i) => (i % size === Math.floor(i / size) ? 0 : 1));
    const beside = o.mul(product, o.eager.backend.constant(others, [size, size], x.dtype ?? 'float32'));
    const pairs = Math.max((size * (size - 1)) / 2, 1);
    return o.div(o.mul(config.number('factor') * 0.5, o.apply('Sum', [o.abs(beside)], all)), pairs);
  },
});
const normalized = (x: Tensor, axes: readonly number[], o: Operations): Tensor =>
  o.mul(x, o.apply('Rsqrt', [o.maximum(o.apply('Sum', [o.square(x)], { axes, keepDims: true }), 1e-12)]));

// ------------------------------------------------------------------------------------------------ constraints

const norms = (x: Tensor, config: Arguments, o: Operations): Tensor =>
  o.sqrt(o.apply('Sum', [o.square(x)], { axes: config.axes('axis', x), keepDims: true }));
const clip = (x: Tensor, low: number, high: number, o: Operations): Tensor => o.maximum(o.minimum(x, high), low);

functionObject('constraints', ['MaxNorm', 'max_norm'], {
  signature: 'max_value=2, axis=0',
  call: (x, config, o) => {
    const own = norms(x, config, o);
    const wanted = clip(own, 0, config.number('max_value'), o);
    return o.mul(x, o.div(wanted, o.add(EPSILON, own)));
  },
});
functionObject('constraints', ['NonNeg', 'non_neg'], {
  signature: '',
  call: (x, _, o) => o.mul(x, o.cast(o.greaterEqual(x, toTensor(o, 0, null, x.dtype)), x.dtype)),
});
functionObject('constraints', ['UnitNorm', 'unit_norm'], {
  signature: 'axis=0',
  call: (x, config, o) => o.div(x, o.add(EPSILON, norms(x, config, o))),
});
functionObject('constraints', ['MinMaxNorm', 'min_max_norm'], {
  signature: 'min_value=0.0, max_value=1.0, rate=1.0, axis=0',
  call: (x, config, o) => {
    const own = norms(x, config, o);
    const rate = config.number('rate');
    const wanted = o.add(o.mul(rate, clip(own, config.number('min_value'), config.number('max_value'), o)), o.mul(1 - rate, own));
    return o.mul(x, o.div(wanted, o.add(EPSILON, own)));
  },
});
