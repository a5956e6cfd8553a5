// One port, two processes. Who answers?
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';

if (cluster.isPrimary) {
  const [first, port] = await startServer();
  await startServer();
  // #region rounds
  for (let round = 1; round <= 2; round++) {
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) {
      const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
      answers.push(await answer.text());
    }
    console.log(answers.join(' '));
    if (first.isDead()) break;
    first.process.kill('SIGKILL');
    await once(first, 'exit');
  }
  // #endregion
  cluster.disconnect();
} else {
  let requests = 0;
  createServer((_request, response) => {
    requests++;
    response.end(`${cluster.worker?.id}:${requests}`);
  }).listen(0, '127.0.0.1');
}

async function startServer(): Promise<[Worker, number]> {
  const worker = cluster.fork();
  const [{ port }] = await once(worker, 'listening');
  return [worker, port];
}
