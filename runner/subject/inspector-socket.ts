// A WebSocket (RFC 6455) to the inspector of a subject, with as much of the protocol as Node's inspector speaks: no
// extensions, whole text messages. The other end may be anything that learner code put there, so what it may send in
// all is capped; Node's own WebSocket takes messages of any size. It knows nothing of what is said.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

/** Asking where a program stands takes a few hundred KiB, most of it the list of its scripts. */
const mostBytes = 8 * 1024 * 1024;
const [textOpcode, maskBit, finalBit] = [1, 0x80, 0x80];

export class InspectorSocket {
  readonly #socket: Socket;
  readonly #onMessage: (text: string) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #seenBytes = 0;
  #neededBytes = 2;

  /** @returns undefined when nobody answers as a WebSocket does, or the signal aborts first */
  static connect(
    url: URL,
    signal: AbortSignal,
    onMessage: (text: string) => void,
  ): Promise<InspectorSocket | undefined> {
    return new Promise((resolve) => {
      const asked = request({
        host: url.hostname,
        port: url.port,
        path: url.pathname,
        signal,
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        },
      });
      asked.on('upgrade', (_, socket, head) => {
        const opened = new InspectorSocket(socket, onMessage);
        opened.#onData(head);
        resolve(opened);
      });
      asked.on('response', (response) => {
        response.destroy();
        resolve(undefined);
      });
      asked.on('error', () => resolve(undefined));
      asked.end();
    });
  }

  private constructor(socket: Socket, onMessage: (text: string) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => {});
  }

  /** @param text at most 65,535 bytes */
  send(text: string): void {
    const payload = Buffer.from(text);
    const head =
      payload.length < 126
        ? Buffer.from([finalBit | textOpcode, maskBit | payload.length])
        : Buffer.from([finalBit | textOpcode, maskBit | 126, payload.length >> 8, payload.length & 0xff]);
    // A client has to mask. The mask hides nothing from this server, so it may as well change nothing.
    this.#socket.write(Buffer.concat([head, Buffer.alloc(4), payload]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    this.#seenBytes += chunk.length;
    if (this.#seenBytes > mostBytes) return this.close();
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    // Joined only when a message may be whole: many small pieces of a long one cost no more than it is long.
    if (this.#heldBytes < this.#neededBytes) return;
    const bytes = Buffer.concat(this.#held);
    let from = 0;
    for (;;) {
      const frame = readFrame(bytes, from);
      if (typeof frame === 'number') {
        this.#held = [bytes.subarray(from)];
        this.#heldBytes = bytes.length - from;
        this.#neededBytes = frame;
        return;
      }
      from = frame.end;
      if (frame.opcode === textOpcode) this.#onMessage(frame.payload.toString('utf8'));
    }
  }
}

/** @returns the frame that begins at `from`, or how many bytes from there it takes to read more of it */
function readFrame(bytes: Buffer, from: number): { opcode: number; payload: Buffer; end: number } | number {
  const left = bytes.length - from;
  if (left < 2) return 2;
  const short = (bytes[from + 1] ?? 0) & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (left < head) return head;
  const length =
    short === 126 ? bytes.readUInt16BE(from + 2) : short === 127 ? Number(bytes.readBigUInt64BE(from + 2)) : short;
  if (left < head + length) return head + length;
  const end = from + head + length;
  return { opcode: (bytes[from] ?? 0) & 0x0f, payload: bytes.subarray(from + head, end), end };
}
