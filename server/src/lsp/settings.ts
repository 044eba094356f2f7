// The settings below `tapeLens`: what each may be, and what it is where it is missing or makes no sense.
import type { Severity } from '../rules/rule.ts';

export interface Settings {
  readonly enable: boolean;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Steps that one analysis may take; null leaves that to the analyzer. */
  readonly budget: number | null;
  /** By code or name of a rule. */
  readonly severity: ReadonlyMap<string, Severity | 'off'>;
}

export const defaultSettings: Settings = { enable: true, codeLens: true, inlayHints: false, budget: null, severity: new Map() };

const levels: readonly string[] = ['off', 'error', 'warning', 'information', 'hint'];

/** Reads what a client sent. Anything that is not what a setting may be is passed over. */
export function readSettings(sent: unknown): Settings {
  const given = asRecord(sent);
  const budget = given['budget'];
  return {
    enable: asBoolean(given['enable'], defaultSettings.enable),
    codeLens: asBoolean(given['codeLens'], defaultSettings.codeLens),
    inlayHints: asBoolean(given['inlayHints'], defaultSettings.inlayHints),
    budget: typeof budget === 'number' && budget > 0 ? budget : null,
    severity: new Map(
      Object.entries(asRecord(given['severity'])).flatMap(([rule, level]) => (isLevel(level) ? [[rule, level] as const] : [])),
    ),
  };
}

function isLevel(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && levels.includes(value);
}

function asBoolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
