// A Hessian too large to hold: its extreme eigenvalues and spectral density by Lanczos, from Hessian-vector products alone.
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Spectrum } from '../host/protocol.ts';
import type { SecondDerivative } from './derivative.ts';

const STEPS = 40;

/** Golub and Van Loan, "Matrix Computations", 10.1, with full reorthogonalization; the density is the Ritz values with their weights. */
export function lanczos(h: SecondDerivative, onStep: (done: number, total: number) => void): Spectrum {
  const n = h.columns;
  const steps = Math.min(STEPS, n);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let vector = Float64Array.from({ length: n }, (_, i) => (Math.sin(i * 12.9898 + 1) * 43758.5453) % 1);
  let norm = lengthOf(vector);
  for (let k = 0; k < steps && norm > 1e-7; k++) {
    const unit = vector.map((v) => v / norm);
    basis.push(unit);
    const product = Float64Array.from(h.apply(Float32Array.from(unit), 1) ?? new Float32Array(n));
    diagonal.push(dot(product, unit));
    for (const b of basis) {
      const along = dot(product, b);
      for (let i = 0; i < n; i++) product[i] = (product[i] ?? 0) - along * (b[i] ?? 0);
    }
    vector = product;
    norm = lengthOf(vector);
    if (k + 1 < steps && norm > 1e-7) beside.push(norm);
    onStep(k + 1, steps);
  }
  const m = diagonal.length;
  const tridiagonal = Matrix.zeros(m, m);
  diagonal.forEach((d, i) => tridiagonal.set(i, i, d));
  beside.slice(0, m - 1).forEach((b, i) => {
    tridiagonal.set(i, i + 1, b);
    tridiagonal.set(i + 1, i, b);
  });
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(tridiagonal, { assumeSymmetric: true });
  const ritz = realEigenvalues.map((at, i) => ({ at, weight: eigenvectorMatrix.get(0, i) ** 2 })).sort((a, b) => a.at - b.at);
  const values = ritz.map((r) => r.at);
  return { smallest: values.slice(0, 5), largest: values.slice(-5).reverse(), density: ritz };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
const lengthOf = (a: Float64Array): number => Math.sqrt(dot(a, a));
