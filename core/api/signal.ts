// `tf.signal` beside Fourier's transforms: frames, windows, cosine transforms. TensorFlow: python/ops/signal/shape_ops.py, window_ops.py, dct_ops.py, spectral_ops.py.
import type { Operations } from '../operations.ts';
import { isKnown, OpError } from '../shape.ts';
import { type DType, isFloating, type Tensor } from '../tensor.ts';
import { realInverse, realTransform } from './fourier.ts';
import { type Arguments, define } from './function.ts';
import { Callable, Integer, isTensor, UnknownArgument } from './value.ts';

/** The sizes of all axes; nothing is said of tensors whose are not known. */
function sizesOf(x: Tensor): readonly number[] {
  if (!isKnown(x.shape)) throw new UnknownArgument();
  return x.shape;
}
/** Part of the last axis. */
function lastPart(x: Tensor, begin: number, size: number, o: Operations): Tensor {
  const sizes = sizesOf(x);
  const outer = sizes.slice(0, -1);
  return o.slice(x, [...outer.map(() => 0), begin], [...outer, size]);
}
function withZeros(x: Tensor, count: number, o: Operations): Tensor {
  const outer = sizesOf(x).slice(0, -1);
  return count === 0 ? x : o.pad(x, [...outer.map(() => [0, 0] as const), [0, count]]);
}

// ------------------------------------------------------------------------------------------------ frames

/** Windows of `length` along an axis, `step` apart. */
function framed(x: Tensor, length: number, step: number, padEnd: boolean, padding: number, givenAxis: number, o: Operations): Tensor {
  const own = sizesOf(x);
  if (own.length === 0) throw new OpError('ValueError', 'Shape () must have rank at least 1');
  const axis = givenAxis < 0 ? givenAxis + own.length : givenAxis;
  const samples = own[axis] ?? 0;
  const count = padEnd ? Math.ceil(samples / step) : Math.max(0, 1 + Math.floor((samples - length) / step));
  const missing = padEnd ? Math.max(0, length + step * (count - 1) - samples) : 0;
  const wide = padEnd
    ? o.pad(
        x,
        own.map((_, i) => [0, i === axis ? missing : 0] as const),
        padding,
      )
    : x;
  // What is gathered are parts that no window cuts.
  const size = greatestDivisor(length, step);
  const parts = Math.floor((samples + missing) / size);
  const shaped = (...middle: readonly number[]): number[] => [...own.slice(0, axis), ...middle, ...own.slice(axis + 1)];
  const whole = o.slice(
    wide,
    own.map(() => 0),
    shaped(parts * size),
  );
  const each = length / size;
  const places = Array.from({ length: count * each }, (_, i) => Math.floor(i / each) * (step / size) + (i % each));
  const selector = o.eager.backend.constant(places, [count, each], 'int32');
  return o.reshape(o.apply('GatherV2', [o.reshape(whole, shaped(parts, size)), selector], { axis }), shaped(count, length));
}
const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
define('tf.signal.frame', 'signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None', (a, o) =>
  framed(
    a.floating('signal'),
    a.number('frame_length'),
    a.number('frame_step'),
    a.boolean('pad_end'),
    a.number('pad_value'),
    a.number('axis'),
    o,
  ),
);

/** Frames [.., frames, length] added up, each `step` after the one before. */
function overlapped(x: Tensor, step: number, o: Operations): Tensor {
  const sizes = sizesOf(x);
  const [frames = 0, length = 0] = sizes.slice(-2);
  if (sizes.length < 2) throw new OpError('ValueError', `Shape (${sizes.join(', ')}) must have rank at least 2`);
  const outer = sizes.slice(0, -2);
  const total = length + step * (frames - 1);
  if (step === length) return o.reshape(x, [...outer, total]);
  const segments = Math.ceil(length / step);
  const none = outer.map(() => [0, 0] as const);
  const wide = o.pad(x, [...none, [0, segments], [0, segments * step - length]]);
  const parts = o.reshape(wide, [...outer, frames + segments, segments, step]);
  const first = outer.map((_, i) => i);
  const turned = o.transpose(parts, [...first, ...[1, 0, 2].map((i) => i + outer.length)]);
  const rows = o.reshape(turned, [...outer, (frames + segments) * segments, step]);
  const kept = (frames + segments - 1) * segments;
  const shifted = o.reshape(o.slice(rows, [...outer.map(() => 0), 0, 0], [...outer, kept, step]), [
    ...outer,
    segments,
    frames + segments - 1,
    step,
  ]);
  const sum = o.reshape(o.sum(shifted, [-3]), [...outer, (frames + segments - 1) * step]);
  return lastPart(sum, 0, total, o);
}
define('tf.signal.overlap_and_add', 'signal, frame_step, name=None', (a, o) => overlapped(a.floating('signal'), a.number('frame_step'), o));

// ------------------------------------------------------------------------------------------------ windows

type Window = (length: number, periodic: boolean) => (i: number) => number;
const raised =
  (a: number, b: number): Window =>
  (length, periodic) => {
    const n = length + (periodic && length % 2 === 0 ? 1 : 0) - 1;
    return (i) => (length === 1 ? 1 : a - b * Math.cos((2 * Math.PI * i) / n));
  };
const hann = raised(0.5, 0.5);
const vorbis: Window = (length) => (i) => Math.sin((Math.PI / 2) * Math.sin((Math.PI / length) * (i + 0.5)) ** 2);

const windowOf = (kind: Window, length: number, periodic: boolean, dtype: DType, o: Operations): Tensor =>
  o.eager.backend.constant(
    Array.from({ length }, (_, i) => kind(length, periodic)(i)),
    [length],
    dtype,
  );
function floatingDType(a: Arguments): DType {
  const dtype = a.dtype('dtype', 'float32') ?? 'float32';
  if (!isFloating(dtype)) throw new OpError('ValueError', `dtype must be a floating point type. Found ${dtype}`);
  return dtype;
}
for (const [name, kind] of [
  ['hann', hann],
  ['hamming', raised(0.54, 0.46)],
] as const)
  define(`tf.signal.${name}_window`, 'window_length, periodic=True, dtype=tf.float32, name=None', (a, o) =>
    windowOf(kind, a.number('window_length'), a.boolean('periodic'), floatingDType(a), o),
  );
define('tf.signal.vorbis_window', 'window_length, dtype=tf.float32, name=None', (a, o) =>
  windowOf(vorbis, a.number('window_length'), true, floatingDType(a), o),
);

/** Times the window that a function makes, or the usual one; `window_fn=None` leaves all as it is. */
function windowed(x: Tensor, length: number, usual: Window, a: Arguments, o: Operations): Tensor {
  const given = a.value('window_fn');
  if (given === null) return x;
  if (given === USUAL) return o.mul(x, windowOf(usual, length, true, x.dtype ?? 'float32', o));
  const made = given instanceof Callable ? given.call([new Integer(length)]) : null;
  if (made === null || !isTensor(made)) throw new UnknownArgument();
  return o.mul(x, o.cast(made, x.dtype));
}
/** Stands in signatures for the window that TensorFlow takes by itself. */
const USUAL = 'usual';

// ------------------------------------------------------------------------------------------------ short times

const powerOfTwo = (length: number): number => 2 ** Math.ceil(Math.log2(length));
const lengthOf = (a: Arguments): number => (a.has('fft_length') ? a.number('fft_length') : powerOfTwo(a.number('frame_length')));

define('tf.signal.stft', 'signals, frame_length, frame_step, fft_length=None, window_fn="usual", pad_end=False, name=None', (a, o) => {
  const length = a.number('frame_length');
  const frames = framed(a.floating('signals'), length, a.number('frame_step'), a.boolean('pad_end'), 0, -1, o);
  return realTransform(windowed(frames, length, hann, a, o), 1, [new Integer(lengthOf(a))], o);
});
define('tf.signal.inverse_stft', 'stfts, frame_length, frame_step, fft_length=None, window_fn="usual", name=None', (a, o) => {
  const length = a.number('frame_length');
  const frames = realInverse(a.tensor('stfts'), 1, [new Integer(lengthOf(a))], o);
  const own = sizesOf(frames).at(-1) ?? 0;
  const fitted = own > length ? lastPart(frames, 0, length, o) : withZeros(frames, length - own, o);
  return overlapped(windowed(fitted, length, hann, a, o), a.number('frame_step'), o);
});

// ------------------------------------------------------------------------------------------------ cosines

/** The cosine transform of one of four types over the last axis, as python/ops/signal/dct_ops.py, _dct_internal, composes it. */
function cosine(given: Tensor, type: number, n: number | null, norm: string | null, o: Operations): Tensor {
  const samples = sizesOf(given).at(-1) ?? 0;
  const fitted = n === null ? given : n <= samples ? lastPart(given, 0, n, o) : withZeros(given, n - samples, o);
  const size = n ?? samples;
  const x = o.identity(fitted);
  const dtype = x.dtype ?? 'float32';
  /** 2·exp(sign·iπk / 2n) for each k. */
  const turns = (sign: number): Tensor => {
    const values = Array.from({ length: size }, (_, k) => (sign * k * Math.PI * 0.5) / size).flatMap((t) => [
      2 * Math.cos(t),
      2 * Math.sin(t),
    ]);
    return o.eager.backend.constant(values, [size], dtype === 'float64' ? 'complex128' : 'complex64');
  };
  /** One weight for the first coefficient, another one for all the others. */
  const weights = (first: number, rest: number): Tensor =>
    o.eager.backend.constant(
      Array.from({ length: size }, (_, k) => (k === 0 ? first : rest)),
      [size],
      dtype,
    );
  const transform = (t: Tensor, length: number): Tensor => realTransform(t, 1, [new Integer(length)], o);
  if (type === 1) {
    const middle = o.apply('ReverseV2', [lastPart(x, 1, size - 2, o)], { axes: [sizesOf(x).length - 1] });
    return o.real(transform(o.concat([x, middle], sizesOf(x).length - 1), 2 * size - 2));
  }
  if (type === 2) {
    const found = o.real(o.mul(lastPart(transform(x, 2 * size), 0, size, o), turns(-1)));
    return norm === 'ortho' ? o.mul(found, weights(0.5 / Math.sqrt(size), Math.SQRT1_2 / Math.sqrt(size))) : found;
  }
  if (type === 3) {
    const scaled = norm === 'ortho' ? o.mul(x, weights(Math.sqrt(size), Math.sqrt(size) * Math.SQRT1_2)) : o.mul(x, size);
    const turned = o.mul(turns(1), o.complex(scaled, o.scalar(0, dtype)));
    return lastPart(o.real(realInverse(turned, 1, [new Integer(2 * size)], o)), 0, size, o);
  }
  const indices = sizesOf(x).map((d, i) =>
    i < sizesOf(x).length - 1
      ? { kind: 'slice' as const, start: 0, size: d, step: 1 }
      : { kind: 'slice' as const, start: 1, size, step: 2 },
  );
  const odd = o.apply('StridedSlice', [cosine(x, 2, 2 * size, null, o)], { indices });
  return norm === 'ortho' ? o.mul(odd, Math.SQRT1_2 / Math.sqrt(size)) : odd;
}
const INVERSE: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 2, 4: 4 };
for (const [name, inverse] of [
  ['dct', false],
  ['idct', true],
] as const)
  define(`tf.signal.${name}`, 'input, type=2, n=None, axis=-1, norm=None, name=None', (a, o) => {
    const x = a.floating('input');
    const type = a.number('type');
    const n = a.has('n') ? a.number('n') : null;
    const norm = a.text('norm');
    if (a.number('axis') !== -1) throw new OpError('NotImplementedError', 'axis must be -1. Got: ' + a.number('axis'));
    if (n !== null && n < 1) throw new OpError('ValueError', 'n should be a positive integer or None');
    if (!(type in INVERSE)) throw new OpError('ValueError', 'Types I, II, III and IV (I)DCT are supported.');
    if (type === 1 && norm === 'ortho') throw new OpError('ValueError', 'Normalization is not supported for the Type-I DCT.');
    if (type === 1 && x.shape !== null && (x.shape.at(-1) ?? 2) < 2)
      throw new OpError('ValueError', 'Type-I DCT requires the dimension to be greater than one.');
    if (norm !== null && norm !== 'ortho') throw new OpError('ValueError', "Unknown normalization. Expected None or 'ortho'");
    return cosine(x, inverse ? (INVERSE[type] ?? 2) : type, n, norm, o);
  });
define('tf.signal.mdct', 'signals, frame_length, window_fn="usual", pad_end=False, norm=None, name=None', (a, o) => {
  const length = a.number('frame_length');
  if (length % 4 !== 0) throw new OpError('ValueError', 'The frame length must be a multiple of 4.');
  const frames = framed(a.floating('signals'), length, length / 2, a.boolean('pad_end'), 0, -1, o);
  const shaped = a.has('window_fn') ? windowed(frames, length, vorbis, a, o) : o.mul(frames, Math.SQRT1_2);
  const axis = sizesOf(shaped).length - 1;
  const [first, second, third, last] = o.eager.apply('SplitV', [shaped], { axis, sizes: [1, 1, 1, 1].map(() => length / 4) }) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const turned = (t: Tensor): Tensor => o.apply('ReverseV2', [t], { axes: [axis] });
  const halves = [o.sub(o.neg(turned(third)), last), o.sub(first, turned(second))];
  return cosine(o.concat(halves, axis), 4, null, a.text('norm'), o);
});
