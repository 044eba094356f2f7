// The rules' pages: docs/rules, which the build copies beside the bundle. `tape-lens rule CODE` prints one, an editor links to one.
import { existsSync, readFileSync } from 'node:fs';
import { findRule } from '../rules/registry.ts';

/** Beside the bundle, or in the repository when run from the sources. */
const folders = [new URL('./rules/', import.meta.url), new URL('../../../docs/rules/', import.meta.url)];

/** A rule's page by code or name; null where there is no such rule. */
export function rulePage(codeOrName: string): string | null {
  const url = pageUrl(codeOrName);
  return url === null ? null : readFileSync(url, 'utf8');
}

export function pageUrl(codeOrName: string): URL | null {
  const rule = findRule(codeOrName);
  if (rule === null) return null;
  return folders.map((folder) => new URL(`${rule.code}.md`, folder)).find((url) => existsSync(url)) ?? null;
}
