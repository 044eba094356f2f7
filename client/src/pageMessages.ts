// Checks what the page in the panel says before anything is done about it.
import type { ExportFormat, FromPage } from '../webview/messages.ts';

const formats: readonly ExportFormat[] = ['csv', 'npy', 'json', 'png'];

/** The message, or null when it is not one. */
export function readPageMessage(data: unknown): FromPage | null {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return null;
  const fields: Readonly<Record<string, unknown>> = { ...data };
  switch (fields.kind) {
    case 'ready':
    case 'cancel':
    case 'again':
    case 'manageTrust':
      return { kind: fields.kind };
    case 'reveal': {
      const { file, line } = fields;
      if (typeof line !== 'number' || !Number.isInteger(line) || line < 1) return null;
      return file === null || typeof file === 'string' ? { kind: 'reveal', file, line } : null;
    }
    case 'rule':
      return typeof fields.code === 'string' && /^TL\d{3}$/.test(fields.code) ? { kind: 'rule', code: fields.code } : null;
    case 'save': {
      const format = formats.find((name) => name === fields.format);
      const bytes = bytesOf(fields.bytes);
      const { name } = fields;
      if (!format || !bytes || typeof name !== 'string' || !/^[\w-]+\.[a-z]+$/.test(name)) return null;
      return { kind: 'save', format, name, bytes };
    }
    default:
      return null;
  }
}

function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
}
