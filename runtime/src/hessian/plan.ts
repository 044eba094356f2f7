// In which directions a second derivative is asked for: its sparsity pattern, and columns that share a direction.
import { patternsByAxis } from './axes.ts';
import { type Colouring, colourColumns } from './colouring.ts';
import type { SecondDerivative } from './derivative.ts';
import { patternsByElement } from './elements.ts';
import { densePattern, nonzerosOfBands, type Pattern, patternOfBands, patternOfSets } from './pattern.ts';
import { Sets } from './sets.ts';
import { colourSymmetric, symmetricPart } from './star.ts';

export interface Plan {
  readonly pattern: Pattern;
  readonly colouring: Colouring;
  /** Whether elements may be read on the other side of the diagonal. */
  readonly symmetric: boolean;
}

/** Elements of a Hessian that are held at all: 400 MB of float32. */
const MOST_NONZEROS = 100_000_000;
/** Work that is put into a colouring. */
const MOST_STEPS = 100_000_000;
/** So few directions are not worth a closer look at the pattern. */
const FEW = 32;
/** Elements of all tensors on the way, up to which a pattern is looked for element by element. */
const MOST_ELEMENTS = 8_000_000;

/** `limit`: up to how many rows and columns it is held whole; a larger one no more elements and directions than that makes. null where there are more. */
export function planOf(h: SecondDerivative, limit: number): Plan | null {
  const fits = h.rows <= limit && h.columns <= limit;
  const most = fits ? MOST_NONZEROS : Math.min(limit * limit, MOST_NONZEROS);
  const coarse = byAxis(h, most);
  if (coarse !== null && coarse.colouring.count <= Math.min(FEW, limit)) return coarse;
  const fine = h.elements <= MOST_ELEMENTS ? byElement(h, most) : null;
  const plans = [coarse, fine].filter((plan) => plan !== null);
  const best = plans.reduce<Plan | null>((a, b) => (a === null || b.colouring.count < a.colouring.count ? b : a), null);
  if (fits) return best ?? (h.rows * h.columns <= MOST_NONZEROS ? dense(h) : null);
  return best !== null && best.colouring.count <= limit ? best : null;
}

function byAxis(h: SecondDerivative, most: number): Plan | null {
  const found = patternsByAxis(h.eager, h.ops, h.leaves, h.present);
  const bands = inPlace(h, found);
  const nonzeros = nonzerosOfBands(bands, h.rowSizes, h.leaves);
  if (nonzeros > most) return null;
  if (isNearlyFull(h, nonzeros)) return dense(h);
  return coloured(
    h,
    patternOfBands(
      bands,
      h.question.rows.map(({ shape }) => shape),
      h.leaves,
    ),
  );
}

function byElement(h: SecondDerivative, most: number): Plan | null {
  const sets = new Sets(h.columns);
  const found = inPlace(h, patternsByElement(h.eager, h.ops, h.leaves, h.present, sets));
  let nonzeros = 0;
  for (const list of found) if (list) for (const set of list) nonzeros += sets.sizeOf(set);
  if (nonzeros > most) return null;
  return isNearlyFull(h, nonzeros) ? dense(h) : coloured(h, patternOfSets(sets, found, h.rowSizes));
}

/** So many elements that there is nothing to be saved by leaving the others out. */
const isNearlyFull = (h: SecondDerivative, nonzeros: number): boolean => 2 * nonzeros > h.rows * h.columns;

/** Every column in a direction of its own. */
function dense(h: SecondDerivative): Plan {
  const { rows, columns } = h;
  const colouring = { colours: Int32Array.from({ length: columns }, (_, column) => column), count: columns, isDirect: true };
  return { pattern: densePattern(rows, columns), colouring, symmetric: h.isSquare };
}

/** What was found for the present parts of the gradient, one entry for every part. */
function inPlace<T>(h: SecondDerivative, found: readonly (T | null)[]): (T | null)[] {
  let next = 0;
  return h.gradient.map((g) => (g ? (found[next++] ?? null) : null));
}

function coloured(h: SecondDerivative, pattern: Pattern): Plan {
  // More work than the directions take is not worth saving any.
  const mostSteps = Math.min(MOST_STEPS, (h.columns * h.elements) / 4);
  if (!h.isSquare) return { pattern, colouring: colourColumns(pattern, mostSteps), symmetric: false };
  const both = symmetricPart(pattern);
  return { pattern: both, colouring: colourSymmetric(both, mostSteps), symmetric: true };
}
