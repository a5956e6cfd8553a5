// What somebody costs who only waits: a connection on which nothing is said, and a task that stands in line for a lock.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { memoryUsage } from 'node:process';
import { collectGarbage, demo } from 'interleave/kit/demo';

/** Both ends are here, so each takes two of the files that a process may have open. */
const connections = 100;
const tasks = 1_000;

interface Waiting {
  /** how much more of the heap is in use with them */
  readonly bytes: number;
  /** how many are waiting at that moment */
  readonly count: number;
}

export default demo({
  title: 'What a waiting connection costs, and what a task costs that waits for a lock',
  setup: async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  },
  variants: {
    'a waiting connection': {
      unit: 'KB',
      count: connections,
      amount: ({ bytes }: Waiting) => bytes / 1_000,
      run: async (server) => await waitingConnections((server.address() as AddressInfo).port),
      check: ({ count }: Waiting) => count === connections,
    },
    'a task in line': {
      unit: 'KB',
      count: tasks,
      amount: ({ bytes }: Waiting) => bytes / 1_000,
      run: async () => await waitingTasks(),
      check: ({ count }: Waiting) => count === tasks,
    },
  },
  ratios: { each: { of: 'a waiting connection', over: 'a task in line', kind: 'magnitude' } },
  claims: [
    {
      claim: 'F43',
      says: 'Thousands of connections at once have no overhead: less than 0.1 KB each.',
      variant: 'a waiting connection',
      holds: [0, 0.1],
    },
    {
      claim: 'F43',
      says: 'Thousands of connections at once have little overhead: less than 100 KB each, where a thread takes thousands.',
      variant: 'a waiting connection',
      holds: [0, 100],
    },
  ],
  keeps: {
    'memory of a connection': { variant: 'a waiting connection' },
    'memory of a task in line': { variant: 'a task in line' },
  },
  teardown: async (server) => {
    await new Promise((resolve) => server.close(resolve));
  },
});

async function waitingConnections(port: number): Promise<Waiting> {
  await collectGarbage();
  const before = memoryUsage().heapUsed;
  const sockets: Socket[] = [];
  for (let i = 0; i < connections; i++) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    sockets.push(socket);
  }
  await collectGarbage();
  const bytes = memoryUsage().heapUsed - before;
  const count = sockets.filter(({ readyState }) => readyState === 'open').length;
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map(ended));
  return { bytes, count };
}

async function ended(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}

async function waitingTasks(): Promise<Waiting> {
  await collectGarbage();
  const before = memoryUsage().heapUsed;
  const { promise: inside, resolve: leave } = Promise.withResolvers<void>();
  let last: Promise<void> = inside;
  let through = 0;
  const waitInLine = async () => {
    const next = last.then(() => {});
    last = next;
    await next;
    through++;
  };
  const line = Array.from({ length: tasks }, waitInLine);
  await collectGarbage();
  const bytes = memoryUsage().heapUsed - before;
  const count = line.length - through;
  leave();
  await Promise.all(line);
  return { bytes, count };
}
