// Colours: between RGB and HSV, and what adjusts images by them. TensorFlow: python/ops/image_grad.py, _RGBToHSVGrad; the others have no gradient there.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import type { Tensor } from '../tensor.ts';
import { composedTangent, exactGradient } from './composition.ts';

type Three = readonly [Tensor, Tensor, Tensor];
const channels = (x: Tensor, o: Operations): Three => o.unstack(x, -1, 3) as unknown as Three;
const pixel = { dtype: 'same', dependence: 'last axis' } as const;

/** Derivatives of hue, saturation and value in red, green and blue, as _RGBToHSVGrad composes them: [of][in]. */
function slopes(x: Tensor, y: Tensor, o: Operations): readonly [Three, Three, Three] {
  const colours = channels(x, o);
  const [red, green, blue] = colours;
  const [, saturation, value] = channels(y, o);
  const truth = (t: Tensor): Tensor => o.cast(t, x.dtype);
  const both = (a: Tensor, b: Tensor): Tensor => truth(o.logicalAnd(a, b));
  // Ties are decided in an order of the colours.
  const largest: Three = [
    both(o.greaterEqual(red, blue), o.greaterEqual(red, green)),
    both(o.greater(green, red), o.greaterEqual(green, blue)),
    both(o.greater(blue, red), o.greater(blue, green)),
  ];
  const smallest: Three = [
    both(o.less(red, blue), o.less(red, green)),
    both(o.lessEqual(green, red), o.less(green, blue)),
    both(o.lessEqual(blue, red), o.lessEqual(blue, green)),
  ];
  const positive = colours.map((c) => truth(o.greater(c, 0)));
  const inverse = (t: Tensor): Tensor => o.divNoNan(o.scalar(1, x.dtype), t);
  const product = (...list: readonly Tensor[]): Tensor => list.reduce((a, b) => o.mul(a, b));
  const each = (of: (k: 0 | 1 | 2, next: 0 | 1 | 2, previous: 0 | 1 | 2) => Tensor): Three => [of(0, 1, 2), of(1, 2, 0), of(2, 0, 1)];

  const bySaturation = each((k, next, previous) => {
    const least = o.add(o.mul(smallest[next], colours[next]), o.mul(smallest[previous], colours[previous]));
    const most = o.add(o.mul(largest[next], colours[next]), o.mul(largest[previous], colours[previous]));
    return o.mul(
      positive[k] as Tensor,
      o.sub(product(largest[k], least, inverse(o.square(colours[k]))), o.mul(smallest[k], inverse(most))),
    );
  });
  const byHue = each((k, next, previous) => {
    const [own, after, before] = [colours[k], colours[next], colours[previous]];
    const forward = o.mul(positive[next] as Tensor, largest[next]);
    const backward = o.mul(positive[previous] as Tensor, largest[previous]);
    const parts = [
      o.neg(product(positive[k] as Tensor, largest[k], o.sub(after, before), inverse(o.square(saturation)), inverse(o.square(value)))),
      product(forward, smallest[k], o.sub(before, after), inverse(o.square(o.sub(own, after)))),
      o.neg(product(forward, smallest[previous], inverse(o.sub(after, before)))),
      product(backward, smallest[k], o.sub(before, after), inverse(o.square(o.sub(before, own)))),
      product(backward, smallest[next], inverse(o.sub(before, after))),
    ];
    return o.div(
      parts.reduce((a, b) => o.add(a, b)),
      6,
    );
  });
  return [byHue, bySaturation, largest];
}
const total = (a: Three, b: Three, o: Operations): Tensor => o.add(o.add(o.mul(a[0], b[0]), o.mul(a[1], b[1])), o.mul(a[2], b[2]));

op('RGBToHSV', {
  args: ['x'],
  ...pixel,
  zeroWhen: 'any',
  shape: ([x = null]) => x,
  gradient: ({ x, y, dy }, o) => {
    const [hue, saturation, value] = slopes(x, y, o);
    const given = channels(dy, o);
    const into = (k: 0 | 1 | 2): Tensor => total(given, [hue[k], saturation[k], value[k]], o);
    return [o.stack([into(0), into(1), into(2)], -1)];
  },
  tangent: ({ x, y, tangents: [dx] }, o) => {
    if (!dx) return [null];
    const moved = channels(dx, o);
    return [
      o.stack(
        slopes(x, y, o).map((slope) => total(moved, slope, o)),
        -1,
      ),
    ];
  },
});

/** ((clip(colour of the hue) − 1)·s + 1)·v, as TensorFlow's kernel has it (core/kernels/image/colorspace_op.h). */
function toRgb(x: Tensor, o: Operations): Tensor {
  const [hue, saturation, value] = channels(x, o);
  const turn = o.mul(hue, 6);
  const clipped = (t: Tensor): Tensor => o.minimum(o.maximum(t, 0), 1);
  const full = [o.sub(o.abs(o.sub(turn, 3)), 1), o.sub(2, o.abs(o.sub(turn, 2))), o.sub(2, o.abs(o.sub(turn, 4)))].map(clipped);
  return o.stack(
    full.map((colour) => o.mul(o.add(o.sub(1, saturation), o.mul(saturation, colour)), value)),
    -1,
  );
}
op('HSVToRGB', {
  args: ['x'],
  ...pixel,
  zeroWhen: 'any',
  shape: ([x = null]) => x,
  gradient: 'none',
  exact: ({ inputs, dy }, o) => exactGradient(inputs, [dy], o, ([x]) => [toRgb(x as Tensor, o)]),
  tangent: ({ inputs, tangents, directions }, o) => composedTangent(inputs, tangents, directions, o, ([x]) => [toRgb(x as Tensor, o)]),
});

// ------------------------------------------------------------------------------------------------ adjustments

/** An image and one number. */
function adjustment(name: string, dependence: 'last axis' | 'all', composed: (x: Tensor, by: Tensor, o: Operations) => Tensor): void {
  const body =
    (o: Operations) =>
    ([x, by]: readonly Tensor[]): Tensor[] =>
      x && by ? [composed(x, by, o)] : [];
  op<'x' | 'by'>(name, {
    args: ['x', 'by'],
    dtype: 'same',
    dependence:
      dependence === 'all'
        ? 'all'
        : ([x = [], by = []]) => [x.map((_, axis) => (axis === x.length - 1 ? 'all' : { along: axis })), by.map(() => 'all')],
    zeroWhen: [0],
    shape: ([x = null]) => x,
    gradient: 'missing',
    exact: ({ inputs, dy }, o) => exactGradient(inputs, [dy], o, body(o)),
    tangent: ({ inputs, tangents, directions }, o) => composedTangent(inputs, tangents, directions, o, body(o)),
  });
}
adjustment('AdjustContrastv2', 'all', (x, by, o) => {
  const mean = o.mean(x, [-3, -2], true);
  return o.add(o.mul(o.sub(x, mean), o.cast(by, x.dtype)), mean);
});
adjustment('AdjustSaturation', 'last axis', (x, by, o) => {
  const [hue, saturation, value] = channels(o.unary('RGBToHSV', x), o);
  const scaled = o.minimum(o.maximum(o.mul(saturation, o.cast(by, x.dtype)), 0), 1);
  return o.unary('HSVToRGB', o.stack([hue, scaled, value], -1));
});
adjustment('AdjustHue', 'last axis', (x, by, o) => {
  const [hue, saturation, value] = channels(o.unary('RGBToHSV', x), o);
  const turned = o.add(hue, o.cast(by, x.dtype));
  return o.unary('HSVToRGB', o.stack([o.sub(turned, o.floor(turned)), saturation, value], -1));
});
