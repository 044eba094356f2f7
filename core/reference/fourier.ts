// Fourier transforms along the last axes: by halves where a length is a power of two, by Bluestein's convolution where it is not.
import { countOf, type Input, type Kernel, type Kernels, numbersOf, placesOf, stridesOf } from './kernel.ts';

/** In place, for a length that is a power of two. */
function halves(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] as number, re[i] as number];
      [im[i], im[j]] = [im[j] as number, im[i] as number];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (sign * 2 * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let start = k; start < n; start += size) {
        const other = start + half;
        const [a, b] = [re[other] as number, im[other] as number];
        const [x, y] = [a * c - b * s, a * s + b * c];
        const [p, q] = [re[start] as number, im[start] as number];
        re[other] = p - x;
        im[other] = q - y;
        re[start] = p + x;
        im[start] = q + y;
      }
    }
  }
}

/** Σ x_j·exp(sign·2πi·jk/n) for every k, in place. */
export function fourier(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
  const n = re.length;
  if (n < 2) return;
  if ((n & (n - 1)) === 0) {
    halves(re, im, sign);
    return;
  }
  let m = 1;
  while (m < 2 * n - 1) m *= 2;
  const chirp = (k: number): [number, number] => {
    const angle = (Math.PI * ((k * k) % (2 * n))) / n;
    return [Math.cos(angle), sign * Math.sin(angle)];
  };
  const [a, b, c, d] = [new Float64Array(m), new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  for (let k = 0; k < n; k++) {
    const [x, y] = chirp(k);
    const [p, q] = [re[k] as number, im[k] as number];
    a[k] = p * x - q * y;
    b[k] = p * y + q * x;
    for (const at of k === 0 ? [0] : [k, m - k]) {
      c[at] = x;
      d[at] = -y;
    }
  }
  halves(a, b, -1);
  halves(c, d, -1);
  for (let k = 0; k < m; k++) {
    const [p, q, r, s] = [a[k] as number, b[k] as number, c[k] as number, d[k] as number];
    a[k] = p * r - q * s;
    b[k] = p * s + q * r;
  }
  halves(a, b, 1);
  for (let k = 0; k < n; k++) {
    const [x, y] = chirp(k);
    const [p, q] = [(a[k] as number) / m, (b[k] as number) / m];
    re[k] = p * x - q * y;
    im[k] = p * y + q * x;
  }
}

/** Transforms along the last `rank` axes, in place. */
function along(re: Float64Array, im: Float64Array, shape: readonly number[], rank: number, sign: 1 | -1): void {
  const strides = stridesOf(shape);
  for (let axis = shape.length - rank; axis < shape.length; axis++) {
    const [size, stride] = [shape[axis] as number, strides[axis] as number];
    const others = shape.map((d, i) => (i === axis ? 1 : d));
    for (const start of placesOf(others, strides)) {
      const [a, b] = [new Float64Array(size), new Float64Array(size)];
      for (let i = 0; i < size; i++) {
        a[i] = re[start + i * stride] as number;
        b[i] = im[start + i * stride] as number;
      }
      fourier(a, b, sign);
      for (let i = 0; i < size; i++) {
        re[start + i * stride] = a[i] as number;
        im[start + i * stride] = b[i] as number;
      }
    }
  }
}

/** Cuts or fills with zeros the last axes. */
function fitted(values: Float64Array, shape: readonly number[], wanted: readonly number[]): Float64Array {
  const out = new Float64Array(countOf(wanted));
  const common = shape.map((d, i) => Math.min(d, wanted[i] as number));
  const from = placesOf(common, stridesOf(shape));
  const to = placesOf(common, stridesOf(wanted));
  for (let i = 0; i < from.length; i++) out[to[i] as number] = values[from[i] as number] as number;
  return out;
}

type Split = (x: Input, part: 0 | 1) => Float64Array;
type Join = (re: ArrayLike<number>, im: ArrayLike<number>) => Float64Array;

/** The kernels: of complex numbers both ways, and between real numbers and the half of their transform that says all. */
export function transform(split: Split, join: Join): Kernels {
  const kernels: Record<string, Kernel> = {};
  for (const rank of [1, 2, 3]) {
    const suffix = rank === 1 ? '' : `${rank}D`;
    const whole =
      (sign: 1 | -1): Kernel =>
      ([x]) => {
        if (!x) return null;
        const [re, im] = [split(x, 0), split(x, 1)];
        along(re, im, x.shape, rank, sign);
        const by = sign === 1 ? 1 / countOf(x.shape.slice(-rank)) : 1;
        return [join(re, im).map((v) => v * by)];
      };
    kernels[`FFT${suffix}`] = whole(-1);
    kernels[`IFFT${suffix}`] = whole(1);
    const lengthOf = (attributes: Readonly<Record<string, unknown>>) => numbersOf(attributes['length']);
    const full = (shape: readonly number[], length: readonly number[]) => [...shape.slice(0, -rank), ...length];

    kernels[`RFFT${suffix}`] = ([x], attributes, [y]) => {
      if (!x || !y) return null;
      const shape = full(x.shape, lengthOf(attributes));
      const re = fitted(Float64Array.from(x.values), x.shape, shape);
      const im = new Float64Array(re.length);
      along(re, im, shape, rank, -1);
      return [join(fitted(re, shape, y.shape), fitted(im, shape, y.shape))];
    };
    // The transform's adjoint: each of the kept numbers acts back on every real one.
    kernels[`_RFFT${suffix}Grad`] = ([dy], attributes, [x]) => {
      if (!dy || !x) return null;
      const shape = full(dy.shape, lengthOf(attributes));
      const [re, im] = [fitted(split(dy, 0), dy.shape, shape), fitted(split(dy, 1), dy.shape, shape)];
      along(re, im, shape, rank, 1);
      return [fitted(re, shape, x.shape)];
    };
    kernels[`IRFFT${suffix}`] = ([x], attributes, [y]) => {
      if (!x || !y) return null;
      const [re, im] = mirrored(x, lengthOf(attributes), rank, split);
      along(re, im, y.shape, rank, 1);
      const count = countOf(y.shape.slice(-rank));
      return [re.map((v) => v / count)];
    };
    // dy's transform, and twice that for the numbers which stand for their mirror image too.
    kernels[`_IRFFT${suffix}Grad`] = ([dy], attributes, [x]) => {
      if (!dy || !x) return null;
      const length = lengthOf(attributes);
      const re = Float64Array.from(dy.values);
      const im = new Float64Array(re.length);
      along(re, im, dy.shape, rank, -1);
      const [last = 1] = length.slice(-1);
      const count = countOf(length);
      const width = x.shape.at(-1) ?? 1;
      const factor = (i: number): number => {
        const k = i % width;
        if (k > last / 2) return 0;
        return (k === 0 || 2 * k === last ? 1 : 2) / count;
      };
      const [a, b] = [fitted(re, dy.shape, x.shape), fitted(im, dy.shape, x.shape)];
      return [
        join(
          a.map((v, i) => v * factor(i)),
          b.map((v, i) => v * factor(i)),
        ),
      ];
    };
  }
  return kernels;
}

/** The whole of a transform whose second half mirrors the first. */
function mirrored(x: Input, length: readonly number[], rank: number, split: Split): [Float64Array, Float64Array] {
  const shape = [...x.shape.slice(0, -rank), ...length];
  const half = [...shape.slice(0, -1), Math.floor((length.at(-1) ?? 1) / 2) + 1];
  const [a, b] = [fitted(split(x, 0), x.shape, half), fitted(split(x, 1), x.shape, half)];
  const [re, im] = [new Float64Array(countOf(shape)), new Float64Array(countOf(shape))];
  const strides = stridesOf(half);
  const first = shape.length - rank;
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < re.length; i++) {
    const last = index.at(-1) as number;
    const direct = last < (half.at(-1) as number);
    let from = 0;
    index.forEach((k, axis) => {
      const size = shape[axis] as number;
      from += (direct || axis < first ? k : (size - k) % size) * (strides[axis] as number);
    });
    re[i] = a[from] as number;
    // Of the numbers that are their own mirror image only the real part counts.
    const own = rank === 1 && (last === 0 || 2 * last === (length.at(-1) as number));
    im[i] = own ? 0 : direct ? (b[from] as number) : -(b[from] as number);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return [re, im];
}
