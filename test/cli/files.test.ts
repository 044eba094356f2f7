// Folders are walked, `.gitignore` is honoured, and what cannot be read is told with what to do.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectFiles, readSource } from '../../server/src/files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tape-lens-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** The paths found, from the temporary folder. */
function found(...paths: string[]): string[] {
  const { files, unreadable } = collectFiles(paths.map((path) => join(root, path)));
  expect(unreadable).toEqual([]);
  return files.map((file) => relative(root, file.path).split(sep).join('/'));
}

describe('a folder', () => {
  test('is walked for what Tape Lens reads, in order', () => {
    write({ 'b.py': '', 'a.ts': '', 'notes.txt': '', 'sub/c.py': '', 'sub/deep/d.jsx': '', 'e.mjs': '', 'f.cts': '' });
    expect(found('.')).toEqual(['a.ts', 'b.py', 'e.mjs', 'f.cts', 'sub/c.py', 'sub/deep/d.jsx']);
  });

  test('skips what its .gitignore files name, and what nobody wrote', () => {
    write({
      '.gitignore': 'build/\n*.gen.py\n!kept.gen.py\n',
      'a.py': '',
      'b.gen.py': '',
      'kept.gen.py': '',
      'build/c.py': '',
      'sub/.gitignore': '/local.py\n!d.gen.py\n',
      'sub/local.py': '',
      'sub/d.gen.py': '',
      'sub/deep/local.py': '',
      'node_modules/x/index.js': '',
    });
    expect(found('.')).toEqual(['a.py', 'kept.gen.py', 'sub/d.gen.py', 'sub/deep/local.py']);
  });

  test('inside a repository also follows the .gitignore files above it', () => {
    write({ '.gitignore': 'generated.py\n', 'sub/generated.py': '', 'sub/a.py': '' });
    expect(found('sub')).toEqual(['sub/a.py', 'sub/generated.py']);
    mkdirSync(join(root, '.git'));
    expect(found('sub')).toEqual(['sub/a.py']);
  });

  test('a file that is named is read whatever .gitignore says, and once', () => {
    write({ '.gitignore': '*.py\n', 'a.py': 'x = 1\n' });
    expect(found('a.py', 'a.py')).toEqual(['a.py']);
  });
});

describe('what cannot be read', () => {
  test.each<[name: string, content: string | Uint8Array | null, message: RegExp]>([
    ['missing.py', null, /missing\.py: there is no such file\. Check the path/],
    ['data.csv', '1,2', /data\.csv: this is not a file that Tape Lens reads\. It reads \.py \.ipynb/],
    ['binary.py', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /binary\.py: this is not text in UTF-8.*Save it as UTF-8/],
    ['cells.ipynb', '{}', /cells\.ipynb: notebooks are not read from the command line yet/],
    ['latin.py', new Uint8Array([0x23, 0xe9, 0x0a]), /latin\.py: this is not text in UTF-8/],
  ])('%s', (name, content, message) => {
    if (content !== null) write({ [name]: content });
    expect(readSource(join(root, name))).toMatch(message);
  });

  test('leaves the others readable', () => {
    write({ 'a.py': 'x = 1\n', 'b.py': new Uint8Array([0, 1]) });
    const { files, unreadable, skipped } = collectFiles([join(root, 'nothing.py'), root]);
    expect(files.map((file) => file.text)).toEqual(['x = 1\n']);
    expect(unreadable).toEqual([expect.stringContaining('nothing.py: there is no such file')]);
    expect(skipped).toEqual([expect.stringContaining('b.py: this is not text')]);
  });

  test('a byte-order mark is not part of the text', () => {
    write({ 'a.py': '\ufeffx = 1\n' });
    expect(readSource(join(root, 'a.py'))).toMatchObject({ text: 'x = 1\n', language: 'python' });
  });
});
