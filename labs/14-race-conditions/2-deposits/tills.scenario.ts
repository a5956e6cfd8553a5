// Two tills are counted at the same time.
import type { Operations } from 'interleave/kit/scenario';
import { collect } from './lab.ts';

const amounts = [30, 50];

export const tasks = 2;

export function setup({ operation }: Operations) {
  const asked = [0, 0];
  const given = [0];
  const tills = amounts.map((amount, id) =>
    operation(() => {
      asked[id]! += 1;
      given[0]! += amount;
      return amount;
    }),
  );
  // The sum of the tills that have answered.
  return { tills, asked, given, answers: [] as number[] };
}

export async function task(id: number, { tills, given, answers }: Shared) {
  const takings = await collect(tills[id]!);
  if (takings > given[0]!)
    throw new Error(
      `Up to now the tills have given ${given[0]}, and collect resolved with ${takings}: one till was counted twice, or too early.`,
    );
  answers[id] = takings;
}

export function final({ asked, answers }: Shared) {
  for (const [id, times] of asked.entries()) {
    if (times > 1) throw new Error(`The till with ${amounts[id]} was asked ${times} times: collect calls till() once.`);
  }
  const most = Math.max(...answers);
  if (most < 80) throw new Error(`30 and 50 were collected, and the takings are ${most}: one till was lost.`);
  if (most > 80) throw new Error(`30 and 50 were collected, and the takings are ${most}: one till was counted twice.`);
  for (const [id, answer] of answers.entries()) {
    if (answer !== 80 && answer !== amounts[id])
      throw new Error(`30 and 50 were collected, and collect of the ${amounts[id]} resolved with ${answer}.`);
  }
}

type Shared = ReturnType<typeof setup>;
