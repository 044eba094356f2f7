// Which directions go through the trace together, as many as fit memory, and which rows each pass is asked for.
import type { Colouring } from './colouring.ts';
import type { SecondDerivative } from './derivative.ts';
import type { Plan } from './plan.ts';

export interface Pass {
  /** Directions from … to. */
  readonly from: number;
  readonly to: number;
  /** For each row source whether its rows are asked for. Of a symmetric matrix the others are known from the passes before, on the other side of the diagonal. */
  readonly asked: readonly boolean[];
}

/** Elements of the largest tangent at a time: 4 MB of float32, so that memory holds many of them. */
const LARGEST_TANGENT = 1_000_000;
/** So many stay near the processor, which is worth a few passes more; each of them takes every op once. */
const NEAR_TANGENT = 125_000;
const FEW_PASSES = 3;

/** Fewer directions than this are not worth a pass of their own. */
const WORTH_A_PASS = 16;

export function passesOf(h: SecondDerivative, { colouring, symmetric }: Plan): Pass[] {
  const { largest } = h;
  const near = Math.max(NEAR_TANGENT / largest, colouring.count / FEW_PASSES);
  const most = Math.max(1, Math.floor(Math.min(LARGEST_TANGENT / largest, Math.ceil(near))));
  // Where directions have to be told apart on the other side, every row is asked for.
  const last = symmetric && colouring.isDirect ? lastColours(h, colouring) : null;
  const passes: Pass[] = [];
  for (const [first, end] of runsOf(h, colouring))
    for (let from = first; from < end; from += most)
      passes.push({ from, to: Math.min(end, from + most), asked: h.rowSizes.map((_, i) => last === null || (last[i] ?? 0) >= from) });
  return passes;
}

/** Directions that move the same sources, as what a direction does not move costs nothing. A few that move others go with those before them. */
function runsOf(h: SecondDerivative, { colours, count }: Colouring): [number, number][] {
  const moves: string[] = Array.from({ length: count }, () => '');
  h.leaves.forEach(({ first }, source) => {
    const seen = new Set<number>();
    for (let k = 0; k < (h.columnSizes[source] ?? 0); k++) seen.add(colours[first + k] as number);
    for (const colour of seen) if (colour >= 0) moves[colour] += `${source},`;
  });
  const runs: [number, number][] = [];
  for (let from = 0, to = 1; from < count; from = to++) {
    while (to < count && moves[to] === moves[from]) to++;
    const before = runs.at(-1);
    if (before && (to - from < WORTH_A_PASS || before[1] - before[0] < WORTH_A_PASS)) before[1] = to;
    else runs.push([from, to]);
  }
  return runs;
}

/** The last colour of each source's columns; −1 where they have none. */
function lastColours(h: SecondDerivative, { colours }: Colouring): number[] {
  return h.leaves.map(({ first }, source) =>
    colours.subarray(first, first + (h.columnSizes[source] ?? 0)).reduce((most, colour) => Math.max(most, colour), -1),
  );
}
