// Keeps account of what the traced program has scheduled and what is running, and writes it down. It runs inside of that
// program: what calls it (the watch-*.ts files) sees one way each in which code comes to run.
import { frames, innermostFrame, outermostFrame, placeOfFrame, startOfFrame } from './call-places.ts';
import type { Kind, Place, UnseenThing } from './record.ts';
import { now, RecordWriter } from './record-writer.ts';

/** Something of the program's that was handed to the runtime. */
export interface Scheduled {
  /** its number in the records; -1 for a listener, which stands in no queue */
  readonly task: number;
  readonly kind: Kind;
  readonly label: string;
  /** the function, where it is known already */
  readonly place: Place | undefined;
  readonly scheduled: Place | undefined;
  /** the event that scheduled it */
  readonly parent: number;
}

/** Where something of Node's that goes on by itself came from: the last line of the program on its way. */
export interface Origin {
  readonly event: number;
  readonly place: Place | undefined;
  /** what of the program's waits for it, in the poll queue */
  readonly operation: Operation | undefined;
  /** it brings what a thread has printed */
  readonly isOfThread: boolean;
}

/** A request to the system that may take several steps. */
export interface Operation {
  readonly scheduled: Scheduled;
  requests: number;
}

/** A stretch in which the runtime runs one async resource. */
interface Scope {
  /** an async id, a promise, or a name */
  readonly key: unknown;
  readonly type: string;
  readonly atMs: number;
  /** how many events were open before */
  readonly depth: number;
  readonly origin: Origin;
}

/** Frames; a program that is deeper down is taken for what is there. */
const wholeStack = 60;

const nowhere: Origin = { event: -1, place: undefined, operation: undefined, isOfThread: false };
const { apply: call } = Reflect;

export class Recorder {
  readonly #writer = new RecordWriter();
  readonly #threadsAndProcesses = new Set<UnseenThing>();
  #tasks = 0;
  #events = 0;
  /** the events that have begun and not ended, outermost first */
  readonly #open: number[] = [];
  /** the innermost event has begun with a function whose place is not known: one that is bound, or Node's */
  #isUnplaced = false;
  readonly #scopes: Scope[] = [];
  #hasScriptBegun = false;
  readonly #mainFile: string;
  /** called before anything is numbered or written: what was waiting to be recorded comes first */
  onWrite: () => void = () => {};

  constructor(mainFile: string) {
    this.#mainFile = mainFile;
  }

  get isStopped(): boolean {
    return this.#writer.isStopped;
  }

  /** Whether code of the program is running by a call of the runtime that was seen. */
  get isInEvent(): boolean {
    return this.#open.length > 0;
  }

  /** The innermost event that has not ended; -1 */
  get event(): number {
    return this.#open.at(-1) ?? -1;
  }

  /** What the runtime has called. The scopes inside of it are entered by Node's modules and by the program itself. */
  get scopeType(): string {
    return this.#scopes[0]?.type ?? '';
  }

  /** Where that comes from which is scheduled now by Node itself. */
  origin(place?: Place): Origin {
    const above = this.#scopes.at(-1)?.origin ?? nowhere;
    if (this.#open.length > 0) return { event: this.event, place, operation: undefined, isOfThread: false };
    return place === undefined ? above : { ...above, place };
  }

  schedule(
    what: Omit<Scheduled, 'task' | 'parent'>,
    {
      waitsFor = 0,
      derived = 0,
      delayMs = -1,
      everyMs = -1,
    }: { waitsFor?: number; derived?: number; delayMs?: number; everyMs?: number } = {},
  ): Scheduled {
    this.onWrite();
    const scheduled = { ...what, task: this.#tasks++, parent: this.event };
    const place = this.#writer.placeNumber(what.scheduled);
    this.#writer.write([
      'schedule',
      now(),
      what.kind,
      what.label,
      place,
      scheduled.parent,
      waitsFor,
      derived,
      delayMs,
      everyMs,
    ]);
    return scheduled;
  }

  begin({ task, kind, label, place, scheduled, parent }: Scheduled, atMs = now()): void {
    this.onWrite();
    if (kind === 'script') this.#hasScriptBegun = true;
    this.#open.push(this.#events++);
    this.#isUnplaced = place === undefined;
    const [ran, handedOver] = [this.#writer.placeNumber(place), this.#writer.placeNumber(scheduled)];
    this.#writer.write(['begin', atMs, task, kind, label, ran, handedOver, parent]);
  }

  end(): void {
    this.onWrite();
    this.#isUnplaced = false;
    if (this.#open.pop() !== undefined) this.#writer.write(['end', now()]);
  }

  /** What is open has ended by throwing; nobody else will say so. */
  endAll(): void {
    while (this.#open.length > 0) this.end();
  }

  drop(task: number): void {
    this.onWrite();
    this.#writer.write(['drop', now(), task]);
  }

  resolve(promise: number): void {
    this.onWrite();
    this.#writer.write(['resolve', now(), promise]);
  }

  print(text: string, place: Place | undefined): void {
    this.onWrite();
    this.#writer.write(['print', now(), text, this.#writer.placeNumber(place)]);
  }

  unseen(what: UnseenThing): void {
    if (this.#threadsAndProcesses.has(what)) return;
    this.#threadsAndProcesses.add(what);
    this.#writer.write(['unseen', what]);
  }

  /** The main file was loaded. A CommonJS one runs now; a module's job comes later. */
  enterMain(): void {
    this.enter('main', 'MAIN', nowhere);
    this.#writer.write(['main', now()]);
  }

  enter(key: unknown, type: string, origin: Origin): void {
    // A scope inside of the main file is one that the program itself has entered (AsyncResource).
    if (this.#scopes[0]?.key === 'main' && !outermostFrame(frames(wholeStack, Recorder.prototype.enter)))
      this.leave('main');
    // Left open outside of any scope, or by a throw that somebody caught.
    if (this.#scopes.length === 0) this.endAll();
    this.#scopes.push({ key, type, atMs: now(), depth: this.#open.length, origin });
    const isTurn = type !== 'PROMISE' && type !== 'TickObject' && type !== 'Microtask';
    if (isTurn || this.#writer.isDue) this.flush();
  }

  leave(key: unknown): void {
    const index = this.#scopes.findLastIndex((scope) => scope.key === key);
    if (index < 0) return;
    const depth = this.#scopes[index]?.depth ?? 0;
    this.#scopes.length = index;
    while (this.#open.length > depth) this.end();
  }

  /**
   * Code of the program is doing something. If nothing has shown yet how it came to run, an event begins that has the
   * scope's kind and the scope's start.
   * @param isSure true also where no frame of the program is on the stack
   */
  touch(isSure = false): void {
    if (this.#open.length > 0 && !this.#isUnplaced) return;
    const frame = outermostFrame(frames(wholeStack, Recorder.prototype.touch));
    if (this.#open.length > 0) {
      this.#isUnplaced = false;
      if (frame) this.#writer.write(['runs', this.#writer.placeNumber(startOfFrame(frame))]);
      return;
    }
    if (frame === undefined && !isSure) return;
    const { atMs, origin } = this.#scopes.at(-1) ?? { atMs: now(), origin: nowhere };
    if (!this.#hasScriptBegun) {
      const place = { file: this.#mainFile, line: 1 };
      const label = this.#mainFile.replace(/^.*[/\\]/, '');
      this.begin({ task: -1, kind: 'script', label, place, scheduled: undefined, parent: -1 }, atMs);
      return;
    }
    const { operation } = origin;
    this.begin(
      {
        task: operation?.scheduled.task ?? -1,
        kind: kindOfScope(this.scopeType),
        label: frame?.getFunctionName() || operation?.scheduled.label || 'callback',
        place: frame && startOfFrame(frame),
        scheduled: origin.place,
        parent: origin.event,
      },
      atMs,
    );
  }

  /** The program's line that is being run. */
  here(): Place | undefined {
    const frame = innermostFrame(frames(16, Recorder.prototype.here));
    return frame && placeOfFrame(frame);
  }

  /** Nothing more is recorded. */
  stop(why: UnseenThing): void {
    this.#writer.stop(why);
  }

  flush(): void {
    this.#writer.flush();
  }

  /**
   * What observes never throws into the program, whatever that has changed.
   * @returns undefined when recording has ended, by this or before
   */
  attempt<T>(observe: () => T): T | undefined {
    if (this.isStopped) return undefined;
    try {
      return observe();
    } catch {
      this.stop('broken');
      return undefined;
    }
  }

  /** Calls a function of the program's; what describes it as an event may call for nothing. */
  run(
    of: (...args: never[]) => unknown,
    self: unknown,
    args: unknown[],
    describe: () => Scheduled | undefined,
  ): unknown {
    const hasBegun = this.attempt(() => {
      const event = describe();
      if (event) this.begin(event);
      return event !== undefined;
    });
    try {
      return call(of, self, args) as unknown;
    } finally {
      if (hasBegun) this.attempt(() => this.end());
    }
  }

  /** Nothing of this is the program's. */
  aside<T>(run: () => T): T {
    const { isStopped } = this;
    this.#writer.isStopped = true;
    try {
      return run();
    } finally {
      this.#writer.isStopped = isStopped;
    }
  }
}

/** What of the loop a callback belongs to by the async resource that it runs in. */
export function kindOfScope(type: string): Kind {
  switch (type) {
    case 'PROMISE':
    case 'Microtask':
      return 'microtask';
    case 'TickObject':
      return 'nextTick';
    case 'Timeout':
      return 'timer';
    case 'Immediate':
      return 'immediate';
    case 'MESSAGEPORT':
    case 'WORKER':
      return 'message';
    case 'SIGNALWRAP':
      return 'process';
    default:
      return 'io';
  }
}
