// `npm run package`: one .vsix for every platform, with everything inside that the extension needs.
//   npm run package [-- --out FILE]
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderNotices } from './notices.mjs';
import { prepare, runTask, SetupError } from './setup.mjs';
import { root } from './sources.mjs';

/** What a download may weigh. */
export const MAXIMUM_BYTES = 25 * 1024 ** 2;
export const NOTICES = 'THIRD_PARTY_NOTICES';

/** Loaded late: on a fresh checkout it is not there before `prepare`. */
const vsce = () => import('@vscode/vsce');

/** The README as the Extensions view shows it: that view loads no file of the extension, so the pictures are in the text. */
const README = 'dist/README.md';

function readmeWithPictures() {
  return readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/\]\((images\/[\w-]+\.png)\)/g, (_, path) => {
    return `](data:image/png;base64,${readFileSync(join(root, path)).toString('base64')})`;
  });
}

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
export const defaultPath = join(root, `${name}-${version}.vsix`);

/** Makes the package from dist/ as it is, and gives its size in bytes. */
export async function makePackage(path) {
  const { createVSIX } = await vsce();
  writeFileSync(join(root, NOTICES), renderNotices());
  writeFileSync(join(root, README), readmeWithPictures());
  rmSync(path, { force: true });
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    readmePath: README,
  });
  const { size } = statSync(path);
  if (size > MAXIMUM_BYTES) throw new SetupError(`${path} is ${size} bytes; at most ${MAXIMUM_BYTES} are allowed.`);
  return size;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runTask(async () => {
    prepare();
    const at = process.argv.indexOf('--out');
    const path = at < 0 ? defaultPath : resolve(process.argv[at + 1] ?? defaultPath);
    const size = await makePackage(path);
    const shown = relative(process.cwd(), path);
    console.log(
      `\n${shown}: ${(size / 1024 ** 2).toFixed(1)} MB of at most ${MAXIMUM_BYTES / 1024 ** 2}. Install with: code --install-extension ${shown}`,
    );
    return 0;
  });
}
