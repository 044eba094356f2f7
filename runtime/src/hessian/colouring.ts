// Columns that no row has together can be asked for in one direction. Coleman and Moré, "Estimation of sparse Jacobian matrices and graph coloring problems" (1983).
import type { Sets } from './sparsity.ts';

/** A colour for every column, and how many there are: greedy, in the order of the columns. `rows` are the numbers of the sets that occur. */
export function colour(sets: Sets, rows: ReadonlySet<number>, columns: number): { readonly colours: Int32Array; readonly count: number } {
  const colours = new Int32Array(columns).fill(-1);
  const lists = [...rows].map((set) => sets.members[set] ?? new Int32Array(0));
  if (lists.some((members) => members.length === columns)) return { colours: colours.map((_, i) => i), count: columns };
  const rowsOf: number[][] = Array.from({ length: columns }, () => []);
  lists.forEach((members, row) => {
    for (const column of members) rowsOf[column]?.push(row);
  });
  const taken = new Int32Array(columns + 1).fill(-1);
  let count = 0;
  for (let column = 0; column < columns; column++) {
    for (const row of rowsOf[column] ?? [])
      for (const other of lists[row] ?? []) if ((colours[other] ?? -1) >= 0) taken[colours[other] ?? 0] = column;
    let free = 0;
    while (taken[free] === column) free++;
    // A column in no row needs no direction.
    colours[column] = (rowsOf[column]?.length ?? 0) === 0 ? -1 : free;
    if ((colours[column] ?? -1) >= count) count = free + 1;
  }
  return { colours, count };
}
