// What a build is made from: a digest of every source file, so that a build is redone exactly when its sources differ.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const folders = ['core', 'server/src', 'runtime/src', 'client', 'docs/rules'];
const files = ['esbuild.mjs', 'package-lock.json'];
const stamp = join(root, 'dist', '.built');

/** Every file below `folder` (absolute paths, sorted); none if it does not exist. */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Changes whenever a source is added, removed, renamed or edited. */
export function sourcesDigest() {
  const hash = createHash('sha256');
  const paths = [...folders.flatMap((folder) => filesUnder(join(root, folder))), ...files.map((file) => join(root, file))];
  for (const path of paths)
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesDigest();
}

/** Called by the build once it has succeeded, with the digest from before it began. */
export function recordBuild(digest) {
  writeFileSync(stamp, digest);
}
