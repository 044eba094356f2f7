// Stack traces of kernels, to find the program's line by. Taking one costs as much as it is deep, so where a gradient call is made over and over, they are only as deep as it takes
// to reach the program.

/** The program may put another in its place. */
const Trace = Error;

const DEEPEST = 100;
/** How often a call is made before its depth is taken as learnt. */
const LEARNT_AFTER = 8;

/** What is known of the traces of one gradient call of the program. */
export interface Reach {
  times: number;
  /** Lines from the kernel to the program. */
  depth: number;
}

export class Traces {
  private readonly reaches = new Map<string, Reach>();

  /** `ownFile`: the name that frames have that are not the program's. */
  constructor(private readonly ownFile: string) {}

  /** A call is made once more. */
  reach(place: string): Reach {
    const reach = this.reaches.get(place) ?? { times: 0, depth: 1 };
    this.reaches.set(place, reach);
    reach.times++;
    return reach;
  }

  /** From here outwards. A call that is made only once pays for no text. */
  take(reach: Reach): { readonly stack?: unknown } {
    const isLearnt = reach.times > LEARNT_AFTER;
    const trace = traceOf(isLearnt ? reach.depth : DEEPEST);
    if (!isLearnt && reach.times > 1) reach.depth = Math.max(reach.depth, this.depthOf(trace.stack));
    return trace;
  }

  private depthOf(stack: unknown): number {
    const lines = typeof stack === 'string' ? stack.split('\n') : [];
    const program = lines.findIndex((line, i) => i > 0 && !line.includes(this.ownFile));
    return program < 0 ? DEEPEST : program;
  }
}

function traceOf(depth: number): { readonly stack?: unknown } {
  const before: unknown = Trace.stackTraceLimit;
  Reflect.set(Trace, 'stackTraceLimit', depth);
  const trace = new Trace();
  Reflect.set(Trace, 'stackTraceLimit', before);
  return trace;
}
