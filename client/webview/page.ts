// The page as one HTML text with nothing to load: the panel's, waiting for messages, or a file of its own with the result inside.
import type { HessianResult, PackedBlock } from '../../runtime/src/host/protocol.ts';
import { toBase64 } from './packing.ts';

/** A packed block in JSON: its arrays in base64. */
export type EmbeddedBlock =
  | { readonly kind: 'zero'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'dense'; readonly rows: number; readonly columns: number; readonly type: NumberType; readonly values: string }
  | {
      readonly kind: 'coordinates';
      readonly rows: number;
      readonly columns: number;
      readonly type: NumberType;
      readonly positions: string;
      readonly values: string;
    };
export type NumberType = 'float32' | 'float64';

/** A page with the result inside. `script` and `style` are the texts of dist/webview/panel.js and dist/webview/panel.css. */
export function renderPage(
  result: HessianResult,
  blocks: readonly (readonly PackedBlock[])[] | null,
  script: string,
  style: string,
  nonce = randomNonce(),
): string {
  const data = JSON.stringify({ result, blocks: blocks && blocks.map((row) => row.map(embed)) }, numbersAsText).replaceAll('<', '\\u003c');
  const holder = `<script type="application/json" id="tape-lens-data" nonce="${nonce}">${data}</script>`;
  return renderDocument(`Hessian of ${result.target.name}`, holder, script, style, nonce);
}

/** The panel's page: it says that it is ready, and shows what it is then sent. */
export function renderPanel(title: string, script: string, style: string, nonce = randomNonce()): string {
  return renderDocument(title, '', script, style, nonce);
}

export function randomNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function renderDocument(title: string, data: string, script: string, style: string, nonce: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<style nonce="${nonce}">${style.replaceAll('</', '<\\/')}</style>
</head>
<body>
<main id="page"></main>
${data}
<script nonce="${nonce}">${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>
</body>
</html>
`;
}

function embed(block: PackedBlock): EmbeddedBlock {
  if (block.kind === 'zero') return block;
  const { rows, columns } = block;
  const type: NumberType = block.values instanceof Float64Array ? 'float64' : 'float32';
  const values = toBase64(block.values);
  if (block.kind === 'dense') return { kind: 'dense', rows, columns, type, values };
  return { kind: 'coordinates', rows, columns, type, positions: toBase64(block.positions), values };
}

/** JSON has no NaN and no infinities: they are written as text, as the command line does. */
function numbersAsText(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
