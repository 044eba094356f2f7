// The Hessian at a gradient call: forward-over-reverse on the trace, as few directions as its sparsity allows.
import type { EngineName, ComputedHessian, PackedBlock, Progress } from '../host/protocol.ts';
import type { GradientCall, Session } from '../session.ts';
import { check, directionOf } from './checks.ts';
import { columnsOf } from './columns.ts';
import { SecondDerivative } from './derivative.ts';
import { pack } from './packing.ts';
import { planOf } from './plan.ts';
import { questionOf, shapeOf } from './question.ts';
import { lanczos } from './spectrum.ts';
import { structureOf } from './structure.ts';

export interface Computed {
  readonly result: ComputedHessian;
  readonly blocks: readonly (readonly PackedBlock[])[] | null;
}

export interface HessianOptions {
  readonly wrt?: string | undefined;
  readonly component?: readonly number[] | undefined;
  readonly engine: EngineName;
  readonly tensorflow: ComputedHessian['tensorflow'];
  readonly notes: readonly string[];
  /** What came before, for the times in the result. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly onProgress: (progress: Progress) => void;
}

/** The Hessian, or a sentence that says why there is none. Raises NoDerivative where an op on the way has no derivative here. */
export function computeHessian(session: Session, call: GradientCall, options: HessianOptions): Computed | string {
  const { eager } = session;
  eager.tapes = [];
  const question = questionOf(eager, call, options);
  if (typeof question === 'string') return question;
  const started = performance.now();
  options.onProgress({ stage: 'differentiating', done: 0, total: 0 });
  const h = new SecondDerivative(eager, question);
  const differentiated = performance.now();
  const common = {
    version: 1 as const,
    engine: options.engine,
    call: { line: call.position.line, column: call.position.column },
    target: question.target,
    rows: question.rows.map(({ name, shape }) => ({ name, shape })),
    columns: question.columns.map((s) => ({ name: s.name, shape: shapeOf(s) })),
    tensorflow: options.tensorflow,
  };
  const plan = planOf(h);
  const planned = performance.now();
  if (plan === null) return tooLarge(h, common, options, { differentiate: differentiated - started, sparsity: planned - differentiated });
  const columns = columnsOf(h, plan, (done, total) => options.onProgress({ stage: 'differentiating', done, total }));
  const solved = performance.now();
  options.onProgress({ stage: 'checking', done: 0, total: 0 });
  const direction = directionOf(h);
  const checks = check(h, direction, columns.matrix.times(direction));
  const checked = performance.now();
  const structure = structureOf(columns.matrix);
  const blocks = pack(columns.matrix, h.rowSizes, h.columnSizes);
  return {
    result: {
      ...common,
      structure,
      notes: [...options.notes, ...question.notes],
      checks: { asymmetry: columns.asymmetry === null || !Number.isFinite(columns.asymmetry) ? null : columns.asymmetry, ...checks },
      directions: columns.directions,
      milliseconds: {
        ...options.milliseconds,
        differentiate: differentiated - started,
        sparsity: planned - differentiated,
        directions: solved - planned,
        check: checked - solved,
        pack: performance.now() - checked,
      },
    },
    blocks,
  };
}

type Common = Pick<ComputedHessian, 'version' | 'engine' | 'call' | 'target' | 'rows' | 'columns' | 'tensorflow'>;

function tooLarge(h: SecondDerivative, common: Common, options: HessianOptions, milliseconds: Readonly<Record<string, number>>): Computed {
  const began = performance.now();
  const spectrum = h.isSquare ? lanczos(h, (done, total) => options.onProgress({ stage: 'differentiating', done, total })) : undefined;
  const solved = performance.now();
  const direction = directionOf(h);
  const checks = check(h, direction, h.apply(Float32Array.from(direction), 1) ?? new Float32Array(h.rows));
  return {
    result: {
      ...common,
      structure: 'dense',
      notes: [
        ...options.notes,
        ...h.question.notes,
        `The Hessian has ${h.rows} × ${h.columns} elements, too many to hold: its spectrum is estimated from Hessian-vector products.`,
      ],
      checks: { asymmetry: null, ...checks },
      directions: spectrum ? spectrum.density.length : 0,
      milliseconds: { ...options.milliseconds, ...milliseconds, directions: solved - began, check: performance.now() - solved },
      ...(spectrum && { spectrum }),
    },
    blocks: null,
  };
}
