// THIRD_PARTY_NOTICES: who wrote what the packaged extension holds, and under which terms. Made from what the bundles really contain
// (dist/bundled.json, which the build writes) and from third-party/components.json, which names what is inside the WebAssembly files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup.mjs';
import { root } from './sources.mjs';

const texts = join(root, 'third-party', 'texts');

/** Terms that a package of ours may hand on. Another one is a decision, not an oversight. */
const ACCEPTED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  'BlueOak-1.0.0',
  '0BSD',
  'PSF-2.0',
  'Zlib',
  'bzip2-1.0.6',
  'public-domain',
]);

/** The notices as one text. Throws a SetupError that names what has no license, or no text of it. */
export function renderNotices() {
  const sections = [...bundledPackages().map(packageSection), ...components().map(componentSection)];
  const standard = [...new Set(sections.flatMap(({ standardText }) => standardText ?? []))].sort();
  return [
    'Tape Lens holds software of others, unmodified except that JavaScript is bundled and minified. Their terms follow.',
    '',
    ...sections.map(({ title, license }) => `  ${title} (${license})`),
    '',
    ...sections.flatMap(({ title, body }) => [RULE, title, '', body.trim(), '']),
    ...standard.flatMap((license) => [RULE, `The text of ${license}`, '', standardText(license).trim(), '']),
  ].join('\n');
}

const RULE = '-'.repeat(100);

/** The npm packages whose code is in a bundle: name, version and folder. */
export function bundledPackages() {
  const list = join(root, 'dist', 'bundled.json');
  if (!existsSync(list)) throw new SetupError('dist/bundled.json is not there. Run `npm run build` first.');
  return JSON.parse(readFileSync(list, 'utf8')).map((folder) => ({ folder, ...manifestOf(join(root, folder)) }));
}

/** @returns {{ name: string, of?: string, files: string[], license: string, source: string, copyright: string[], note?: string }[]} */
export function components() {
  return JSON.parse(readFileSync(join(root, 'third-party', 'components.json'), 'utf8'));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function packageSection({ folder, name, version, license, author, repository }) {
  accept(name, license);
  const own = readdirSync(join(root, folder))
    .filter((file) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  const source = typeof repository === 'string' ? repository : repository?.url;
  const head = [`License: ${license}`, ...(source ? [`Source: ${source}`] : [])];
  if (own.length > 0) return { title: `${name} ${version}`, license, body: [...head, '', ...own].join('\n') };
  const holder = typeof author === 'string' ? author : author?.name;
  const line = holder ? `Copyright (c) ${holder.replace(/\s*<.*/, '')}` : `Copyright (c) the authors of ${name}`;
  return { title: `${name} ${version}`, license, body: [...head, '', line].join('\n'), standardText: termsOf(license) };
}

function componentSection({ name, of, license, source, copyright, note, files }) {
  accept(name, license);
  const version = of === undefined ? '' : ` (npm: ${of} ${manifestOf(join(root, 'node_modules', of)).version})`;
  const body = [`License: ${license}`, `Source: ${source}`, `In: ${files.join(', ')}`, '', ...copyright, ...(note ? ['', note] : [])];
  return { title: `${name}${version}`, license, body: body.join('\n'), standardText: termsOf(license) };
}

/** `Apache-2.0 AND MIT` is both. */
const termsOf = (license) => (license ?? '').split(' AND ');

function accept(name, license) {
  if (!termsOf(license).every((one) => ACCEPTED.has(one)))
    throw new SetupError(
      `${name} is under ${license ?? 'no license that its package.json names'}, which scripts/notices.mjs does not accept.`,
    );
}

function standardText(license) {
  const path = join(texts, `${license}.txt`);
  if (!existsSync(path)) throw new SetupError(`third-party/texts/${license}.txt is missing.`);
  return readFileSync(path, 'utf8');
}
