// The suite's half of the children (child.mjs): a server to which each of them connects when it has started. So the suite sees
// from outside which children there are and what they were asked, and says what they do. It knows nothing of tests.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { deserialize, serialize } from 'node:v8';

type Order =
  | { readonly do: 'answer'; readonly index: number; readonly value: string }
  | { readonly do: 'echo'; readonly index: number }
  | { readonly do: 'fail'; readonly index: number; readonly reason: string }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'die'; readonly signal: string };

export class Puppet {
  /** what came over its channel, in order */
  readonly asked: unknown[] = [];
  /** of its process, once it has come */
  pid: number | undefined;
  /** what it was started with */
  args: unknown[] = [];
  /** a SIGTERM has come, and it waits for the suite's word */
  isAsked = false;
  isGone = false;
  readonly #strings: Socket;
  #told = 0;
  #done = 0;

  constructor(strings: Socket) {
    this.#strings = strings;
    strings.on('error', () => {});
    strings.on('close', () => (this.isGone = true));
    // It hands on the errors of its input: a child that is killed may reset the connection.
    const lines = createInterface({ input: strings }).on('error', () => {});
    lines.on('line', (line) => this.#hear(line));
  }

  get isThere(): boolean {
    return this.pid !== undefined;
  }

  /** It has something to do. */
  get isBusy(): boolean {
    return !this.isGone && this.#done < this.#told;
  }

  /** The questions that it was asked. */
  get questions(): unknown[] {
    return this.asked.map((message) => (isMessage(message) ? message.question : undefined));
  }

  /** @param value anything that can be cloned */
  answer(index: number, value: unknown): void {
    this.tell({ do: 'answer', index, value: serialize(value).toString('hex') });
  }

  tell(order: Order): void {
    this.#told += 1;
    this.#strings.write(`${JSON.stringify(order)}\n`);
  }

  drop(): void {
    this.#strings.destroy();
  }

  #hear(line: string): void {
    const word = parsed(line);
    if (typeof word === 'string') {
      if (word.startsWith('done ')) this.#done += 1;
    } else if (typeof word === 'object' && word !== null) {
      if ('here' in word && 'args' in word) {
        this.pid = Number(word.here);
        this.args = Array.isArray(word.args) ? word.args : [];
      } else if ('heard' in word) this.isAsked = true;
      else if ('asked' in word) this.asked.push(deserialize(Buffer.from(String(word.asked), 'hex')));
    }
  }
}

export class Puppets {
  /** in the order in which they came, also those that are gone */
  readonly #all: Puppet[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (strings) => this.#all.push(new Puppet(strings)));
  }

  static async open(): Promise<Puppets> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Puppets(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get all(): Puppet[] {
    return this.#all.filter(({ isThere }) => isThere);
  }

  /** Changes when anything has happened. */
  get news(): string {
    return this.#all
      .map(({ isThere, isAsked, isGone, isBusy, asked }) => [isThere, isAsked, isGone, isBusy, asked.length].join())
      .join(' ');
  }

  close(): void {
    this.#server.close();
    for (const puppet of this.#all) puppet.drop();
  }
}

function isMessage(message: unknown): message is { id: unknown; question: unknown } {
  return typeof message === 'object' && message !== null && 'id' in message && 'question' in message;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
