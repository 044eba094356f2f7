// The README and the pages for contributors against the thing itself: what the first screen shows is what the tool prints, and all that is named exists.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import strings from '../../package.nls.json';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');
const folder = mkdtempSync(join(tmpdir(), 'tape-lens-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Fenced blocks: the word behind the fence, and the text. */
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
const [program, output] = blocks;

function tapeLens(...args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const ended = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: folder, encoding: 'utf8' });
  return { status: ended.status, text: ended.stdout };
}

interface Explained {
  readonly files: readonly {
    readonly calls: readonly { readonly sources: readonly { readonly outcome: string; readonly formula: string | null }[] }[];
  }[];
}
function lastSource(text: string): Explained['files'][number]['calls'][number]['sources'][number] | undefined {
  writeFileSync(join(folder, 'program.py'), text);
  const explained = JSON.parse(tapeLens('explain', '--format', 'json', 'program.py').text) as Explained;
  return explained.files[0]?.calls.at(-1)?.sources[0];
}

describe('the first screen', () => {
  test('shows what the tool prints', () => {
    expect(program?.language).toBe('python');
    writeFileSync(join(folder, 'question.py'), program?.text ?? '');
    const { status, text } = tapeLens('check', 'question.py');
    expect(status).toBe(1);
    expect(text).toBe(output?.text);
  });

  test('is right about the other cases', () => {
    const text = program?.text ?? '';
    expect(lastSource(text)?.outcome).toBe('none');
    expect(lastSource(text.replace('Dense(10)', "Dense(10, activation='tanh')"))?.outcome).toBe('value');
    const zeros = text.replace('tape.jacobian(g, xs)', 'tape.jacobian(g, xs, unconnected_gradients=tf.UnconnectedGradients.ZERO)');
    expect(lastSource(zeros)?.outcome).toBe('zeros');
  });

  test('the formulas are the ones of examples/cubic.py', () => {
    writeFileSync(join(folder, 'cubic.py'), read('examples/cubic.py'));
    const explained = JSON.parse(tapeLens('explain', '--format', 'json', 'cubic.py').text) as Explained;
    const formulas = explained.files[0]?.calls.map(({ sources }) => sources[0]?.formula);
    expect(formulas).toEqual(['dy/dx = 3·w·x²', 'd²y/dx² = 6·w·x']);
    for (const formula of formulas ?? []) expect(readme).toContain(`\`${formula}\``);
  });
});

test('every setting is in the table, with its default', () => {
  const listed = [...readme.matchAll(/^\| `(tapeLens\.\w+)` +\| `([^`]*)` +\|/gm)].map(([, name, otherwise]) => [name, otherwise]);
  const properties: Readonly<Record<string, { readonly default: unknown }>> = manifest.contributes.configuration.properties;
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, JSON.stringify(value)])),
  );
});

test('every command is in the table', () => {
  const listed = [...readme.matchAll(/^\| \*\*(Tape Lens: [^*]+)\*\*/gm)].map(([, title]) => title);
  const named: Readonly<Record<string, string>> = strings;
  expect(listed.sort()).toEqual(
    manifest.contributes.commands.map(({ category, title }) => `${category}: ${named[title.replaceAll('%', '')]}`).sort(),
  );
});

test('the command line is the one that there is', () => {
  const help = tapeLens('--help').text.replaceAll(/\s+/g, ' ');
  for (const [, usage = ''] of readme.matchAll(/^\| `tape-lens ([^`]+)`/gm)) {
    const [command = ''] = usage.split(' ');
    expect(help).toContain(`tape-lens ${command}`);
    for (const [option] of usage.matchAll(/--[\w-]+/g)) expect(help, usage).toContain(option);
  }
});

test('the package is called what it is called', () => {
  expect(readme).toContain(`${manifest.name}-${manifest.version}.vsix`);
  const scripts: Readonly<Record<string, string>> = manifest.scripts;
  for (const [, name = ''] of readme.matchAll(/\bnpm run ([\w:-]+)/g)) expect(scripts[name], name).toBeDefined();
});

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'ARCHITECTURE.md',
  'docs/add-an-op.md',
  'docs/add-a-rule.md',
  'docs/add-a-fix.md',
])('%s', (name) => {
  const text = read(name);
  test('links and pictures lead somewhere', () => {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
      if (/^https:/.test(target)) continue;
      expect(existsSync(join(root, name, '..', target)), target).toBe(true);
    }
  });
  test('files and folders that it names exist', () => {
    const named = [...text.matchAll(/`((?:core|server|runtime|client|test|docs|scripts|bench|syntaxes|examples)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    for (const path of named)
      expect(existsSync(join(root, path)) || existsSync(join(root, 'dist', path)) || path.includes('nnn'), path).toBe(true);
  });
});
