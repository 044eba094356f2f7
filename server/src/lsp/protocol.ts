// What server and client say to each other beyond the Language Server Protocol. Types and names only: both sides import this.
import type { ExplainedCall, Why } from '../render/explain.ts';

/** Command behind the code lens: "Compute Hessian of `y` wrt `x`". Its arguments are [uri, line, column], both counted from 1. */
export const computeHessianCommand = 'tapeLens.computeHessian';
export type ComputeHessianArguments = [uri: string, line: number, column: number];

/** Code action kind: applies every fix that is safe. */
export const fixAllKind = 'source.fixAll.tapeLens';

/** Request: what the gradient calls of an open document return and why; with a position, only those that it is in. */
export const explainRequest = 'tapeLens/explain';
export interface ExplainParams {
  readonly textDocument: { readonly uri: string };
  readonly position?: { readonly line: number; readonly character: number };
}
export interface ExplainResult {
  readonly version: 1;
  readonly calls: readonly ExplainedCall[];
  /** For each call: for each of its sources all that is to be said of it; of a call that raises one list. */
  readonly reasons: readonly (readonly (readonly Why[])[])[];
  /** The same in Markdown, call after call. */
  readonly markdown: string;
}

/** Notification: how the last analysis of a document went. */
export const statusNotification = 'tapeLens/status';
export interface StatusParams {
  readonly uri: string;
  readonly version: number;
  /** `stale`: the text does not parse at the moment and the last good answers are shown. `partial`: the budget ran out. */
  readonly state: 'current' | 'stale' | 'partial' | 'too large' | 'failed';
  readonly message: string;
  readonly gradientCalls: number;
  readonly problems: number;
}

/** `initializationOptions`: all optional. */
export interface InitializationOptions {
  /** Base URI of the rules' pages, ending in a slash; without it the pages beside the server are linked. */
  readonly rulePages?: string;
  /** Settings for clients that do not answer `workspace/configuration`: the object below `tapeLens`. */
  readonly settings?: unknown;
}
