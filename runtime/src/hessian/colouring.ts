// Which columns can share a direction. Columns of one colour are asked for together, and every element can be told from what comes back.
import type { Pattern } from './pattern.ts';

export interface Colouring {
  /** Of each column; −1 where a column is zero. */
  readonly colours: Int32Array;
  readonly count: number;
  /** Whether every element can be read in its own row. */
  readonly isDirect: boolean;
}

/** No row has two columns of one colour; where finding out would take more than `mostSteps`, every column has its own. Curtis, Powell and Reid (1974); greedy, as Coleman and Moré, "Estimation of sparse Jacobian matrices" (1983). */
export function colourColumns(pattern: Pattern, mostSteps: number): Colouring {
  const { columns } = pattern;
  const rows = transposed(pattern);
  const steps = sumOf(pattern, (size) => size * size);
  if (longest(pattern) === columns || steps > mostSteps) return everyColumn(rows);
  return greedy(columns, (column, forbid) => {
    for (let k = rows.starts[column] as number; k < (rows.starts[column + 1] as number); k++)
      for (const other of pattern.of(rows.members[k] as number)) if (other !== column) forbid(other);
    return rows.starts[column] !== rows.starts[column + 1];
  });
}

function everyColumn({ starts }: Adjacency): Colouring {
  let count = 0;
  const colours = Int32Array.from({ length: starts.length - 1 }, (_, column) => (starts[column] === starts[column + 1] ? -1 : count++));
  return { colours, count, isDirect: true };
}

const sumOf = (pattern: Pattern, f: (size: number) => number): number => {
  let sum = 0;
  for (let row = 0; row < pattern.rows; row++) sum += f(pattern.sizeOf(row));
  return sum;
};
const longest = (pattern: Pattern): number => {
  let most = 0;
  for (let row = 0; row < pattern.rows; row++) most = Math.max(most, pattern.sizeOf(row));
  return most;
};

/** Gives every vertex in turn the first colour that `visit` does not forbid it by naming a neighbour; none where `visit` says it needs none. */
function greedy(vertices: number, visit: (vertex: number, forbid: (neighbour: number) => void) => boolean): Colouring {
  const colours = new Int32Array(vertices).fill(-1);
  const taken = new Int32Array(vertices + 1).fill(-1);
  let count = 0;
  let now = 0;
  const forbid = (neighbour: number): void => {
    const colour = colours[neighbour] as number;
    if (colour >= 0) taken[colour] = now;
  };
  for (now = 0; now < vertices; now++) {
    if (!visit(now, forbid)) continue;
    let free = 0;
    while (taken[free] === now) free++;
    colours[now] = free;
    count = Math.max(count, free + 1);
  }
  return { colours, count, isDirect: true };
}

/** For each vertex its neighbours, ascending. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

/** For each column its rows. */
export function transposed(pattern: Pattern): Adjacency {
  const starts = new Int32Array(pattern.columns + 1);
  for (let row = 0; row < pattern.rows; row++)
    for (const column of pattern.of(row)) starts[column + 1] = (starts[column + 1] as number) + 1;
  for (let i = 0; i < pattern.columns; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice(0, pattern.columns);
  const members = new Int32Array(starts[pattern.columns] as number);
  for (let row = 0; row < pattern.rows; row++)
    for (const column of pattern.of(row)) {
      const at = next[column] as number;
      members[at] = row;
      next[column] = at + 1;
    }
  return { starts, members };
}
