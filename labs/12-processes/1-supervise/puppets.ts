// The suite's half of the puppets (puppet.mjs): a server to which each of them connects when it has started. So the suite
// sees from outside which processes there are, and says what they do. It knows nothing of tests.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Order =
  | { readonly do: 'print'; readonly bytes: string }
  | { readonly do: 'complain'; readonly kilobytes: number }
  | { readonly do: 'leaveHelper' }
  | { readonly do: 'resist' }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'die'; readonly signal: string };

export class Puppet {
  /** what it has said, in order: `done print`, `heard SIGTERM` */
  readonly said: string[] = [];
  isGone = false;
  readonly #strings: Socket;
  #told = 0;

  constructor(strings: Socket) {
    this.#strings = strings;
    strings.on('error', () => {});
    strings.on('close', () => (this.isGone = true));
    // It hands on the errors of its input: a child that is killed may reset the connection.
    const lines = createInterface({ input: strings }).on('error', () => {});
    lines.on('line', (line) => this.said.push(textIn(line)));
  }

  /** Its name has come. */
  get isThere(): boolean {
    return this.said.length > 0;
  }

  get isHelper(): boolean {
    return this.said[0] === 'I am helper';
  }

  tell(...orders: readonly Order[]): void {
    this.#told += orders.length;
    for (const order of orders) this.#strings.write(`${JSON.stringify(order)}\n`);
  }

  /** It has something to do. */
  get isBusy(): boolean {
    return !this.isGone && this.said.filter((word) => word.startsWith('done ')).length < this.#told;
  }

  has(word: string): boolean {
    return this.said.includes(word);
  }

  drop(): void {
    this.#strings.destroy();
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

  /** Those that were started by the program under judgement. */
  get started(): Puppet[] {
    return this.#all.filter((puppet) => puppet.isThere && !puppet.isHelper);
  }

  /** Those that were started by one of these. */
  get helpers(): Puppet[] {
    return this.#all.filter((puppet) => puppet.isHelper);
  }

  get all(): readonly Puppet[] {
    return this.#all;
  }

  /** Changes when anything has happened. */
  get news(): number {
    return this.#all.reduce((sum, { said, isGone }) => sum + said.length + (isGone ? 1 : 0), this.#all.length);
  }

  close(): void {
    this.#server.close();
    for (const puppet of this.#all) puppet.drop();
  }
}

function textIn(line: string): string {
  try {
    return String(JSON.parse(line));
  } catch {
    return 'nonsense';
  }
}
