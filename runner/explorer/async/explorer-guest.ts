// The exploration of async code as a module of a subject: its exports are what is called over the wire.
import { AsyncExplorer, type Hang, type OpenedAsync, type Slice } from './explorer.ts';
import type { AsyncExploration, AsyncOptions } from './verdict.ts';

let explorer: AsyncExplorer | undefined;

export function open(file: string, options: AsyncOptions, hangs: readonly Hang[]): OpenedAsync {
  explorer = new AsyncExplorer(file, options, hangs);
  return explorer.open();
}

export async function advance(ms: number, mostOrders: number): Promise<Slice> {
  return opened().advance(ms, mostOrders);
}

export async function advanceCarefully(): Promise<Slice> {
  return opened().advanceCarefully();
}

export async function follow(order: string, repeatsFrom: number | undefined): Promise<AsyncExploration> {
  return opened().follow(order, repeatsFrom);
}

export async function stop(): Promise<AsyncExploration> {
  return opened().stop();
}

function opened(): AsyncExplorer {
  if (!explorer) throw new Error('nothing is open');
  return explorer;
}
