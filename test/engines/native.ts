// The tfjs-node that a run of tests is made on; null in the ordinary run, which is made on the embedded engine.
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '.engines', 'tfjs-node', 'node_modules', '@tensorflow', 'tfjs-node');

export const NATIVE_ENGINE: string | null = process.env['TAPE_LENS_TEST_ENGINE'] === 'node' ? folder : null;
