// The Hessian at a gradient call: forward-over-reverse on the trace, as few directions as its sparsity allows.
import type { EngineName, HessianResult, PackedBlock, Progress, Structure } from '../host/protocol.ts';
import type { GradientCall, Session } from '../session.ts';
import { check } from './checks.ts';
import { colour } from './colouring.ts';
import { SecondDerivative } from './derivative.ts';
import { type Question, questionOf, shapeOf } from './question.ts';
import { dependences, Sets } from './sparsity.ts';
import { lanczos } from './spectrum.ts';

export interface Computed {
  readonly result: HessianResult;
  readonly blocks: readonly (readonly PackedBlock[])[] | null;
}

export interface HessianOptions {
  readonly wrt?: string;
  readonly engine: EngineName;
  readonly tensorflow: HessianResult['tensorflow'];
  readonly notes: readonly string[];
  /** What came before, for the times in the result. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly onProgress: (progress: Progress) => void;
}

/** Elements of a Hessian that are held at all: 400 MB of float32. Larger ones are described by their spectrum. */
const LARGEST_MATRIX = 100_000_000;
/** Elements of the largest tangent tensor at a time: 64 MB of float32. */
const LARGEST_TANGENT = 16_000_000;

/** The Hessian, or a sentence that says why there is none. Raises NoDerivative where an op on the way has no derivative here. */
export function computeHessian(session: Session, call: GradientCall, options: HessianOptions): Computed | string {
  const question = questionOf(call, options.wrt);
  if (typeof question === 'string') return question;
  const { eager } = session;
  eager.tapes = [];
  const started = performance.now();
  options.onProgress({ stage: 'differentiating', done: 0, total: 0 });
  const h = new SecondDerivative(eager, question);
  const differentiated = performance.now();
  const common = {
    version: 1 as const,
    engine: options.engine,
    call: { line: call.position.line, column: call.position.column },
    target: { name: question.targetName, shape: (question.targets[0]?.shape ?? []).map((d) => d ?? 0) },
    rows: question.rows.map((s) => ({ name: s.name, shape: shapeOf(s) })),
    columns: question.columns.map((s) => ({ name: s.name, shape: shapeOf(s) })),
    tensorflow: options.tensorflow,
  };
  const symmetric = sameSources(question);
  if (h.rows * h.columns > LARGEST_MATRIX) {
    const spectrum = symmetric ? lanczos(h, (done, total) => options.onProgress({ stage: 'differentiating', done, total })) : undefined;
    const solved = performance.now();
    const checks = check(h);
    return {
      result: {
        ...common,
        structure: 'dense',
        notes: [
          ...options.notes,
          `The Hessian has ${h.rows} × ${h.columns} elements, too many to hold: its spectrum is estimated from Hessian-vector products.`,
        ],
        checks: { asymmetry: null, ...checks },
        directions: spectrum ? spectrum.density.length : 0,
        milliseconds: {
          ...options.milliseconds,
          differentiate: differentiated - started,
          directions: solved - differentiated,
          check: performance.now() - solved,
        },
        ...(spectrum && { spectrum }),
      },
      blocks: null,
    };
  }
  const plan = planOf(h);
  const planned = performance.now();
  const matrix = columnsOf(h, plan, options.onProgress);
  const solved = performance.now();
  options.onProgress({ stage: 'checking', done: 0, total: 0 });
  const checks = check(h);
  const asymmetry = symmetric ? asymmetryOf(matrix) : null;
  const structure = structureOf(matrix, h);
  const blocks = pack(matrix, h);
  return {
    result: {
      ...common,
      structure,
      notes: options.notes,
      checks: { asymmetry, ...checks },
      directions: plan.count,
      milliseconds: {
        ...options.milliseconds,
        differentiate: differentiated - started,
        sparsity: planned - differentiated,
        directions: solved - planned,
        check: performance.now() - solved,
      },
    },
    blocks,
  };
}

const sameSources = ({ rows, columns }: Question): boolean =>
  rows.length === columns.length && rows.every((s, i) => s.tensor === columns[i]?.tensor);

// ------------------------------------------------------------------------------------------------ directions

interface Plan {
  /** The direction that each column goes in; −1 for a column of zeros. */
  readonly colours: Int32Array;
  readonly count: number;
  /** The columns that each row may have something in. */
  readonly rows: readonly (Int32Array | null)[];
}

function planOf(h: SecondDerivative): Plan {
  const sets = new Sets(h.columns);
  let first = 0;
  const leaves = h.question.columns.map(({ tensor }, i) => {
    const size = h.columnSizes[i] ?? 0;
    first += size;
    return { tensor, size, first: first - size };
  });
  const present = h.gradient.filter((g) => g !== null);
  const found = dependences(h.eager, h.ops, leaves, present, sets);
  if (found === null) {
    const all = sets.all();
    return {
      colours: Int32Array.from({ length: h.columns }, (_, i) => i),
      count: h.columns,
      rows: Array.from({ length: h.rows }, () => sets.members[all] ?? null),
    };
  }
  const occurring = new Set<number>();
  const rows: (Int32Array | null)[] = [];
  let next = 0;
  h.gradient.forEach((g, i) => {
    const pattern = g ? found[next++] : null;
    for (let k = 0; k < (h.rowSizes[i] ?? 0); k++) {
      const set = pattern?.[k] ?? 0;
      occurring.add(set);
      rows.push(set === 0 ? null : (sets.members[set] ?? null));
    }
  });
  return { ...colour(sets, occurring, h.columns), rows };
}

/** A Hessian as its possibly non-zero elements, row by row. */
interface Sparse {
  readonly columns: readonly (Int32Array | null)[];
  readonly values: readonly (Float32Array | null)[];
}

function columnsOf(h: SecondDerivative, plan: Plan, onProgress: HessianOptions['onProgress']): Sparse {
  const values = plan.rows.map((members) => members && new Float32Array(members.length));
  const chunk = Math.max(1, Math.min(plan.count, Math.floor(LARGEST_TANGENT / h.largest)));
  for (let from = 0; from < plan.count; from += chunk) {
    const directions = Math.min(chunk, plan.count - from);
    const seeds = new Float32Array(directions * h.columns);
    plan.colours.forEach((c, column) => {
      if (c >= from && c < from + directions) seeds[(c - from) * h.columns + column] = 1;
    });
    const products = h.apply(seeds, directions);
    plan.rows.forEach((members, row) => {
      const into = values[row];
      if (!members || !into) return;
      for (let k = 0; k < members.length; k++) {
        const direction = (plan.colours[members[k] ?? 0] ?? -1) - from;
        if (direction >= 0 && direction < directions) into[k] = products[direction * h.rows + row] ?? 0;
      }
    });
    onProgress({ stage: 'differentiating', done: from + directions, total: plan.count });
  }
  return { columns: plan.rows, values };
}

// ------------------------------------------------------------------------------------------------ results

/** max |H − Hᵀ| / max |H|. */
function asymmetryOf({ columns, values }: Sparse): number {
  let most = 0;
  let difference = 0;
  columns.forEach((members, row) => {
    members?.forEach((column, k) => {
      const v = values[row]?.[k] ?? 0;
      most = Math.max(most, Math.abs(v));
      const across = columns[column];
      const at = across ? indexIn(across, row) : -1;
      difference = Math.max(difference, Math.abs(v - (at < 0 ? 0 : (values[column]?.[at] ?? 0))));
    });
  });
  return most === 0 ? 0 : difference / most;
}

function indexIn(sorted: Int32Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What the non-zero elements look like. */
function structureOf({ columns, values }: Sparse, h: SecondDerivative): Structure {
  let count = 0;
  let bandwidth = 0;
  columns.forEach((members, row) =>
    members?.forEach((column, k) => {
      if ((values[row]?.[k] ?? 0) === 0) return;
      count++;
      bandwidth = Math.max(bandwidth, Math.abs(row - column));
    }),
  );
  if (count === 0) return 'zero';
  if (h.rows !== h.columns) return count < 0.25 * h.rows * h.columns ? 'sparse' : 'dense';
  if (bandwidth === 0 && h.rows > 1) return 'diagonal';
  const blocks = blockCount(columns, values);
  if (blocks > 1 && count > h.rows) return 'block-diagonal';
  if (h.rows > 4 && bandwidth <= Math.max(1, h.rows / 10)) return 'banded';
  return count < 0.25 * h.rows * h.columns ? 'sparse' : 'dense';
}

/** How many blocks of consecutive rows and columns the non-zeros fall into. */
function blockCount(columns: Sparse['columns'], values: Sparse['values']): number {
  const reach = columns.map((members, row) => {
    let furthest = row;
    members?.forEach((column, k) => {
      if ((values[row]?.[k] ?? 0) !== 0) furthest = Math.max(furthest, column);
    });
    return furthest;
  });
  const nearest = columns.map((members, row) => {
    let first = row;
    members?.forEach((column, k) => {
      if ((values[row]?.[k] ?? 0) !== 0) first = Math.min(first, column);
    });
    return first;
  });
  let blocks = 0;
  let end = -1;
  for (let row = 0; row < reach.length; row++) {
    if (row > end && (nearest[row] ?? row) >= row) blocks++;
    end = Math.max(end, reach[row] ?? row);
  }
  return blocks;
}

/** Cut into blocks of row source by column source, each in the form that is smallest on its way. */
function pack(matrix: Sparse, h: SecondDerivative): PackedBlock[][] {
  const blocks: PackedBlock[][] = [];
  let firstRow = 0;
  for (const rows of h.rowSizes) {
    const line: PackedBlock[] = [];
    let firstColumn = 0;
    for (const columns of h.columnSizes) {
      line.push(packBlock(matrix, firstRow, rows, firstColumn, columns));
      firstColumn += columns;
    }
    blocks.push(line);
    firstRow += rows;
  }
  return blocks;
}

function packBlock({ columns, values }: Sparse, firstRow: number, rows: number, firstColumn: number, width: number): PackedBlock {
  const positions: number[] = [];
  const numbers: number[] = [];
  for (let row = 0; row < rows; row++)
    columns[firstRow + row]?.forEach((column, k) => {
      const v = values[firstRow + row]?.[k] ?? 0;
      if (v === 0 || column < firstColumn || column >= firstColumn + width) return;
      positions.push(row * width + column - firstColumn);
      numbers.push(v);
    });
  if (numbers.length === 0) return { kind: 'zero', rows, columns: width };
  if (numbers.length * 2 < rows * width)
    return { kind: 'coordinates', rows, columns: width, positions: Int32Array.from(positions), values: Float32Array.from(numbers) };
  const dense = new Float32Array(rows * width);
  positions.forEach((at, i) => (dense[at] = numbers[i] ?? 0));
  return { kind: 'dense', rows, columns: width, values: dense };
}
