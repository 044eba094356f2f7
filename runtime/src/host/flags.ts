// The flags that a snippet's process is started with, strictest first: what a Node does not know ends it at once, and the next list is tried.

export interface Flags {
  readonly arguments: readonly string[];
  /** What this list leaves open, in words for the panel and the log; null where nothing is. */
  readonly weakness: string | null;
}

/** What tfjs-node leaves open; SECURITY.md has the list. */
export const NATIVE_WEAKNESS = 'tfjs-node is native code, which the sandbox cannot confine: its own operations can read and write files';

/** Room for what a Hessian makes on its way: V8 would begin with one megabyte, and copy what is in use each time that it is full. */
const YOUNG_MEGABYTES = 16;

export interface FlagNeeds {
  /** The only folder that the process may read. */
  readonly readable: string;
  readonly heapMegabytes: number;
  /** tfjs-node is native code: it needs --allow-addons, where the permission model knows it, and reads the files of its own folder. */
  readonly addons: readonly string[];
}

/** Lists of flags to try for a Node of this version (`20.9.0`), or of one that is not known. */
export function flagLists(version: string | null, needs: FlagNeeds): readonly Flags[] {
  const always = ['--no-warnings', `--max-old-space-size=${needs.heapMegabytes}`, `--min-semi-space-size=${YOUNG_MEGABYTES}`];
  const noEval = '--disallow-code-generation-from-strings';
  const read = [needs.readable, ...needs.addons].map((folder) => `--allow-fs-read=${folder}/*`);
  const addons = needs.addons.length > 0 ? ['--allow-addons'] : [];
  const permission = (flag: string, extra: readonly string[]): Flags => ({
    arguments: [flag, ...read, ...extra, noEval, ...always],
    weakness: needs.addons.length > 0 ? NATIVE_WEAKNESS : null,
  });
  const major = version === null ? null : Number(version.split('.')[0]);
  const stable = permission('--permission', addons);
  const experimental = permission('--experimental-permission', addons);
  const lists = major !== null && major < 22 ? [experimental, stable] : [stable, experimental];
  const also = needs.addons.length > 0 ? `; ${NATIVE_WEAKNESS}` : '';
  // Node 20.9 has the permission model but not --allow-addons: there, addons are allowed as they are.
  if (addons.length > 0) lists.push(permission('--experimental-permission', []));
  return [
    ...lists,
    {
      arguments: [noEval, ...always],
      weakness: `this Node has no permission model, so only our own checks keep the snippet from files${also}`,
    },
    { arguments: always, weakness: `this Node knows none of the flags that confine a snippet${also}` },
  ];
}
