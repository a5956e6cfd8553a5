// Two tills are counted at the same time.
import type { Operations } from 'interleave/kit/scenario';
import { collect } from './lab.ts';

const amounts = [30, 50];

export const tasks = 2;

export function setup({ operation }: Operations) {
  const asked = [0, 0];
  const tills = amounts.map((amount, id) =>
    operation(() => {
      asked[id]! += 1;
      return amount;
    }),
  );
  return { tills, asked, answers: [] as number[] };
}

export async function task(id: number, { tills, answers }: Shared) {
  answers.push(await collect(tills[id]!));
}

export function final({ asked, answers }: Shared) {
  for (const [id, times] of asked.entries()) {
    if (times > 1) throw new Error(`The till with ${amounts[id]} was asked ${times} times: collect calls till() once.`);
  }
  const most = Math.max(...answers);
  if (most < 80) throw new Error(`30 and 50 were collected, and the takings are ${most}: one till was lost.`);
  if (most > 80) throw new Error(`30 and 50 were collected, and the takings are ${most}: one till was counted twice.`);
  for (const answer of answers) {
    if (![30, 50, 80].includes(answer))
      throw new Error(`30 and 50 were collected, and collect resolved with ${answer}.`);
  }
}

type Shared = ReturnType<typeof setup>;
