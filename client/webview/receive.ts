// Checks what arrives from the extension, or was embedded in the file, before anything is shown.
import type {
  Block,
  Eigenvalues,
  Failure,
  HessianResult,
  NamedShape,
  PackedBlock,
  Progress,
  Spectrum,
} from '../../runtime/src/host/protocol.ts';
import type { Subject, Told, ToPage } from './messages.ts';
import { fromBase64, sizeOf } from './packing.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The message, or null when it is not one. */
export function receive(data: unknown): ToPage | null {
  if (!isFields(data)) return null;
  const subject = subjectOf(data.subject);
  if (!subject) return null;
  switch (data.kind) {
    case 'running': {
      const progress = progressOf(data.progress);
      return progress && { kind: 'running', subject, progress };
    }
    case 'result': {
      const told = toldOf(data, subject);
      const blocks = told && blocksOf(told.result, data.blocks);
      return told && blocks !== undefined ? { kind: 'result', blocks, ...told } : null;
    }
    case 'update': {
      const told = toldOf(data, subject);
      return told && { kind: 'update', ...told };
    }
    case 'failed': {
      const error = failureOf(data.error);
      return (
        error && {
          kind: 'failed',
          subject,
          error,
          place: textOf(data.place),
          nextStep: textOf(data.nextStep),
          output: textOf(data.output) ?? '',
        }
      );
    }
    case 'nothing':
      return { kind: 'nothing', subject, message: textOf(data.message) ?? '' };
    case 'cancelled':
    case 'untrusted':
    case 'idle':
      return { kind: data.kind, subject };
    default:
      return null;
  }
}

function toldOf(data: Fields, subject: Subject): Told | null {
  const result = resultOf(data.result);
  return (
    result && {
      subject,
      result,
      reasons: reasonsOf(data.reasons),
      place: textOf(data.place) ?? '',
      output: textOf(data.output) ?? '',
      warnings: textsOf(data.warnings) ?? [],
      isPart: data.isPart === true,
    }
  );
}

/** What renderPage put into the page. */
export function receiveEmbedded(text: string): Extract<ToPage, { kind: 'result' }> | null {
  const data: unknown = JSON.parse(text);
  if (!isFields(data)) return null;
  const blocks = Array.isArray(data.blocks) ? data.blocks.map((row: unknown) => (Array.isArray(row) ? row.map(unembed) : row)) : null;
  const line = isFields(data.result) && isFields(data.result.call) ? `line ${String(data.result.call.line)}` : '';
  const message = receive({ kind: 'result', subject: { file: '', uri: '', line: null }, result: data.result, place: line, blocks });
  return message?.kind === 'result' ? message : null;
}

function unembed(block: unknown): unknown {
  if (!isFields(block) || block.kind === 'zero') return block;
  const numbers = (text: unknown): Block => {
    const buffer = fromBase64(String(text));
    return block.type === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer);
  };
  const values = numbers(block.values);
  return block.kind === 'coordinates'
    ? { ...block, positions: new Int32Array(fromBase64(String(block.positions))), values }
    : { ...block, values };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}

/** A number, or the text that stands for one that JSON cannot hold. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : null;
}

function numbersOf(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null;
  const numbers = value.map(numberOf);
  return numbers.every((item) => item !== null) ? numbers : null;
}

function subjectOf(value: unknown): Subject | null {
  if (!isFields(value) || typeof value.file !== 'string') return null;
  return { file: value.file, uri: textOf(value.uri) ?? '', line: typeof value.line === 'number' ? value.line : null };
}

function reasonsOf(value: unknown): { rule: string; sentence: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) =>
    isFields(item) && typeof item.rule === 'string' && typeof item.sentence === 'string'
      ? [{ rule: item.rule, sentence: item.sentence }]
      : [],
  );
}

function progressOf(value: unknown): Progress | null {
  if (!isFields(value) || typeof value.done !== 'number' || typeof value.total !== 'number') return null;
  const stage = (['asking', 'starting', 'running', 'recording', 'differentiating', 'checking'] as const).find(
    (name) => name === value.stage,
  );
  return stage ? { stage, done: value.done, total: value.total } : null;
}

function failureOf(value: unknown): Failure | null {
  if (!isFields(value) || typeof value.message !== 'string') return null;
  const kinds = ['snippet', 'unreached', 'timeout', 'memory', 'cancelled', 'unsupported', 'crashed', 'engine'] as const;
  const kind = kinds.find((name) => name === value.kind);
  if (!kind) return null;
  return {
    kind,
    message: value.message,
    ...(typeof value.type === 'string' && { type: value.type }),
    ...(typeof value.file === 'string' && { file: value.file }),
    ...(typeof value.line === 'number' && { line: value.line }),
    ...(typeof value.traceback === 'string' && { traceback: value.traceback }),
  };
}

function namedShapeOf(value: unknown): NamedShape | null {
  if (!isFields(value) || typeof value.name !== 'string') return null;
  const shape = numbersOf(value.shape);
  return shape?.every((extent) => Number.isInteger(extent) && extent >= 0) ? { name: value.name, shape } : null;
}

function namedShapesOf(value: unknown): NamedShape[] | null {
  if (!Array.isArray(value)) return null;
  const shapes = value.map(namedShapeOf);
  return shapes.every((shape) => shape !== null) ? shapes : null;
}

function resultOf(value: unknown): HessianResult | null {
  if (!isFields(value) || value.version !== 1) return null;
  const { call, tensorflow, checks, milliseconds } = value;
  const engine = (['node', 'wasm', 'cpu'] as const).find((name) => name === value.engine);
  const structures = ['zero', 'diagonal', 'block-diagonal', 'banded', 'arrow', 'sparse', 'dense'] as const;
  const structure = structures.find((name) => name === value.structure);
  const outcomes = ['none', 'zeros', 'value', 'mixed', 'unknown', 'raises'] as const;
  const outcome = isFields(tensorflow) ? outcomes.find((name) => name === tensorflow.outcome) : undefined;
  const target = namedShapeOf(value.target);
  const rows = namedShapesOf(value.rows);
  const columns = namedShapesOf(value.columns);
  const notes = textsOf(value.notes);
  if (!engine || !structure || !outcome || !target || !rows || !columns || !notes) return null;
  if (!isFields(call) || !isFields(tensorflow) || !isFields(checks) || !isFields(milliseconds)) return null;
  if (typeof call.line !== 'number' || typeof call.column !== 'number' || typeof value.directions !== 'number') return null;
  const spectrum = spectrumOf(value.spectrum);
  const eigenvalues = eigenvaluesOf(value.eigenvalues);
  const newton = newtonOf(value.newton);
  return {
    version: 1,
    engine,
    engineReason: textOf(value.engineReason) ?? '',
    weakness: textOf(value.weakness),
    call: { line: call.line, column: call.column },
    target,
    rows,
    columns,
    structure,
    tensorflow: {
      ...(tensorflow.library === 'TensorFlow.js' && { library: 'TensorFlow.js' as const }),
      ...{ outcome, rule: textOf(tensorflow.rule), reason: textOf(tensorflow.reason) },
    },
    notes,
    checks: { asymmetry: numberOf(checks.asymmetry), gradient: numberOf(checks.gradient), hessian: numberOf(checks.hessian) },
    directions: value.directions,
    milliseconds: Object.fromEntries(
      Object.entries(milliseconds).flatMap(([phase, time]) => (typeof time === 'number' ? [[phase, time]] : [])),
    ),
    ...(value.constant === true && { constant: true }),
    ...(eigenvalues && { eigenvalues }),
    ...(newton && { newton }),
    ...(spectrum && { spectrum }),
  };
}

function eigenvaluesOf(value: unknown): Eigenvalues | null {
  if (!isFields(value)) return null;
  const values = numbersOf(value.values);
  const { inertia } = value;
  const counts = isFields(inertia) ? numbersOf([inertia.positive, inertia.negative, inertia.zero, inertia.tolerance]) : null;
  const [positive = 0, negative = 0, zero = 0, tolerance = 0] = counts ?? [];
  return (
    values && {
      values,
      isAll: value.isAll === true,
      condition: numberOf(value.condition),
      inertia: counts && { positive, negative, zero, tolerance },
    }
  );
}

function newtonOf(value: unknown): HessianResult['newton'] | null {
  const residual = isFields(value) ? numberOf(value.residual) : null;
  return isFields(value) && residual !== null ? { residual, descends: value.descends === true } : null;
}

function spectrumOf(value: unknown): Spectrum | null {
  if (!isFields(value) || !Array.isArray(value.density)) return null;
  const smallest = numbersOf(value.smallest);
  const largest = numbersOf(value.largest);
  const density = value.density.flatMap((point: unknown) => {
    if (!isFields(point) || typeof point.at !== 'number' || typeof point.weight !== 'number') return [];
    return [{ at: point.at, weight: point.weight, ...(typeof point.error === 'number' && { error: point.error }) }];
  });
  const { errors, trace } = value;
  const [ofSmallest, ofLargest] = isFields(errors) ? [numbersOf(errors.smallest), numbersOf(errors.largest)] : [null, null];
  const sum = isFields(trace) ? numberOf(trace.value) : null;
  return (
    smallest &&
    largest && {
      smallest,
      largest,
      density,
      ...(ofSmallest && ofLargest && { errors: { smallest: ofSmallest, largest: ofLargest } }),
      ...(isFields(trace) && sum !== null && { trace: { value: sum, error: numberOf(trace.error) } }),
      ...(typeof value.products === 'number' && { products: value.products }),
      ...(typeof value.isComplete === 'boolean' && { isComplete: value.isComplete }),
    }
  );
}

/** Undefined when the blocks do not fit the result; null when there are none to show. */
function blocksOf(result: HessianResult, value: unknown): PackedBlock[][] | null | undefined {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value) || value.length !== result.rows.length) return undefined;
  const blocks = value.map((row: unknown, rowIndex) => {
    if (!Array.isArray(row) || row.length !== result.columns.length) return null;
    const packed = row.map((block: unknown, columnIndex) =>
      blockOf(block, sizeOf(result.rows[rowIndex]?.shape ?? []), sizeOf(result.columns[columnIndex]?.shape ?? [])),
    );
    return packed.every((block) => block !== null) ? packed : null;
  });
  return blocks.every((row) => row !== null) ? blocks : undefined;
}

function blockOf(value: unknown, rows: number, columns: number): PackedBlock | null {
  if (!isFields(value) || value.rows !== rows || value.columns !== columns) return null;
  if (value.kind === 'zero') return { kind: 'zero', rows, columns };
  const { values, positions } = value;
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return null;
  if (value.kind === 'dense') return values.length === rows * columns ? { kind: 'dense', rows, columns, values } : null;
  if (value.kind !== 'coordinates' || !(positions instanceof Int32Array) || positions.length !== values.length) return null;
  const size = rows * columns;
  if (!positions.every((position) => position >= 0 && position < size)) return null;
  return { kind: 'coordinates', rows, columns, positions, values };
}
