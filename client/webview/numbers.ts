// Numbers, shapes, times and engines as text.
import type { EngineName } from '../../runtime/src/host/protocol.ts';

/** Up to six significant digits: as much as a float32 is good for. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e7) return String(Number(value.toPrecision(6)));
  return value.toExponential(4).replace(/\.?0+e/, 'e');
}

/** At most `digits` significant digits: for a cell's small room. */
export function shortNumberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(digits)));
  return value.toExponential(Math.max(0, digits - 2)).replace('e+', 'e');
}

export function countText(count: number): string {
  return count.toLocaleString('en');
}

export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.map(countText).join(' × ');
}

export function timeText(milliseconds: number): string {
  if (milliseconds >= 1000) return `${Number((milliseconds / 1000).toPrecision(3))} s`;
  return `${Number(milliseconds.toPrecision(milliseconds >= 100 ? 3 : 2))} ms`;
}

export function engineText(engine: EngineName): string {
  switch (engine) {
    case 'node':
      return 'tfjs-node';
    case 'wasm':
      return 'embedded, WebAssembly';
    case 'cpu':
      return 'embedded, JavaScript';
  }
}

/** The engine and why it. */
export function engineReasonText({ engine, engineReason }: { readonly engine: EngineName; readonly engineReason: string }): string {
  return engine === 'node' ? engineReason : `${engineText(engine)}: ${engineReason}`;
}
