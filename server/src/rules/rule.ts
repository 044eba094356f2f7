// What a rule is: one kind of cause that the facts can name, told as one sentence, with the edits that remove it.
import type { Facts, GradientCall, ProgramError, RaiseReason, Reason, Remark, SourceFact, Step } from '../analysis/facts.ts';
import type { Program, Range } from '../ir/ir.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A call that raises for a reason that no other rule has a word for. */
interface RaisingCall {
  readonly kind: 'raising-call';
  readonly cause: null;
  readonly path: readonly Step[];
}

export type Cause = Reason | RaiseReason | Remark | RaisingCall;
export type RuleName = Cause['kind'];
/** The causes that a kind may belong to: several kinds may share one shape. */
export type CauseOf<K extends RuleName, C extends Cause = Cause> = K extends RuleName
  ? C extends Cause
    ? K extends C['kind']
      ? C
      : never
    : never
  : never;

/** What is analysed: the text, the program read from it, and the facts. */
export interface Subject {
  readonly program: Program;
  readonly text: string;
  /** Of a notebook: where in the text its cells start. */
  readonly cells?: readonly number[];
  readonly facts: Facts;
}

/** One cause at one gradient call, for the sources that share it. */
export interface Finding<C extends Cause = Cause> {
  readonly cause: C;
  readonly call: GradientCall;
  readonly callIndex: number;
  /** The sources concerned; none when the call raises. */
  readonly sources: readonly SourceFact[];
  /** What comes of it. `some`: it happens in some executions of the call only. */
  readonly consequence: 'none' | 'zeros' | 'raises' | 'value' | 'some';
  /** Where the program ends because a gradient that is None was used, instead of at the call. */
  readonly exception: ProgramError | null;
  /** What `unconnected_gradients=ZERO` hides: the clauses of the rule that would have been reported. */
  readonly hidden: readonly string[];
  readonly subject: Subject;
}

export interface Edit {
  readonly range: Range;
  readonly newText: string;
}

/** `safe`: does what the line plainly means to do, so that `source.fixAll.tapeLens` may apply it unasked. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe: boolean;
}

export interface Rule<K extends RuleName = RuleName> {
  readonly code: string;
  readonly name: K;
  readonly severity: Severity;
  /** What the rule is about, in one line, for the index and for SARIF. */
  readonly summary: string;
  /** Why it happens, as a clause without a full stop; the most telling wording first, shorter ones after it. */
  because(finding: Finding<CauseOf<K>>): readonly string[];
  /** The clauses are whole sentences: what comes of it is not put in front. */
  readonly whole?: boolean;
  /** Where the cause is to be seen, when the rule knows better than the cause itself. */
  place?(finding: Finding<CauseOf<K>>): Range | null;
  /** What is to be seen at the place of the cause, where that is not the call. */
  here?(finding: Finding<CauseOf<K>>): string;
  fixes?(finding: Finding<CauseOf<K>>): readonly Fix[];
}

export interface Problem {
  readonly code: string;
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The path from the target to the source, and the place of the cause. */
  readonly related: readonly Step[];
  /** Where the cause is, when that is on another line: an editor may point at it there too, without counting it twice. */
  readonly echo: Range | null;
  /** Worked out when somebody asks: nobody does for most problems. */
  readonly fixes: () => readonly Fix[];
  /** Index into `facts.calls`. */
  readonly call: number;
}
