// What `check` has to show, whatever the format: files with their problems.
import type { Problem } from '../rules/rule.ts';

export interface CheckedFile {
  /** As it is to be shown: relative to the working directory where the file is below it. */
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

export function countProblems(files: readonly CheckedFile[]): number {
  return files.reduce((sum, file) => sum + file.problems.length, 0);
}
