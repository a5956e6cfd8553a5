// The judge's end of the two pipes: calls that go out and find their answers, callbacks that come in, and the caps
// on what may come at all. It knows nothing of processes and limits. Frames are of unknown intent: one that answers
// nothing that was asked is dropped, one that is no frame breaks the wire.
import type { Readable, Writable } from 'node:stream';
import { EndedError, type Ending } from './endings.ts';
import { LineReader, maxFrames, maxLineBytes, parseFromSubject, type FromSubject, type ToSubject } from './frames.ts';
import { RemoteAnswer, remoteFunction } from './remote-function.ts';
import { decode, encode, type Encoded } from './values.ts';

/** Frames about the life of the subject; calls and callbacks are the wire's own matter. */
export type LifeFrame = Exclude<FromSubject, { t: 'answer' | 'callback' }>;

export interface WireListener {
  onFrame(frame: LifeFrame): void;
  /** More came than any answer needs, or something that is no frame. */
  onBroken(reason: string): void;
  /**
   * A function of the suite threw when the learner's code called it.
   * @returns true when that is the failure of the test itself, which is nothing for learner code to read or to catch
   */
  onThrown(error: unknown): boolean;
}

/** What learner code threw, as it was made here: a test that lets one through has not failed by itself. */
export const thrownBySubject = new WeakSet<object>();

type OpenCall = Pick<PromiseWithResolvers<unknown>, 'resolve' | 'reject'>;

/** Of the test's functions, that a subject may call before it has an answer: each of them takes the judge's time. */
const mostOpenCallbacks = 200;

export class Wire {
  readonly #to: Writable;
  readonly #listener: WireListener;
  readonly #reader = new LineReader(maxLineBytes);
  readonly #open = new Map<number, OpenCall>();
  /** Functions that were handed to the subject, by their number. */
  readonly #functions = new Map<number, (...args: unknown[]) => unknown>();
  #lastFunction = -1;
  #answers: RemoteAnswer[] = [];
  #lastCall = 0;
  #frames = 0;
  #openCallbacks = 0;
  #isMute = false;
  #ending: Ending | undefined;

  constructor(to: Writable, from: Readable, listener: WireListener) {
    this.#to = to;
    this.#listener = listener;
    from.on('data', (chunk: Buffer) => this.#onData(chunk));
    // Writing to a process that has just died is no error of ours.
    for (const stream of [to, from]) stream.on('error', () => {});
  }

  send(frame: ToSubject): void {
    if (!this.#ending) this.#to.write(`${JSON.stringify(frame)}\n`);
  }

  /**
   * @param frame the question, given the number of its answer
   * @returns the answer, decoded
   * @throws EndedError when the subject ends first; what the learner's code threw, decoded
   */
  ask(frame: (id: number) => ToSubject): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // A test that gave up has nobody left to wait for this one.
    promise.catch(() => {});
    const id = ++this.#lastCall;
    if (this.#ending) reject(new EndedError(this.#ending));
    else {
      this.#open.set(id, { resolve, reject });
      this.send(frame(id));
    }
    return promise;
  }

  hasAsked(id: number): boolean {
    return this.#open.has(id);
  }

  /** @throws WireError for what cannot cross: that is the suite's mistake */
  encodeAll(args: readonly unknown[]): Encoded[] {
    const keep = (fn: unknown): number => {
      this.#functions.set(++this.#lastFunction, fn as (...args: unknown[]) => unknown);
      return this.#lastFunction;
    };
    // Where an error was made in a suite is not for learner code to know.
    return args.map((arg) => encode(arg, keep, (error) => `${error.name}: ${error.message}`));
  }

  /**
   * How many functions of answers were called since this was asked last, without anybody waiting for what they
   * answer: `found.includes(x)` on an object that poses as an array gives a promise, which is true in any condition.
   */
  takeUnheard(): number {
    const unheard = this.#answers.filter(({ isHeard }) => !isHeard).length;
    this.#answers = [];
    return unheard;
  }

  /** The test is over: whoever calls now what it handed in gets no answer, and disturbs no other test. */
  takeFunctionsBack(): void {
    this.#functions.clear();
  }

  /** From now on nothing that comes counts any more. */
  mute(): void {
    this.#isMute = true;
  }

  /** Rejects what is still open, and all that will be asked. */
  end(ending: Ending): void {
    this.#isMute = true;
    this.#ending = ending;
    for (const { reject } of this.#open.values()) reject(new EndedError(ending));
    this.#open.clear();
  }

  #onData(chunk: Buffer): void {
    if (this.#isMute) return;
    const lines = this.#reader.read(chunk);
    if (lines === 'too-long') return this.#break(`a message of more than ${maxLineBytes / 1024} KiB`);
    for (const line of lines) {
      // Any of the lines before may have ended it.
      if (this.#isMute) return;
      this.#frames += 1;
      if (this.#frames > maxFrames) return this.#break(`more than ${maxFrames} messages`);
      const frame = parseFromSubject(line);
      if (!frame) return this.#break('something that is no message');
      if (frame.t === 'answer') this.#onAnswer(frame);
      else if (frame.t === 'callback') void this.#onCallback(frame);
      else this.#listener.onFrame(frame);
    }
  }

  #break(reason: string): void {
    this.#isMute = true;
    this.#listener.onBroken(reason);
  }

  #onAnswer({ id, ok, value }: Extract<FromSubject, { t: 'answer' }>): void {
    const call = this.#open.get(id);
    if (!call) return;
    let decoded: unknown;
    try {
      decoded = decode(value, this.#makeFunction);
    } catch (error) {
      return this.#break((error as Error).message);
    }
    this.#open.delete(id);
    if (ok) return call.resolve(decoded);
    if (typeof decoded === 'object' && decoded !== null) thrownBySubject.add(decoded);
    call.reject(decoded);
  }

  async #onCallback({ id, fn, args }: Extract<FromSubject, { t: 'callback' }>): Promise<void> {
    const target = this.#functions.get(fn);
    if (!target) return;
    if (this.#openCallbacks >= mostOpenCallbacks)
      return this.#break(`more than ${mostOpenCallbacks} calls of the test's functions at once`);
    let decoded: unknown[];
    try {
      decoded = args.map((arg) => decode(arg, this.#makeFunction));
    } catch (error) {
      return this.#break((error as Error).message);
    }
    this.#openCallbacks += 1;
    try {
      const value = await target(...decoded);
      this.send({ t: 'reply', id, ok: true, value: this.encodeAll([value])[0] ?? null });
    } catch (error) {
      // No answer, rather than an exception: one that nobody catches would end the program, and with it the next test.
      if (this.#listener.onThrown(error)) return;
      this.send({ t: 'reply', id, ok: false, value: this.#encodeThrown(error) });
    } finally {
      this.#openCallbacks -= 1;
    }
  }

  #encodeThrown(error: unknown): Encoded {
    try {
      return this.encodeAll([error])[0] ?? null;
    } catch {
      return ['e', 'Error', String(error), '', []];
    }
  }

  readonly #makeFunction = (fn: number): ((...args: unknown[]) => RemoteAnswer) =>
    remoteFunction((args) => {
      const answer = RemoteAnswer.to(this.ask((id) => ({ t: 'invoke', id, fn, args: this.encodeAll(args) })));
      this.#answers.push(answer);
      return answer;
    });
}
