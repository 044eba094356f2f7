// Pooling over 2 and 3 spatial axes, and the ops that are its gradients. TensorFlow: python/ops/nn_grad.py, _MaxPoolGrad and its neighbours.
import type { Operations } from '../operations.ts';
import { type AxisReads, samePlaceBut } from '../reads.ts';
import { type Gradient, op } from '../row.ts';
import { isKnown, OpError, sizeOf } from '../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../tensor.ts';
import { spatial, windowCounts, type Padding, type Windows } from '../windows.ts';
import { intoBatch, outOfBatch, repeatedBatch } from './directions.ts';

/** One entry per spatial axis. */
export interface Pooling {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}
interface Backprop extends Pooling {
  /** Of the image. */
  readonly shape: Shape;
}

export const windowsOf = ({ window, strides, padding }: Pooling): Windows => ({ strides, padding, dilations: window.map(() => 1) });

/** An image [n, …, c] at the output's own image and channel. */
const plane = (shape: readonly number[]): readonly AxisReads[] => samePlaceBut(shape, shape.map((_, axis) => axis).slice(1, -1));
const planes = (inputs: readonly (readonly number[])[]): readonly (readonly AxisReads[])[] => inputs.map(plane);
/** Where places count over rows, columns and channels together. */
const images = (inputs: readonly (readonly number[])[]): readonly (readonly AxisReads[])[] =>
  inputs.map((shape) => samePlaceBut(shape, shape.map((_, axis) => axis).slice(1)));

const pooled = (x: Shape, pooling: Pooling): Shape =>
  x && [x[0] ?? null, ...windowCounts(spatial(x, pooling.window.length), pooling.window, windowsOf(pooling)), x.at(-1) ?? null];

const tall = (shape: Shape, directions: number): Shape => shape && shape.map((d, i) => (i === 0 && d !== null ? d * directions : d));

function average(name: string, gradientName: string): void {
  const plain = ({ window, strides, padding }: Pooling): Pooling => ({ window, strides, padding });
  op<'x', Pooling>(name, {
    args: ['x'],
    shape: ([x = null], pooling) => pooled(x, pooling),
    dtype: 'same',
    dependence: planes,
    zeroWhen: 'any',
    gradient: ({ x, dy, attributes }, o) => [o.apply(gradientName, [dy], { ...plain(attributes), shape: x.shape })],
    tangent: ({ tangents: [dx], directions, attributes }, o) => [
      dx ? outOfBatch(o.apply(name, [intoBatch(dx, o)], attributes), directions, o) : null,
    ],
  });
  op<'gradients', Backprop>(gradientName, {
    args: ['gradients'],
    shape: (_, { shape }) => shape,
    dtype: 'same',
    dependence: planes,
    zeroWhen: 'any',
    gradient: ({ dy, attributes }, o) => [o.apply(name, [dy], plain(attributes))],
    tangent: ({ tangents: [d], directions, attributes }, o) => [
      d
        ? outOfBatch(o.apply(gradientName, [intoBatch(d, o)], { ...attributes, shape: tall(attributes.shape, directions) }), directions, o)
        : null,
    ],
  });
}
average('AvgPool', 'AvgPoolGrad');
average('AvgPool3D', 'AvgPool3DGrad');

/** The op that is the gradient of a gradient is not made for padding of its own. */
const refusesPadding = ({ padding }: Pooling): OpError | null =>
  typeof padding === 'string'
    ? null
    : new OpError('InvalidArgumentError', `Value for attr 'padding' of "EXPLICIT" is not in the list of allowed values: "SAME", "VALID"`);

/** Max pooling: its gradient goes to the first largest of each window, and has zeros for derivatives in the image and the pooled image, at every order. */
function largest(name: string): void {
  const toImage = `${name}Grad`;
  const toPooled = `${name}GradGrad`;
  op<'x', Pooling>(name, {
    args: ['x'],
    shape: ([x = null], pooling) => pooled(x, pooling),
    dtype: 'same',
    dependence: planes,
    zeroWhen: 'any',
    gradient: ({ x, y, dy, attributes }, o) => [o.apply(toImage, [x, y, dy], attributes)],
    tangent: ({ x, y, tangents: [dx], directions, attributes }, o) => [dx ? chosen(toPooled, x, y, dx, directions, attributes, o) : null],
  });
  for (const [own, other] of [
    [toImage, toPooled],
    [toPooled, toImage],
  ] as const)
    op<'original' | 'largest' | 'gradients', Pooling>(own, {
      args: ['original', 'largest', 'gradients'],
      shape: ([original = null, most = null]) => (own === toImage ? original : most),
      dtype: 'same',
      dependence: planes,
      zeroWhen: [2],
      refuses: refusesPadding,
      gradient: ({ original, largest: most, dy, attributes }, o) => [
        o.zerosLike(original),
        o.zerosLike(most),
        o.apply(other, [original, most, dy], attributes),
      ],
      tangent: ({ original, largest: most, tangents: [, , d], directions, attributes }, o) => [
        d ? chosen(own, original, most, d, directions, attributes, o) : null,
      ],
    });
}
/** A gradient op of max pooling on a tangent: it is linear in it, and says for every direction the same places. */
function chosen(name: string, x: Tensor, y: Tensor, d: Tensor, directions: number, pooling: Pooling, o: Operations): Tensor {
  if (x.shape?.length === 4) {
    const [, places = x] = o.eager.apply('MaxPoolWithArgmax', [x], { ...pooling });
    return name === 'MaxPoolGrad' ? ontoPlaces(d, places, x, o) : atPlaces(d, places, o);
  }
  const inputs = [repeatedBatch(x, directions, o), repeatedBatch(y, directions, o), intoBatch(d, o)];
  return outOfBatch(o.apply(name, inputs, { ...pooling }), directions, o);
}
largest('MaxPool');
largest('MaxPool3D');

/** The largest of each window, and where in its image it was: over rows, columns and channels, flattened. */
op<'x', Pooling>('MaxPoolWithArgmax', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null], pooling) => [pooled(x, pooling), pooled(x, pooling)],
  dtype: ([x = null]) => [x, 'int64'],
  dependence: images,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [, places = x], dy, attributes }, o) => [o.apply('MaxPoolGradWithArgmax', [x, dy, places], attributes)],
  tangent: ({ y, outputs: [, places = y], tangents: [dx] }, o) => [dx ? atPlaces(dx, places, o) : null, null],
});
/** TensorFlow has no second gradient. */
op<'image' | 'gradients' | 'places', Pooling>('MaxPoolGradWithArgmax', {
  args: ['image', 'gradients', 'places'],
  shape: ([image = null]) => image,
  dtype: ([image = null]) => image,
  dependence: images,
  zeroWhen: [1],
  gradient: 'missing',
  exact: ({ image, places, dy }, o) => [o.zerosLike(image), atPlaces(dy, places, o), null],
  tangent: ({ image, places, tangents: [, d] }, o) => [d ? ontoPlaces(d, places, image, o) : null],
});
/** Images [n, …], or [k, n, …], read at places [n, …] that count within an image. */
const atPlaces = (images: Tensor, places: Tensor, o: Operations): Tensor => {
  if (images.shape === null || places.shape === null) return images;
  const found = o.apply('_GatherLast', [flat(images, places, o), rowsOf(places, o)]);
  return o.reshape(found, [...images.shape.slice(0, images.shape.length - places.shape.length), ...places.shape]);
};
/** Zeros like images [n, …], or [k, n, …] of them, with the pooled ones added at places that count within an image. */
const ontoPlaces = (pooled: Tensor, places: Tensor, images: Tensor, o: Operations): Tensor => {
  if (!isKnown(images.shape) || pooled.shape === null || places.shape === null) return images;
  const size = sizeOf(images.shape.slice(1));
  const found = o.apply('_ScatterLast', [flat(pooled, places, o), rowsOf(places, o)], { size });
  return o.reshape(found, [...pooled.shape.slice(0, pooled.shape.length - places.shape.length), ...images.shape]);
};
/** [n, …] → [n, size]; a leading axis of directions stays. */
const flat = (images: Tensor, places: Tensor, o: Operations): Tensor => {
  const { shape } = images;
  if (shape === null || places.shape === null) return images;
  const leading = shape.slice(0, shape.length - places.shape.length + 1);
  return o.reshape(images, [...leading, sizeOf(shape.slice(leading.length))]);
};
const rowsOf = (places: Tensor, o: Operations): Tensor => flat(places, places, o);

// ------------------------------------------------------------------------------------------------ fractional

/** `ratio`: how many times smaller, per axis of [n, h, w, c]. Outputs: the pooled image, and where its rows and its columns begin and end. */
interface Fractional {
  readonly ratio: readonly number[];
  readonly overlapping: boolean;
}
const fractionalShape = (x: Shape, { ratio }: Fractional): readonly Shape[] => {
  const small = x && x.map((d, i) => (d === null ? null : Math.floor(d / (ratio[i] ?? 1))));
  const edges = (d: Dimension | undefined): Shape => [d === null || d === undefined ? null : d + 1];
  return [small, edges(small?.[1]), edges(small?.[2])];
};

/** Row `_<name>Again` is the same pooling with edges that are known: linear, and what the derivatives are made of. TensorFlow has no second gradient. */
op<'x', Fractional>('FractionalAvgPool', {
  args: ['x'],
  outputs: 3,
  shape: ([x = null], attributes) => fractionalShape(x, attributes),
  dtype: ([x = null]) => [x, 'int64', 'int64'],
  dependence: planes,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [, rows = x, columns = x], dy, attributes: { overlapping } }, o) => [
    o.apply('FractionalAvgPoolGrad', [dy, rows, columns], { overlapping, shape: x.shape }),
  ],
  tangent: ({ y, outputs: [, rows = y, columns = y], tangents: [dx], directions, attributes: { overlapping } }, o) => [
    dx ? outOfBatch(o.apply('_FractionalAverage', [intoBatch(dx, o), rows, columns], { overlapping }), directions, o) : null,
    null,
    null,
  ],
});
const cells = (x: Shape, rows: Shape, columns: Shape): Shape => {
  const less = (edges: Shape): Dimension => (edges?.[0] === null || edges?.[0] === undefined ? null : edges[0] - 1);
  return x && [x[0] ?? null, less(rows), less(columns), x.at(-1) ?? null];
};
const fractional = {
  dtype: ([x = null]: readonly (DType | null)[]) => x,
  dependence: ([x = []]: readonly (readonly number[])[]) => [plane(x), ['all'], ['all']] as const,
} as const;
op<'gradients' | 'rows' | 'columns', { overlapping: boolean; shape: Shape }>('FractionalAvgPoolGrad', {
  args: ['gradients', 'rows', 'columns'],
  shape: (_, { shape }) => shape,
  ...fractional,
  zeroWhen: [0],
  gradient: 'missing',
  exact: ({ rows, columns, dy, attributes: { overlapping } }, o) => [
    o.apply('_FractionalAverage', [dy, rows, columns], { overlapping }),
    null,
    null,
  ],
  tangent: ({ rows, columns, tangents: [d], directions, attributes: { overlapping, shape } }, o) => [
    d
      ? outOfBatch(
          o.apply('FractionalAvgPoolGrad', [intoBatch(d, o), rows, columns], { overlapping, shape: tall(shape, directions) }),
          directions,
          o,
        )
      : null,
  ],
});
op<'x' | 'rows' | 'columns', { overlapping: boolean }>('_FractionalAverage', {
  args: ['x', 'rows', 'columns'],
  shape: ([x = null, rows = null, columns = null]) => cells(x, rows, columns),
  ...fractional,
  zeroWhen: [0],
  gradient: ({ x, rows, columns, dy, attributes: { overlapping } }, o) => [
    o.apply('FractionalAvgPoolGrad', [dy, rows, columns], { overlapping, shape: x.shape }),
    null,
    null,
  ],
  tangent: ({ rows, columns, tangents: [d], directions, attributes }, o) => [
    d ? outOfBatch(o.apply('_FractionalAverage', [intoBatch(d, o), rows, columns], attributes), directions, o) : null,
  ],
});

op<'x', Fractional>('FractionalMaxPool', {
  args: ['x'],
  outputs: 3,
  shape: ([x = null], attributes) => fractionalShape(x, attributes),
  dtype: ([x = null]) => [x, 'int64', 'int64'],
  dependence: planes,
  zeroWhen: 'never',
  gradient: ({ x, y, outputs: [, rows = x, columns = x], dy, attributes: { overlapping } }, o) => [
    o.apply('FractionalMaxPoolGrad', [x, y, dy, rows, columns], { overlapping }),
  ],
  tangent: ({ x, y, outputs: [, rows = y, columns = y], tangents: [dx], directions, attributes: { overlapping } }, o) => [
    dx ? fractionalChosen('_FractionalChosen', x, y, dx, rows, columns, overlapping, directions, o) : null,
    null,
    null,
  ],
});
for (const [own, other] of [
  ['FractionalMaxPoolGrad', '_FractionalChosen'],
  ['_FractionalChosen', 'FractionalMaxPoolGrad'],
] as const) {
  const derivative: Gradient<'original' | 'largest' | 'gradients' | 'rows' | 'columns', { overlapping: boolean }> = (c, o) => [
    o.zerosLike(c.original),
    o.zerosLike(c.largest),
    o.apply(other, [c.original, c.largest, c.dy, c.rows, c.columns], c.attributes),
    null,
    null,
  ];
  op<'original' | 'largest' | 'gradients' | 'rows' | 'columns', { overlapping: boolean }>(own, {
    args: ['original', 'largest', 'gradients', 'rows', 'columns'],
    shape: ([original = null, most = null]) => (own === 'FractionalMaxPoolGrad' ? original : most),
    ...fractional,
    zeroWhen: [2],
    ...(own === 'FractionalMaxPoolGrad' ? { gradient: 'missing', exact: derivative } : { gradient: derivative }),
    tangent: (c, o) => {
      const [, , d] = c.tangents;
      const { original, largest: most, rows, columns, directions, attributes } = c;
      return [d ? fractionalChosen(own, original, most, d, rows, columns, attributes.overlapping, directions, o) : null];
    },
  });
}
function fractionalChosen(
  name: string,
  x: Tensor,
  y: Tensor,
  d: Tensor,
  rows: Tensor,
  columns: Tensor,
  overlapping: boolean,
  directions: number,
  o: Operations,
): Tensor {
  const inputs = [repeatedBatch(x, directions, o), repeatedBatch(y, directions, o), intoBatch(d, o), rows, columns];
  return outOfBatch(o.apply(name, inputs, { overlapping }), directions, o);
}
