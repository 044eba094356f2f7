// Reference kernels of diagonals and bands.
import type { Diagonals } from '../ops/bands.ts';
import { broadcastPlaces, countOf, type Input, type Kernels, type Output } from './kernel.ts';

/** Calls with the places, in one matrix and in its diagonals put together, of what lies on them. */
function visit(
  matrix: readonly number[],
  diagonals: readonly number[],
  attributes: unknown,
  meet: (inMatrix: number, inDiagonals: number) => void,
): void {
  const { lower, upper, align } = attributes as Diagonals;
  const [rows = 1, columns = 1] = matrix.slice(-2);
  const width = diagonals.at(-1) ?? 1;
  const count = countOf(matrix.slice(0, -2));
  const [above, below] = align.split('_');
  for (let d = upper; d >= lower; d--) {
    const length = Math.min(rows + Math.min(d, 0), columns - Math.max(d, 0));
    const skipped = (d >= 0 ? above : below) === 'LEFT' ? 0 : width - length;
    for (let n = 0; n < count; n++)
      for (let i = 0; i < length; i++)
        meet((n * rows + i + Math.max(-d, 0)) * columns + i + Math.max(d, 0), (n * (upper - lower + 1) + upper - d) * width + skipped + i);
  }
}

const three = (diagonals: readonly Input[], batch: readonly number[]): ((which: number, n: number, i: number, size: number) => number)[] =>
  diagonals.map(({ values, shape }) => {
    const places = broadcastPlaces(shape.slice(0, -2), batch);
    return (which, n, i, size) => values[((places ? (places[n] as number) : n) * (shape.at(-2) ?? 1) + which) * size + i] as number;
  });

/** Solves matrices of three diagonals by elimination with exchange of rows. */
function solveTridiagonal(diagonals: Input, right: Input, output: Output): Float64Array {
  const [size = 1, width = 1] = output.shape.slice(-2);
  const count = countOf(output.shape.slice(0, -2));
  const out = Float64Array.from(right.values);
  for (let n = 0; n < count; n++) {
    const at = (which: number, i: number) => diagonals.values[(n * 3 + which) * size + i] as number;
    const [main, above, second, below] = [0, 1, 2, 3].map(() => new Float64Array(size)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let i = 0; i < size; i++) {
      main[i] = at(1, i);
      above[i] = i + 1 < size ? at(0, i) : 0;
      below[i] = i > 0 ? at(2, i) : 0;
    }
    const swap = (list: Float64Array, i: number, other: Float64Array, j: number) => {
      const kept = list[i] as number;
      list[i] = other[j] as number;
      other[j] = kept;
    };
    const value = (i: number, m: number) => (n * size + i) * width + m;
    for (let i = 0; i + 1 < size; i++) {
      if (Math.abs(below[i + 1] as number) > Math.abs(main[i] as number)) {
        swap(main, i, below, i + 1);
        swap(above, i, main, i + 1);
        swap(second, i, above, i + 1);
        for (let m = 0; m < width; m++) swap(out, value(i, m), out, value(i + 1, m));
      }
      const factor = (below[i + 1] as number) / (main[i] as number);
      main[i + 1] = (main[i + 1] as number) - factor * (above[i] as number);
      above[i + 1] = (above[i + 1] as number) - factor * (second[i] as number);
      for (let m = 0; m < width; m++) out[value(i + 1, m)] = (out[value(i + 1, m)] as number) - factor * (out[value(i, m)] as number);
    }
    for (let i = size - 1; i >= 0; i--)
      for (let m = 0; m < width; m++) {
        let sum = out[value(i, m)] as number;
        if (i + 1 < size) sum -= (above[i] as number) * (out[value(i + 1, m)] as number);
        if (i + 2 < size) sum -= (second[i] as number) * (out[value(i + 2, m)] as number);
        out[value(i, m)] = sum / (main[i] as number);
      }
  }
  return out;
}

export const BANDS: Kernels = {
  MatrixDiagV3: ([x], attributes, [output]) => {
    if (!x || !output) return null;
    const out = new Float64Array(countOf(output.shape));
    visit(output.shape, x.shape, attributes, (to, from) => (out[to] = x.values[from] as number));
    return [out];
  },
  MatrixDiagPartV3: ([x], attributes, [output]) => {
    if (!x || !output) return null;
    const out = new Float64Array(countOf(output.shape));
    visit(x.shape, output.shape, attributes, (from, to) => (out[to] = x.values[from] as number));
    return [out];
  },
  MatrixSetDiagV3: ([x, diagonal], attributes) => {
    if (!x || !diagonal) return null;
    const out = Float64Array.from(x.values);
    visit(x.shape, diagonal.shape, attributes, (to, from) => (out[to] = diagonal.values[from] as number));
    return [out];
  },
  MatrixBandPart: ([x], { below, above }) => {
    if (!x) return null;
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    const keeps = (row: number, column: number): boolean =>
      (Number(below) < 0 || row - column <= Number(below)) && (Number(above) < 0 || column - row <= Number(above));
    return [Float64Array.from(x.values, (v: number, i) => (keeps(Math.floor(i / columns) % rows, i % columns) ? v : 0))];
  },
  TridiagonalMatMul: ([above, main, below, x], _, [output]) => {
    if (!above || !main || !below || !x || !output) return null;
    const [size = 1, width = 1] = output.shape.slice(-2);
    const [up, middle, down] = three([above, main, below], output.shape.slice(0, -2));
    const row = (n: number, i: number, m: number): number => (i < 0 || i >= size ? 0 : (x.values[(n * size + i) * width + m] as number));
    return [
      Float64Array.from({ length: countOf(output.shape) }, (_value, at) => {
        const [n, i, m] = [Math.floor(at / (size * width)), Math.floor(at / width) % size, at % width];
        const of = (which: typeof up): number => which?.(0, n, i, size) ?? 0;
        return of(up) * row(n, i + 1, m) + of(middle) * row(n, i, m) + of(down) * row(n, i - 1, m);
      }),
    ];
  },
  TridiagonalSolve: ([diagonals, right], _, [output]) =>
    diagonals && right && output ? [solveTridiagonal(diagonals, right, output)] : null,
  Cross: ([a, b], _, [output]) => {
    if (!a || !b || !output) return null;
    const [atA, atB] = [broadcastPlaces(a.shape, output.shape), broadcastPlaces(b.shape, output.shape)];
    const read = (x: Input, places: Int32Array | null, i: number): number => x.values[places ? (places[i] as number) : i] as number;
    return [
      Float64Array.from({ length: countOf(output.shape) }, (_value, i) => {
        const first = i - (i % 3);
        const [p, q] = [first + ((i + 1) % 3), first + ((i + 2) % 3)];
        const place = (which: number): number => first + ((which - first) % 3);
        return read(a, atA, place(p)) * read(b, atB, place(q)) - read(a, atA, place(q)) * read(b, atB, place(p));
      }),
    ];
  },
};
