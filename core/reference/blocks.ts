// Reference kernels of moves of blocks: each says where an output element comes from, axis by axis.
import { countOf, fromStart, type Input, type Kernels, numbersOf, type Output, stridesOf } from './kernel.ts';

/** Reads the input where each element of the output comes from, axis by axis; −1 for nowhere. */
function byAxis(x: Input, output: Output, from: (axis: number, at: number, all: readonly number[]) => number): Float64Array {
  const strides = stridesOf(x.shape);
  const own = stridesOf(output.shape);
  return Float64Array.from({ length: countOf(output.shape) }, (_, place) => {
    const all = output.shape.map((size, axis) => Math.floor(place / (own[axis] as number)) % size);
    let at = 0;
    for (let axis = 0; axis < all.length; axis++) {
      const found = from(axis, all[axis] as number, all);
      if (found < 0) return 0;
      at += found * (strides[axis] as number);
    }
    return x.values[at] as number;
  });
}
const modulo = (a: number, n: number): number => ((a % n) + n) % n;
/** The place that a padded place mirrors. */
function mirrored(at: number, size: number, symmetric: boolean): number {
  const edge = symmetric ? 1 : 0;
  if (at < 0) return -at - edge;
  return at >= size ? 2 * (size - 1) - at + edge : at;
}
const pairsOf = (value: unknown): readonly (readonly [number, number])[] => value as readonly (readonly [number, number])[];

export const BLOCKS: Kernels = {
  Roll: ([x], { shifts, axes }, [output]) => {
    if (!x || !output) return null;
    const by = x.shape.map(() => 0);
    numbersOf(axes).forEach((axis, i) => {
      const at = fromStart(axis, x.shape.length);
      by[at] = (by[at] as number) + (numbersOf(shifts)[i] ?? 0);
    });
    return [byAxis(x, output, (axis, at) => modulo(at - (by[axis] as number), x.shape[axis] as number))];
  },
  ReverseSequence: ([x, lengths], { axis, batch }, [output]) => {
    if (!x || !lengths || !output) return null;
    return [
      byAxis(x, output, (own, at, all) => {
        const length = lengths.values[all[Number(batch)] as number] as number;
        return own === axis && at < length ? length - 1 - at : at;
      }),
    ];
  },
  MirrorPad: ([x], { paddings, symmetric }, [output]) =>
    x && output
      ? [byAxis(x, output, (axis, at) => mirrored(at - (pairsOf(paddings)[axis]?.[0] ?? 0), x.shape[axis] as number, symmetric === true))]
      : null,
  MirrorPadGrad: ([x], { paddings, symmetric }, [output]) => {
    if (!x || !output) return null;
    const out = new Float64Array(countOf(output.shape));
    const [strides, own] = [stridesOf(output.shape), stridesOf(x.shape)];
    x.values.forEach((value: number, place: number) => {
      const to = output.shape.reduce((sum, size, axis) => {
        const at = (Math.floor(place / (own[axis] as number)) % (x.shape[axis] as number)) - (pairsOf(paddings)[axis]?.[0] ?? 0);
        return sum + mirrored(at, size, symmetric === true) * (strides[axis] as number);
      }, 0);
      out[to] = (out[to] as number) + value;
    });
    return [out];
  },
  SpaceToDepth: ([x], { size }, [output]) => {
    if (!x || !output) return null;
    const [block, depth] = [Number(size), x.shape[3] as number];
    return [
      byAxis(x, output, (axis, at, all) => {
        const within = Math.floor((all[3] as number) / depth);
        if (axis === 1) return at * block + Math.floor(within / block);
        if (axis === 2) return at * block + (within % block);
        return axis === 3 ? at % depth : at;
      }),
    ];
  },
  DepthToSpace: ([x], { size }, [output]) => {
    if (!x || !output) return null;
    const [block, depth] = [Number(size), output.shape[3] as number];
    return [
      byAxis(x, output, (axis, at, all) => {
        if (axis === 3) return (((all[1] as number) % block) * block + ((all[2] as number) % block)) * depth + at;
        return axis === 0 ? at : Math.floor(at / block);
      }),
    ];
  },
  SpaceToBatchND: ([x], { block, paddings }, [output]) => {
    if (!x || !output) return null;
    const sizes = numbersOf(block);
    const batch = x.shape[0] as number;
    return [
      byAxis(x, output, (axis, at, all) => {
        if (axis === 0) return at % batch;
        const size = sizes[axis - 1];
        if (size === undefined) return at;
        const inner = sizes.slice(axis).reduce((a, b) => a * b, 1);
        const offset = Math.floor(Math.floor((all[0] as number) / batch) / inner) % size;
        const found = at * size + offset - (pairsOf(paddings)[axis - 1]?.[0] ?? 0);
        return found < (x.shape[axis] as number) ? found : -1;
      }),
    ];
  },
  BatchToSpaceND: ([x], { block, paddings }, [output]) => {
    if (!x || !output) return null;
    const sizes = numbersOf(block);
    const batch = output.shape[0] as number;
    const placed = (axis: number, at: number): number => at + (pairsOf(paddings)[axis - 1]?.[0] ?? 0);
    return [
      byAxis(x, output, (axis, at, all) => {
        if (axis > 0) return sizes[axis - 1] === undefined ? at : Math.floor(placed(axis, at) / (sizes[axis - 1] as number));
        const offset = sizes.reduce((sum, size, i) => sum * size + (placed(i + 1, all[i + 1] as number) % size), 0);
        return offset * batch + at;
      }),
    ];
  },
};
