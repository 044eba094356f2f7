// Test inputs for every row: made from what the row says of itself where it works element by element, written down where it has attributes.
import type { Row } from '../../core/row.ts';
import { ELEMENTWISE, elementwise } from './inputs/elementwise.ts';
import type { Case } from './inputs/given.ts';
import { IMAGES } from './inputs/images.ts';
import { LINEAR } from './inputs/linear.ts';
import { MATRICES } from './inputs/matrices.ts';
import { MOVES } from './inputs/moves.ts';
import { QUANTIZATION } from './inputs/quantization.ts';
import { REDUCTIONS } from './inputs/reductions.ts';
import { SCATTER } from './inputs/scatter.ts';
import { WINDOWS } from './inputs/windows.ts';

export type { Case, Given } from './inputs/given.ts';

const WRITTEN: Readonly<Record<string, readonly Case[]>> = {
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...MATRICES,
  ...MOVES,
  ...WINDOWS,
  ...IMAGES,
  ...LINEAR,
  ...SCATTER,
  ...QUANTIZATION,
};

/** Random rows make numbers out of nothing. */
export const isRandom = (row: Row): boolean => row.args.length === 0;

/** The test inputs of a row; none for a row that nobody has thought of. */
export const casesOf = (row: Row): readonly Case[] => WRITTEN[row.name] ?? (row.dependence === 'elementwise' ? elementwise(row) : []);
