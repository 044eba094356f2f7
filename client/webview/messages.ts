// What the panel and the extension say to each other: types only. Each side checks what it receives (receive.ts here, client/src/pageMessages.ts there).
import type { Failure, HessianResult, PackedBlock, Progress } from '../../runtime/src/host/protocol.ts';

/** What a computation is about, as the page shows it. */
export interface Subject {
  /** The file's name, or the notebook's and the cell's. */
  readonly file: string;
  /** The document; empty in a file of its own. */
  readonly uri: string;
  /** The call's line, from 1, where one was chosen. */
  readonly line: number | null;
}

/** What is told of a Hessian beside its numbers. */
export interface Told {
  readonly subject: Subject;
  readonly result: HessianResult;
  /** Why TensorFlow gives what it gives: where there are several reasons, all of them; names in backticks. */
  readonly reasons: readonly { readonly rule: string; readonly sentence: string }[];
  /** Where the call is, for people: `model.py, line 14`. */
  readonly place: string;
  /** What the snippet printed. */
  readonly output: string;
  readonly warnings: readonly string[];
  /** More is still being computed. */
  readonly isPart: boolean;
}

export type ToPage =
  | { readonly kind: 'running'; readonly subject: Subject; readonly progress: Progress }
  | ({ readonly kind: 'result'; readonly blocks: readonly (readonly PackedBlock[])[] | null } & Told)
  /** More of the result that is shown: its numbers are those that are there. */
  | ({ readonly kind: 'update' } & Told)
  | {
      readonly kind: 'failed';
      readonly subject: Subject;
      readonly error: Failure;
      /** Where the error is, for people; null where it has no line. */
      readonly place: string | null;
      readonly nextStep: string | null;
      readonly output: string;
    }
  | { readonly kind: 'cancelled'; readonly subject: Subject }
  | { readonly kind: 'nothing'; readonly subject: Subject; readonly message: string }
  | { readonly kind: 'untrusted'; readonly subject: Subject }
  /** Restored after a reload: nothing runs by itself. */
  | { readonly kind: 'idle'; readonly subject: Subject };

export type ExportFormat = 'csv' | 'npy' | 'json' | 'png';

export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'again' }
  | { readonly kind: 'manageTrust' }
  /** Go to a line (from 1) of the program that ran; `file` as a traceback names it, or null for the program itself. */
  | { readonly kind: 'reveal'; readonly file: string | null; readonly line: number }
  | { readonly kind: 'rule'; readonly code: string }
  | { readonly kind: 'save'; readonly format: ExportFormat; readonly name: string; readonly bytes: Uint8Array };
