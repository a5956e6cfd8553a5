// 500 open connections and 1,000 timers. How many threads wait for them?
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';

const server = createServer();
server.listen({ host: '127.0.0.1', port: 0, backlog: 500 });
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
console.log('before: ', threads());

const open = () => connect(port, '127.0.0.1');
const sockets = Array.from({ length: 500 }, open);
await Promise.all(sockets.map((socket) => once(socket, 'connect')));
for (let timer = 0; timer < 1_000; timer++) {
  setTimeout(() => {}, 60_000).unref();
}
console.log('waiting:', threads());

for (const socket of sockets) socket.destroy();
server.close();

/** Of this process, as Linux counts them. */
function threads(): string {
  const tasks = '/proc/self/task';
  if (!existsSync(tasks)) return 'only Linux can tell';
  return `${readdirSync(tasks).length} threads`;
}
