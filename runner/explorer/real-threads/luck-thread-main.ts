// A thread of a scenario that runs freely: a worker that imports the scenario as Node does and calls its `thread`, round after
// round, each time on memory of its own. Nobody holds it up and nobody looks on.
import './kit-resolution.ts';
import { pathToFileURL } from 'node:url';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { StartingLine, type Outcome } from './starting-line.ts';

export interface LuckThreadOrder {
  /** absolute */
  readonly file: string;
  readonly thread: number;
  readonly line: SharedArrayBuffer;
}

const { file, thread, line: buffer } = workerData as LuckThreadOrder;
const line = new StartingLine(buffer);
const { thread: run } = (await import(pathToFileURL(file).href)) as {
  thread: (id: number, shared: unknown) => unknown;
};

if (parentPort) {
  line.finish(thread, 'ended');
  for (let round = 0; ;) {
    round = line.awaitRound(round);
    const received = receiveMessageOnPort(parentPort);
    line.meet();
    line.finish(thread, outcomeOf(received?.message as unknown));
  }
}

function outcomeOf(shared: unknown): Outcome {
  try {
    run(thread, shared);
    return 'ended';
  } catch (error) {
    const { name, code } = (typeof error === 'object' && error !== null ? error : {}) as NodeJS.ErrnoException;
    return name === 'AssertionError' || code === 'ERR_ASSERTION' ? 'assertion' : 'exception';
  }
}
