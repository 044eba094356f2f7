// The packaged extension: which files it holds, what it weighs, whose work it names, and that its manifest finds everything it points to.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer, type ZipFile } from 'yauzl';
import manifest from '../../package.json';
import { bundledPackages, components, renderNotices } from '../../scripts/notices.mjs';
import { makePackage, MAXIMUM_BYTES } from '../../scripts/package.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tape-lens-package-'));
/** Files of the extension by their path in it. */
const held = new Map<string, Buffer>();
let size = 0;

beforeAll(async () => {
  const path = join(folder, 'tape-lens.vsix');
  size = await makePackage(path);
  for (const [name, content] of await readZip(readFileSync(path))) held.set(name, content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const files = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: { fileName: string }) => {
      zip.openReadStream(entry as never, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          files.set(entry.fileName, Buffer.concat(chunks));
          zip.readEntry();
        });
      });
    });
    zip.on('end', () => resolve(files));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** As the list writes them: the packer renames a few. */
const listed = (path: string): string =>
  ({ 'LICENSE.txt': 'LICENSE', 'readme.md': 'README.md', 'changelog.md': 'CHANGELOG.md' })[path] ?? path;
const paths = (): string[] => [...held.keys()].flatMap((path) => (path.startsWith('extension/') ? [listed(path.slice(10))] : []));
const contentOf = (path: string): Buffer => held.get(`extension/${path}`) ?? Buffer.alloc(0);

describe('files', () => {
  const patterns = readFileSync(join(import.meta.dirname, 'files.txt'), 'utf8')
    .trim()
    .split('\n');
  const expressionOf = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll(/[.+]/g, '\\$&').replaceAll('*', '[^/]+')}$`);

  test('every file is in the list, and everything in the list is there', () => {
    expect(paths().filter((path) => !patterns.some((pattern) => expressionOf(pattern).test(path)))).toEqual([]);
    expect(patterns.filter((pattern) => !paths().some((path) => expressionOf(pattern).test(path)))).toEqual([]);
  });

  test('no file is empty', () => {
    const empty = [...held].filter(([, content]) => content.length === 0).map(([path]) => path);
    expect(empty).toEqual([]);
  });

  test('what the manifest points to is there', () => {
    const named = [manifest.main, manifest.icon, manifest.bin['tape-lens'], `${manifest.l10n}/bundle.l10n.json`];
    for (const path of named) expect(contentOf(path.replace(/^\.\//, '')).length, path).toBeGreaterThan(0);
  });

  test('the package is universal and at most 25 MB', () => {
    expect(size).toBeLessThanOrEqual(MAXIMUM_BYTES);
    const description = held.get('extension.vsixmanifest')?.toString() ?? '';
    expect(description).not.toContain('TargetPlatform');
    expect(description).toContain('Microsoft.VisualStudio.Code.Engine" Value="^1.100.0"');
  });

  test('bundles load nothing that is not inside', () => {
    const builtin =
      /^(node:)?(assert|async_hooks|buffer|child_process|constants|crypto|dgram|dns|events|fs|http|https|module|net|os|path|perf_hooks|process|punycode|querystring|readline|stream|string_decoder|timers|tls|tty|url|util|vm|worker_threads|zlib)(\/\w+)?$/;
    // What `ws` takes where it is installed, and what only Pyodide's other hosts have.
    const optional = new Set(['vscode', 'bufferutil', 'utf-8-validate', 'encoding']);
    for (const path of ['dist/extension.cjs', 'dist/server.cjs']) {
      const required = [
        ...contentOf(path)
          .toString()
          .matchAll(/\brequire\("([^"]+)"\)/g),
      ].map((match) => match[1] ?? '');
      expect(required.length).toBeGreaterThan(0);
      expect(
        required.filter((name) => !builtin.test(name) && !optional.has(name)),
        path,
      ).toEqual([]);
    }
  });
});

describe('third-party notices', () => {
  const text = (): string => contentOf('THIRD_PARTY_NOTICES').toString();

  test('are the ones of this build', () => {
    expect(text()).toBe(renderNotices());
  });

  test('name every package whose code is in a bundle, with its license', () => {
    expect(bundledPackages().length).toBeGreaterThan(10);
    for (const { name, version, license } of bundledPackages()) expect(text()).toContain(`\n  ${name} ${version} (${license})\n`);
  });

  test.each([
    ['Pyodide', 'MPL-2.0'],
    ['CPython', 'PSF-2.0'],
    ['TensorFlow.js', 'Apache-2.0'],
    ['XNNPACK', 'BSD-3-Clause'],
    ['tree-sitter-python', 'MIT'],
  ])('name %s under %s and give the text', (name, license) => {
    expect(text()).toMatch(new RegExp(`^  ${name}.*\\(${license}\\)$`, 'm'));
    expect(text()).toContain(`The text of ${license}\n`);
  });

  test('every file that others have compiled belongs to a named component', () => {
    const owned = new Set(components().flatMap(({ files }) => files));
    const compiled = paths().filter((path) => /\.wasm$|\.snapshot$|^dist\/runtime\/pyodide\//.test(path));
    expect(compiled.length).toBeGreaterThan(8);
    expect(compiled.filter((path) => !owned.has(path))).toEqual([]);
    expect([...owned].filter((path) => !paths().includes(path))).toEqual([]);
  });
});
