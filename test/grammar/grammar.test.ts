// The injection grammars against the editor's own grammars of the languages that they are injected into.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const grammars = join(root, 'node_modules', 'tm-grammars', 'grammars');
const base = ['python', 'javascript', 'jsx', 'typescript', 'tsx', 'markdown'].flatMap((name) => ['-g', join(grammars, `${name}.json`)]);

function run(tool: string, ...args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const program = join(root, 'node_modules', 'vscode-tmgrammar-test', 'dist', `${tool}.js`);
  expect(existsSync(program), program).toBe(true);
  const ended = spawnSync(process.execPath, [program, ...base, ...args], { cwd: root, encoding: 'utf8' });
  return { status: ended.status, text: `${ended.stdout}${ended.stderr}` };
}

const marked = readdirSync(here).filter((name) => /^tape\.(py|js|ts)$/.test(name));

test.each(marked)('%s: every mark has its scopes', (name) => {
  const { status, text } = run('unit', join('test', 'grammar', name));
  expect(status, text).toBe(0);
  expect(text).toContain(`${name} run success`);
});

test('fences of Markdown have them too, text about code has not', () => {
  const { status, text } = run('snapshot', '--scope', 'text.html.markdown', join('test', 'grammar', 'tape.md'));
  expect(status, text).toBe(0);
});
