// One sample: a variant runs so and so often, and each result is checked afterwards. The clock is handed in.
import { inspect } from 'node:util';
import { CourseError } from '../course/course-error.ts';
import type { Side } from './demo.ts';

export interface Sample {
  /** all of its runs together, milliseconds */
  readonly ms: number;
  /** for one thing: milliseconds, or what was counted */
  readonly value: number;
}

/**
 * @throws CourseError when a result fails its check: whoever does not do the work wins every comparison
 */
export async function takeSample(side: Side, context: unknown, repeats: number, now: () => number): Promise<Sample> {
  const { run } = side;
  const results: unknown[] = Array.from({ length: repeats });
  const start = now();
  for (let i = 0; i < repeats; i++) {
    const result = run(context);
    // Awaiting what is there already would cost a variant that waits for nothing more than a tiny run takes.
    results[i] = result instanceof Promise ? await result : result;
  }
  const ms = now() - start;
  let sum = 0;
  for (const result of results) {
    checkResult(side, result, context);
    if (!side.isTimed) sum += amountOf(side, result);
  }
  return { ms, value: (side.isTimed ? ms : sum) / repeats / side.count };
}

function checkResult(side: Side, result: unknown, context: unknown): void {
  const problem = resultProblem(side, result, context);
  if (problem === undefined) return;
  throw new CourseError(problem, 'What does not do the work cannot be compared. Mend the variant, or its check.');
}

/** What is wrong with a result, in a sentence; undefined: it shows that the work was done. */
export function resultProblem(
  { name, check }: Pick<Side, 'name' | 'check'>,
  result: unknown,
  context: unknown,
): string | undefined {
  const answer = check(result, context);
  if (answer === true) return undefined;
  const what = typeof answer === 'string' ? `: ${answer}` : '';
  return `"${name}" did not do its work: its check refuses the result ${shown(result)}${what}.`;
}

function amountOf(side: Side, result: unknown): number {
  const amount = side.amount(result);
  if (Number.isFinite(amount) && amount >= 0) return amount;
  throw new CourseError(
    `"${side.name}" measured ${shown(amount)}, which is no amount.`,
    'An amount is a number that is not below 0. Look at how the variant measures it.',
  );
}

function shown(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
