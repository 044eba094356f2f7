// A Hessian too large to hold: its outermost eigenvalues, their sum and how they are spread, from Hessian-vector products alone. What is found is told as it is found.
import type { Eigenvectors, Spectrum } from '../host/protocol.ts';
import { densityOf, traceOf } from './density.ts';
import { type Extremes, extremesOf } from './extremes.ts';
import type { SymmetricOperator } from './operator.ts';

/** Eigenvalues at each end, and products that are put into each estimate. */
const COUNT = 5;
const PRODUCTS = { extremes: 240, trace: 30, density: { probes: 6, steps: 30 } };
/** Products in float32 are no better than this, relative to the largest eigenvalue. */
const TOLERANCE = 1e-5;

export interface SpectrumOptions {
  /** True once there is no time for more. */
  readonly isLate: () => boolean;
  readonly onProgress: (done: number, total: number) => void;
  /** What is known so far. */
  readonly onPart: (found: Found) => void;
}

export interface Found {
  readonly spectrum: Spectrum;
  readonly eigenvectors: Eigenvectors;
}

export function spectrumOf(operator: SymmetricOperator, { isLate, onProgress, onPart }: SpectrumOptions): Found {
  const { probes, steps } = PRODUCTS.density;
  const total = PRODUCTS.extremes + PRODUCTS.trace + probes * steps;
  let found: Found = {
    spectrum: {
      smallest: [],
      largest: [],
      errors: { smallest: [], largest: [] },
      density: [],
      trace: null,
      products: 0,
      isComplete: false,
    },
    eigenvectors: { smallest: [], largest: [] },
  };
  const tell = (more: Partial<Spectrum>, eigenvectors = found.eigenvectors): void => {
    found = { spectrum: { ...found.spectrum, ...more }, eigenvectors };
    onPart(found);
  };
  const spent = (): number => found.spectrum.products ?? 0;
  // The estimates share what there is: an early end of one leaves the bar where the next one starts.
  const from = (base: number, scale = 1) => {
    return (done: number): boolean => {
      onProgress(Math.min(base + done * scale, total), total);
      return isLate();
    };
  };
  const extremes = extremesOf(operator, {
    count: COUNT,
    mostProducts: PRODUCTS.extremes,
    tolerance: TOLERANCE,
    onProduct: from(0),
    onRound: (now) => tell(valuesOf(now), vectorsOf(now)),
  });
  tell(valuesOf(extremes), vectorsOf(extremes));
  if (!isLate()) {
    const trace = traceOf(operator, PRODUCTS.trace, from(PRODUCTS.extremes));
    tell({ trace, products: spent() + PRODUCTS.trace });
  }
  if (!isLate()) {
    const density = densityOf(operator, probes, steps, from(PRODUCTS.extremes + PRODUCTS.trace, probes));
    tell({ density, products: spent() + probes * steps });
  }
  tell({ isComplete: !isLate() });
  return found;
}

const valuesOf = ({ smallest, largest, products }: Extremes): Partial<Spectrum> => ({
  smallest: smallest.map(({ value }) => value),
  largest: largest.map(({ value }) => value),
  errors: { smallest: smallest.map(({ error }) => error), largest: largest.map(({ error }) => error) },
  products,
});

const vectorsOf = ({ smallest, largest }: Extremes): Eigenvectors => ({
  smallest: smallest.map(({ vector }) => Float32Array.from(vector)),
  largest: largest.map(({ vector }) => Float32Array.from(vector)),
});
