// Holds the arrows between the parts: on the sources as they are, and on planted violations, each of which must be found.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, parts, violations } from './arrows.ts';

const root = join(import.meta.dirname, '..', '..');

function sources(): Map<string, string> {
  const found = ['core', 'server', 'runtime', 'client'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(root, folder, path)),
  );
  const code = found.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.includes(`${sep}node_modules${sep}`));
  return new Map(code.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

test('the sources keep to the arrows', () => {
  const files = sources();
  expect(files.size).toBeGreaterThan(0);
  expect(violations(files)).toEqual([]);
});

test('no arrows run in a circle', () => {
  const imports = new Map(parts.map((part) => [part.name, part.imports]));
  const reaches = (from: string, to: string): boolean => (imports.get(from) ?? []).some((next) => next === to || reaches(next, to));
  expect(parts.map((part) => part.name).filter((name) => reaches(name, name))).toEqual([]);
});

describe('a planted violation is found', () => {
  const planted: readonly (readonly [path: string, text: string])[] = [
    ['core/tape.ts', `import { readFileSync } from 'node:fs';`],
    ['core/tape.ts', `import { readFileSync } from 'fs';`],
    ['core/tape.ts', `import * as tf from '@tensorflow/tfjs-core';`],
    ['core/tape.ts', `import type { Program } from '../server/src/ir/ir.ts';`],
    ['core/tape.ts', `const fs = require('node:fs');`],
    ['core/tape.ts', `const tf = await import('@tensorflow/tfjs');`],
    ['core/tape.ts', `const any = await import(name);`],
    ['core/ops/math.ts', `export { x } from '../../runtime/src/engine/engine.ts';`],
    ['server/src/ir/ir.ts', `import type { Op } from '../../../core/row.ts';`],
    ['server/src/syntax/python.ts', `import { facts } from '../analysis/facts.ts';`],
    ['server/src/syntax/python.ts', `import { rows } from '../../../core/ops/rows.ts';`],
    ['server/src/analysis/interpret.ts', `import { lower } from '../syntax/python.ts';`],
    ['server/src/analysis/interpret.ts', `import { rule } from '../rules/rule.ts';`],
    ['server/src/analysis/interpret.ts', `import type { Range } from 'vscode-languageserver-types';`],
    ['server/src/analysis/interpret.ts', `import { performance } from 'node:perf_hooks';`],
    ['server/src/rules/unwatched.ts', `import { DiagnosticSeverity } from 'vscode-languageserver';`],
    ['server/src/rules/unwatched.ts', `type Hidden = import('vscode').Range;`],
    ['server/src/rules/unwatched.ts', `import { onHover } from '../lsp/hover.ts';`],
    ['server/src/render/sarif.ts', `import { Diagnostic } from 'vscode-languageserver/node';`],
    ['server/src/render/html.ts', `import { start } from '../../../runtime/src/host/process.ts';`],
    ['server/src/cli.ts', `import { createConnection } from 'vscode-languageserver/node';`],
    ['server/src/cli.ts', `import { serve } from './lsp/server.ts';`],
    ['server/src/cli.ts', `import { engine } from '../../runtime/src/engine/engine.ts';`],
    ['server/src/cli.ts', `const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');`],
    ['server/src/lsp/hover.ts', `import * as vscode from 'vscode';`],
    ['server/src/lsp/hover.ts', `import { start } from '../../../runtime/src/host/process.ts';`],
    ['server/src/main.ts', `import { LanguageClient } from 'vscode-languageclient/node';`],
    ['runtime/src/host/process.ts', `import { setBackend } from '@tensorflow/tfjs-core';`],
    ['runtime/src/host/process.ts', `import { engine } from '../engine/engine.ts';`],
    ['runtime/src/hessian/columns.ts', `import { facts } from '../../../server/src/analysis/facts.ts';`],
    ['runtime/src/main.ts', `import * as vscode from 'vscode';`],
    ['client/src/extension.ts', `import { engine } from '../../runtime/src/engine/engine.ts';`],
    ['client/src/extension.ts', `import { hover } from '../../server/src/lsp/hover.ts';`],
    ['client/src/panel.ts', `import { type Subject } from '../webview/messages.ts';`],
    ['server/src/lsp/protocol.ts', `import { explainCalls } from '../render/explain.ts';`],
    ['server/src/lsp/protocol.ts', `import { RequestType } from 'vscode-languageserver';`],
    ['client/src/extension.ts', `import type { Facts } from '../../server/src/analysis/facts.ts';`],
    ['client/src/panel.ts', `import * as tf from '@tensorflow/tfjs';`],
    ['client/webview/panel.ts', `import { join } from 'node:path';`],
    ['client/webview/panel.ts', `import { start } from '../../runtime/src/host/process.ts';`],
    ['client/webview/page.ts', `import { draw } from './heatmap.ts';`],
    ['runtime/src/host/protocol.ts', `import { spawn } from 'node:child_process';`],
    ['server/src/cli.ts', `import { draw } from '../../client/webview/heatmap.ts';`],
    ['client/webview/panel.ts', `import * as vscode from 'vscode';`],
    ['server/shared/anything.ts', `export const x = 1;`],
    ['core/ops/math.ts', `import { secret } from '../../scripts/sources.mjs';`],
  ];
  test.each(planted)('%s: %s', (path, text) => {
    expect(violations(new Map([[path, text]]))).toHaveLength(1);
  });
});

describe('what the arrows allow is let through', () => {
  const allowed: readonly (readonly [path: string, text: string])[] = [
    ['core/ops/math.ts', `import { op } from '../row.ts';`],
    [
      'server/src/syntax/python.ts',
      `import { Parser } from 'web-tree-sitter'; import { readFile } from 'node:fs/promises'; import type { Program } from '../ir/ir.ts';`,
    ],
    ['server/src/analysis/interpret.ts', `import { rows } from '../../../core/ops/rows.ts'; import type { Program } from '../ir/ir.ts';`],
    ['server/src/rules/unwatched.ts', `import type { Facts } from '../analysis/facts.ts'; import type { Span } from '../ir/ir.ts';`],
    ['server/src/lsp/hover.ts', `import type { Hover } from 'vscode-languageserver'; import { check } from '../rules/check.ts';`],
    ['server/src/main.ts', `import { createConnection } from 'vscode-languageserver/node'; import { serve } from './lsp/server.ts';`],
    ['server/src/cli.ts', `import { start } from '../../runtime/src/host/process.ts'; import { sarif } from './render/sarif.ts';`],
    ['runtime/src/engine/engine.ts', `import * as tf from '@tensorflow/tfjs-core'; import type { Message } from '../host/protocol.ts';`],
    ['client/src/extension.ts', `import * as vscode from 'vscode'; import { LanguageClient } from 'vscode-languageclient/node';`],
    [
      'client/src/explain.ts',
      `import type { Explain } from '../../server/src/lsp/protocol.ts'; import { start } from '../../runtime/src/host/process.ts';`,
    ],
    ['client/webview/panel.ts', `import type { Result } from '../../runtime/src/host/protocol.ts';`],
    ['client/webview/panel.ts', `import { unpackBlock } from '../../runtime/src/host/blocks.ts'; import { renderPanel } from './page.ts';`],
    ['server/src/cli/hessian.ts', `import { renderPage } from '../../../client/webview/page.ts';`],
    ['core/tape.ts', `// import fs from 'node:fs'\nconst text = "import fs from 'node:fs'";`],
  ];
  test.each(allowed)('%s: %s', (path, text) => {
    expect(violations(new Map([[path, text]]))).toEqual([]);
  });
});

test('a violation is told with its file, line and part', () => {
  expect(violations(new Map([['core/tape.ts', `export const x = 1;\nimport 'node:fs';`]]))).toEqual([
    `core/tape.ts:2: core must not import Node's 'node:fs'`,
  ]);
});

test('an import with inline types alone is still an import that runs', () => {
  expect(importsOf('a.ts', `import { type A } from './b.ts'; import type { C } from './d.ts'; export type { E } from './f.ts';`)).toEqual([
    { specifier: './b.ts', typesOnly: false, line: 1 },
    { specifier: './d.ts', typesOnly: true, line: 1 },
    { specifier: './f.ts', typesOnly: true, line: 1 },
  ]);
});
