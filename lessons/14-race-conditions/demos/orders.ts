// The same files are read at once, twenty times: in how many different orders do they arrive?
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { demo } from 'interleave/kit/demo';

const runs = 20;
const folder = new URL('../snippets/', import.meta.url);
const files = readdirSync(folder).slice(0, 12);

interface Arrivals {
  readonly orders: ReadonlySet<string>;
  /** files that were read, in all runs */
  readonly read: number;
}

export default demo({
  title: `${files.length} files read at once, ${runs} times: in how many orders they arrive`,
  variants: { orders: { unit: 'orders', amount: ({ orders }: Arrivals) => orders.size, run: readAgainAndAgain } },
  check: ({ orders, read }: Arrivals) => read === runs * files.length && orders.size >= 1 && orders.size <= runs,
  claims: [
    {
      claim: 'F70',
      says: 'Cooperative switching is predictable: the same tasks come to their end in the same order each time.',
      variant: 'orders',
      holds: [0.5, 1.5],
    },
  ],
});

async function readAgainAndAgain(): Promise<Arrivals> {
  const orders = new Set<string>();
  let read = 0;
  for (let run = 0; run < runs; run++) {
    const order: string[] = [];
    const readOne = async (file: string) => {
      await readFile(new URL(file, folder));
      order.push(file);
    };
    await Promise.all(files.map(readOne));
    orders.add(order.join());
    read += order.length;
  }
  return { orders, read };
}
