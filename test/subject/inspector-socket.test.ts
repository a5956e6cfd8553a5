// The WebSocket to an inspector, with a server that writes frames byte by byte, as it likes.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../runner/kit/random.ts';
import { InspectorSocket } from '../../runner/subject/inspector-socket.ts';

const accepted = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

/** A server that hands over each connection and what came with it. */
async function serve(onRequest: (socket: Socket, request: string) => void): Promise<URL> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', (bytes) => onRequest(socket, bytes.toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/id`);
}

function frame(text: string, opcode = 1): Buffer {
  const payload = Buffer.from(text);
  const head = [0x80 | opcode];
  if (payload.length < 126) head.push(payload.length);
  else if (payload.length < 65_536) head.push(126, payload.length >> 8, payload.length & 0xff);
  else head.push(127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (payload.length >> bits) & 0xff));
  return Buffer.concat([Buffer.from(head), payload]);
}

const never = new AbortController().signal;

test('reads messages of every length, in any pieces', async () => {
  const { int } = randomFrom('seed', 'pieces');
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000, 3].map(
    (length) => 'é'.repeat(length / 2) + 'x'.repeat(length % 2),
  );
  const url = await serve((socket) => {
    const bytes = Buffer.concat([Buffer.from(accepted), ...texts.flatMap((text) => [frame(text), frame('ping', 9)])]);
    void (async () => {
      for (let from = 0; from < bytes.length;) {
        const to = from + (int(0, 3) ? int(1, 5) : int(1, 60_000));
        socket.write(bytes.subarray(from, to));
        from = to;
        await sleep(0);
      }
    })();
  });
  const read: string[] = [];
  const done = Promise.withResolvers<void>();
  await InspectorSocket.connect(url, never, (text) => {
    if (read.push(text) === texts.length) done.resolve();
  });
  await done.promise;
  expect(read).toEqual(texts);
});

test('asks as a client has to, and masks what it sends', async () => {
  const got = Promise.withResolvers<Buffer>();
  const asked = Promise.withResolvers<string>();
  const url = await serve((socket, request) => {
    asked.resolve(request);
    socket.write(accepted);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= 2 + 4 + 2 + 4 + 4 + 300) got.resolve(Buffer.concat(chunks));
    });
  });
  const socket = await InspectorSocket.connect(url, never, () => {});
  socket?.send('hi');
  socket?.send('x'.repeat(300));
  expect(await asked.promise).toMatch(/^GET \/id HTTP\/1\.1\r\n[^]*Sec-WebSocket-Key: [\w+/]{22}==\r\n/);
  const bytes = await got.promise;
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
  expect(bytes.subarray(8, 16)).toEqual(Buffer.from([0x81, 0xfe, 1, 44, 0, 0, 0, 0]));
});

test.each([
  ['refuses', (socket: Socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')],
  ['hangs up', (socket: Socket) => socket.destroy()],
  ['speaks another language', (socket: Socket) => socket.end('220 mail ready\r\n')],
])('a server that %s is none', async (_, onRequest) => {
  const url = await serve(onRequest);
  expect(await InspectorSocket.connect(url, never, () => {})).toBe(undefined);
});

test('nor is one that says nothing, when the time is up', async () => {
  const url = await serve(() => {});
  expect(await InspectorSocket.connect(url, AbortSignal.timeout(100), () => {})).toBe(undefined);
});

test('a flood of tiny messages ends at what may come in all', async () => {
  const closed = Promise.withResolvers<void>();
  const url = await serve((socket) => {
    socket.write(accepted);
    socket.on('close', () => closed.resolve());
    const tiny = Buffer.concat(Array.from({ length: 20_000 }, () => frame('')));
    const flood = (): void => void (socket.writable && socket.write(tiny, flood));
    flood();
  });
  let messages = 0;
  await InspectorSocket.connect(url, never, () => (messages += 1));
  await closed.promise;
  expect(messages).toBeGreaterThan(20_000);
  expect(messages).toBeLessThanOrEqual(4 * 1024 * 1024);
});
