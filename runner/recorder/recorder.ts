// Keeps account of what the traced program has scheduled and what is running, and writes it down. It runs inside of that
// program: what calls it (the watch-*.ts files) sees one way each in which code comes to run.
import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { frames, innermostFrame, outermostFrame, placeOfFrame, startOfFrame } from './call-places.ts';
import { mostRecords, recordFd, type Kind, type Place, type Record, type UnseenThing } from './record.ts';

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

/** The first ones are written at once, so that nothing of a small program is lost, however it ends. */
const writtenAtOnce = 2_000;
const batchBytes = 16 * 1_024;
const batchMs = 5;

/** Frames; a program that is deeper down is taken for what is there. */
const wholeStack = 60;

const nowhere: Origin = { event: -1, place: undefined, operation: undefined, isOfThread: false };
const { stringify } = JSON;
/** A microsecond is what a clock here can tell. */
const now = (): number => Math.round(clock() * 1_000) / 1_000;
const clock = performance.now.bind(performance);

export class Recorder {
  #batch: string[] = [];
  #batched = 0;
  #lastWriteMs = 0;
  #records = 0;
  #isStopped = false;
  readonly #places = new Map<string, number>();
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
    return this.#isStopped;
  }

  /** Whether code of the program is running by a call of the runtime that was seen. */
  get isInEvent(): boolean {
    return this.#open.length > 0;
  }

  /** The innermost event that has not ended; -1 */
  get event(): number {
    return this.#open.at(-1) ?? -1;
  }

  get scopeType(): string {
    return this.#scopes.at(-1)?.type ?? '';
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
    const place = this.#placeNumber(what.scheduled);
    this.#write([
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
    const [ran, handedOver] = [this.#placeNumber(place), this.#placeNumber(scheduled)];
    this.#write(['begin', atMs, task, kind, label, ran, handedOver, parent]);
  }

  end(): void {
    this.onWrite();
    this.#isUnplaced = false;
    if (this.#open.pop() !== undefined) this.#write(['end', now()]);
  }

  /** What is open has ended by throwing; nobody else will say so. */
  endAll(): void {
    while (this.#open.length > 0) this.end();
  }

  drop(task: number): void {
    this.onWrite();
    this.#write(['drop', now(), task]);
  }

  resolve(promise: number): void {
    this.onWrite();
    this.#write(['resolve', now(), promise]);
  }

  print(text: string, place: Place | undefined): void {
    this.onWrite();
    this.#write(['print', now(), text, this.#placeNumber(place)]);
  }

  unseen(what: UnseenThing): void {
    if (this.#threadsAndProcesses.has(what)) return;
    this.#threadsAndProcesses.add(what);
    this.#write(['unseen', what]);
  }

  /** The main file was loaded. A CommonJS one runs now; a module's job comes later. */
  enterMain(): void {
    this.enter('main', 'MAIN', nowhere);
    this.#write(['main', now()]);
  }

  enter(key: unknown, type: string, origin: Origin): void {
    // A scope inside of the main file is one that the program itself has entered (AsyncResource).
    if (this.#scopes[0]?.key === 'main' && !outermostFrame(frames(wholeStack, Recorder.prototype.enter)))
      this.leave('main');
    // Left open outside of any scope, or by a throw that somebody caught.
    if (this.#scopes.length === 0) this.endAll();
    this.#scopes.push({ key, type, atMs: now(), depth: this.#open.length, origin });
    const isTurn = type !== 'PROMISE' && type !== 'TickObject' && type !== 'Microtask';
    if (this.#batched > 0 && (isTurn || now() - this.#lastWriteMs > batchMs)) this.flush();
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
      if (frame) this.#write(['runs', this.#placeNumber(startOfFrame(frame))]);
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
    if (this.#isStopped) return;
    this.unseen(why);
    this.flush();
    this.#isStopped = true;
  }

  /** Nothing of this is the program's. */
  aside<T>(run: () => T): T {
    const wasStopped = this.#isStopped;
    this.#isStopped = true;
    try {
      return run();
    } finally {
      this.#isStopped = wasStopped;
    }
  }

  flush(): void {
    if (this.#batch.length === 0 || this.#isStopped) return;
    const text = this.#batch.join('');
    this.#batch = [];
    this.#batched = 0;
    try {
      writeAll(Buffer.from(text));
    } catch {
      // Whoever listened is gone, or the program has closed the pipe.
      this.#isStopped = true;
    }
    this.#lastWriteMs = now();
  }

  #placeNumber(place: Place | undefined): number {
    if (place === undefined) return -1;
    const key = `${place.line}:${place.file}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const number = this.#places.size;
    this.#places.set(key, number);
    this.#write(['place', place.file, place.line]);
    return number;
  }

  #write(record: Record): void {
    if (this.#isStopped) return;
    const line = `${stringify(record)}\n`;
    this.#batch.push(line);
    this.#batched += line.length;
    this.#records += 1;
    if (this.#records === mostRecords) this.stop('end-of-records');
    else if (this.#records <= writtenAtOnce || this.#batched > batchBytes) this.flush();
  }
}

function writeAll(bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;) from += writeSync(recordFd, bytes, from);
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
