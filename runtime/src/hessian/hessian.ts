// The Hessian at a gradient call: forward-over-reverse on the trace, as few directions as its sparsity allows; where it is too large to hold, what products with it tell.
import {
  type Block,
  type ComputedHessian,
  DEFAULT_DENSE_LIMIT,
  type Eigenvectors,
  type EngineName,
  type ExpectedBlock,
  type HessianRequest,
  type PackedBlock,
  type Progress,
} from '../host/protocol.ts';
import type { Tensor } from '../../../core/tensor.ts';
import type { GradientCall, Session, Where } from '../session.ts';
import { type Checks, check, directionOf } from './checks.ts';
import { asymmetryAlong, type Columns, columnsOf } from './columns.ts';
import { SecondDerivative } from './derivative.ts';
import { differenceFromTensorflow } from './comparison.ts';
import { isConstant } from './constant.ts';
import { type Fault, faultOf } from './faults.ts';
import type { Matrix } from './matrix.ts';
import { eigenvalues, newtonStep } from './numbers.ts';
import { operatorOf } from './operator.ts';
import { pack, packExamples } from './packing.ts';
import { type Plan, planOf } from './plan.ts';
import { nameOf, type Question, questionOf, shapeOf } from './question.ts';
import { type Found, spectrumOf } from './spectrum.ts';
import { structureOf } from './structure.ts';

export interface Computed {
  readonly result: ComputedHessian;
  readonly eigenvectors: Eigenvectors | null;
  readonly newtonStep: readonly Block[] | null;
}

export interface Told {
  readonly tensorflow: ComputedHessian['tensorflow'];
  readonly notes: readonly string[];
}

export interface HessianOptions extends Pick<HessianRequest, 'wrt' | 'component' | 'denseLimit' | 'eigenvalues' | 'newton'> {
  readonly engine: EngineName;
  /** What is told beside the numbers; asked for once they are out. */
  readonly told: () => Told;
  /** What the program's own call gave, where it was carried out. */
  readonly results?: readonly (Tensor | null)[] | null;
  /** What came before, for the times in the result. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly onProgress: (progress: Progress) => void;
  /** Which blocks will come, where they are large and mostly zeros. */
  readonly onExpected?: (blocks: readonly ExpectedBlock[]) => void;
  /** The numbers, as soon as they are there: what else is told of them takes longer. `fits`: they may be unpacked, zeros and all they are not too large. */
  readonly onMatrix: (blocks: readonly (readonly PackedBlock[])[], fits: boolean) => void;
  /** What there is so far of a result that takes long. */
  readonly onPart?: (result: ComputedHessian, eigenvectors: Eigenvectors | null) => void;
  /** When there is no more time for estimates that can be cut short. */
  readonly isLate?: () => boolean;
}

/** The Hessian, or a sentence that says why there is none. Raises NoDerivative where an op on the way has no derivative here. */
export function computeHessian(session: Session, call: GradientCall, options: HessianOptions): Computed | string {
  const { eager } = session;
  eager.tapes = [];
  const question = questionOf(eager, call, options);
  return typeof question === 'string' ? question : new Computation(session, call, question, options).run();
}

class Computation {
  private readonly milliseconds: Record<string, number>;
  private readonly notes: string[];
  private last = performance.now();

  constructor(
    private readonly session: Session,
    private readonly call: GradientCall,
    private readonly question: Question,
    private readonly options: HessianOptions,
  ) {
    this.milliseconds = { ...options.milliseconds };
    this.notes = [...question.notes];
  }

  run(): Computed {
    this.progress('differentiating', 0, 0);
    const h = new SecondDerivative(this.session.eager, this.question);
    this.took('differentiate');
    const limit = this.options.denseLimit ?? DEFAULT_DENSE_LIMIT;
    const fits = h.rows <= limit && h.columns <= limit;
    if (fits && this.question.examples === null && h.rows * h.columns >= LARGE) this.options.onExpected?.(blocksOf(h));
    const plan = planOf(h, limit);
    this.took('sparsity');
    return plan ? this.held(h, plan, fits) : this.tooLarge(h);
  }

  /** Every element that may be other than zero. */
  private held(h: SecondDerivative, plan: Plan, fits: boolean): Computed {
    const columns = columnsOf(h, plan, (done, total) => this.progress('differentiating', done, total));
    const { matrix } = columns;
    this.took('directions');
    this.options.onMatrix(this.packed(h, matrix), fits);
    this.took('pack');
    const tensorflow = this.tell();
    this.progress('checking', 0, 0);
    const direction = directionOf(h);
    const checks = check(h, direction, matrix.times(direction));
    const asymmetry = columns.asymmetry ?? (h.isSquare ? asymmetryAlong(h) : null);
    const structure = structureOf(matrix);
    const constant = isConstant(this.session, h, columns);
    this.notes.push(...noteOnZero(columns, matrix));
    const difference = differenceFromTensorflow(this.session, { call: this.call, results: this.options.results ?? null }, h, matrix);
    this.notes.push(...notesOnEngine(this.session, h), ...(difference === null ? [] : [difference]));
    const fault = faultOf(h, matrix);
    const where = fault && this.session.placeOf(fault.place);
    if (fault) this.notes.push(noteOnFault(fault, where));
    this.took('check');
    const resultOf = (numbers: Partial<ComputedHessian>): ComputedHessian => ({
      ...this.common(tensorflow),
      structure,
      notes: this.notes,
      checks: { asymmetry: finite(asymmetry), ...checks },
      directions: columns.directions,
      milliseconds: this.milliseconds,
      ...(constant && { constant }),
      ...(fault && { fault: { operation: fault.operation, kind: fault.kind, value: fault.value, ...where } }),
      ...numbers,
    });
    const wanted = { eigenvalues: this.options.eigenvalues === true && h.isSquare, newton: this.options.newton === true };
    if (!wanted.eigenvalues && !wanted.newton) return { result: resultOf({}), eigenvectors: null, newtonStep: null };
    this.options.onPart?.(resultOf({}), null);
    const found = wanted.eigenvalues ? eigenvalues(matrix) : null;
    const newton = wanted.newton ? this.newton(h, matrix) : null;
    this.took('numbers');
    return {
      result: resultOf({
        ...(found && { eigenvalues: found }),
        ...(newton && { newton: { residual: newton.residual, descends: newton.descends } }),
      }),
      eigenvectors: null,
      newtonStep: newton?.parts ?? null,
    };
  }

  private packed(h: SecondDerivative, matrix: Matrix): PackedBlock[][] {
    const { examples } = this.question;
    if (examples === null) return pack(matrix, h.rowSizes, h.columnSizes);
    const { blocks, isWhole } = packExamples(matrix, examples, h.rowSizes, h.columnSizes);
    if (!isWhole)
      this.notes.push('The examples depend on each other: what lies between them is left out here, as batch_jacobian leaves it out.');
    return blocks;
  }

  private newton(h: SecondDerivative, matrix: Matrix): { residual: number; descends: boolean; parts: Block[] } | null {
    if (!h.isSquare) {
      this.notes.push('There is no Newton step: rows and columns are not the same variables.');
      return null;
    }
    const found = newtonStep(matrix, h.gradientNumbers());
    if (typeof found === 'string') {
      this.notes.push(found);
      return null;
    }
    let at = 0;
    return { ...found, parts: h.rowSizes.map((size) => found.step.slice(at, (at += size))) };
  }

  /** Too much to hold: products with vectors, as long as there is time for them. */
  private tooLarge(h: SecondDerivative): Computed {
    const tensorflow = this.tell();
    this.notes.push(
      `The Hessian has ${h.rows} × ${h.columns} elements, too many to hold: what is told of it comes from Hessian-vector products.`,
    );
    if (!h.isSquare) this.notes.push('Rows and columns are not the same variables, so it has no eigenvalues.');
    const direction = directionOf(h);
    const product = h.apply(h.like instanceof Float64Array ? direction : Float32Array.from(direction), 1);
    const checks = check(h, direction, product ?? new Float64Array(h.rows));
    const asymmetry = h.isSquare ? asymmetryAlong(h) : null;
    this.took('check');
    this.notes.push(...notesOnEngine(this.session, h));
    const resultOf = (found: Found | null): ComputedHessian => ({
      ...this.common(tensorflow),
      structure: 'dense',
      notes: this.notes,
      checks: { asymmetry: finite(asymmetry), ...checks },
      directions: found?.spectrum.products ?? 0,
      milliseconds: this.milliseconds,
      ...(found && { spectrum: found.spectrum }),
    });
    const found = h.isSquare
      ? spectrumOf(operatorOf(h), {
          isLate: this.options.isLate ?? (() => false),
          onProgress: (done, total) => this.progress('differentiating', done, total),
          onPart: (part) => {
            this.took('spectrum');
            this.options.onPart?.(resultOf(part), part.eigenvectors);
          },
        })
      : null;
    if (found?.spectrum.isComplete === false) this.notes.push('The time was up before all estimates were made.');
    return { result: resultOf(found), eigenvectors: found?.eigenvectors ?? null, newtonStep: null };
  }

  /** What TensorFlow gives; notes come before all others. */
  private tell(): ComputedHessian['tensorflow'] {
    const { tensorflow, notes } = this.options.told();
    this.notes.unshift(...notes);
    this.took('tensorflow');
    return tensorflow;
  }

  private common(
    tensorflow: ComputedHessian['tensorflow'],
  ): Pick<ComputedHessian, 'version' | 'engine' | 'call' | 'target' | 'rows' | 'columns' | 'tensorflow'> {
    const { target, rows, columns, examples } = this.question;
    const { line, column } = this.call.position;
    return {
      version: 1,
      engine: this.options.engine,
      call: { line, column },
      target,
      rows: rows.map(({ name, shape }) => ({ name, shape })),
      columns: columns.map((source) => ({ name: nameOf(source), shape: examples === null ? shapeOf(source) : shapeOf(source).slice(1) })),
      tensorflow,
    };
  }

  private progress(stage: Progress['stage'], done: number, total: number): void {
    this.options.onProgress({ stage, done, total });
  }

  /** What has passed since the last time goes to a stage. */
  private took(stage: string): void {
    const now = performance.now();
    this.milliseconds[stage] = (this.milliseconds[stage] ?? 0) + now - this.last;
    this.last = now;
  }
}

/** So many elements that the system takes its time over their memory. */
const LARGE = 100_000;

const blocksOf = ({ rowSizes, columnSizes, like }: SecondDerivative): ExpectedBlock[] =>
  rowSizes.flatMap((rows) => columnSizes.map((columns) => ({ size: rows * columns, precise: like instanceof Float64Array })));

const finite = (error: number | null): number | null => (error !== null && Number.isFinite(error) ? error : null);

function noteOnFault({ operation, kind, value }: Fault, where: Where | null): string {
  const place = where === null ? '' : ` at line ${where.line}${where.file === undefined ? '' : ` of ${where.file}`}`;
  switch (kind) {
    case 'source':
      return `${operation} itself holds ${value}.`;
    case 'constant':
      return `The first number that is not finite, ${value}, is in a constant that ${operation}${place} is given.`;
    case 'operation':
      return `The first number that is not finite, ${value}, is made by ${operation}${place}, out of finite ones.`;
    case 'derivative':
      return `The first number that is not finite, ${value}, is made by the derivative of ${operation}${place}, out of finite ones.`;
  }
}

/** What was computed in single precision that the program has in double, and what the engine left to pure JavaScript. */
function notesOnEngine({ backend }: Session, h: SecondDerivative): string[] {
  const { narrowed, kernels } = backend;
  const isComplex = h.ops.some(({ outputs }) => outputs.some(({ dtype }) => dtype === 'complex128'));
  return [
    ...(narrowed.size > 0 ? [`float64 is computed in float32 by ${[...narrowed].sort().join(', ')}.`] : []),
    ...(isComplex ? ['complex128 is computed in complex64, in single precision.'] : []),
    ...(kernels.passedOver.size > 0
      ? [`${[...kernels.passedOver].sort().join(', ')} ran in pure JavaScript: the engine has no such kernel, or a wrong one.`]
      : []),
  ];
}

/** Zeros that are told apart: for every input, nearly everywhere, or only here. */
function noteOnZero({ isZero, directions }: Columns, matrix: Matrix): string[] {
  if (matrix.rows * matrix.columns === 0) return ['There is nothing to differentiate by: the sources have no elements.'];
  if (isZero) return directions === 0 ? [] : ['It is zero nearly everywhere: the target is piecewise linear.'];
  return matrix.values.every((value) => value === 0) ? ['Every number is zero at this point, though not for every input.'] : [];
}

export type { Checks };
