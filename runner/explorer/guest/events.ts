// Event, EventTarget, AbortController and AbortSignal of a realm whose code is explored. Node's own are objects of another realm,
// whose events tell the time, whose signals set timers of the real world, and which take an exception that a listener throws
// past the code to the end of the process. These do what the DOM standard says, as Node has it.
import { runInContext, type Context } from 'node:vm';

export interface EventsOperator {
  /** It cannot be explored. */
  refuse(reason: string): never;
  /** A listener has thrown this. */
  uncaught(error: unknown): void;
}

const names = ['Event', 'CustomEvent', 'EventTarget', 'AbortController', 'AbortSignal'] as const;

/** @returns constructors by their names, as globals have them */
export function makeEvents(context: Context, operator: EventsOperator): Record<(typeof names)[number], unknown> {
  const make = runInContext(text, context) as (
    operator: EventsOperator,
    exception: typeof DOMException,
  ) => ReturnType<typeof makeEvents>;
  return make(operator, DOMException);
}

const text = `(operator, DOMException) => {
  // What is done to the private parts of an event from outside of its class.
  let begin, goesOn, end, setPassive, trusted;
  class Event {
    #type; #bubbles; #cancelable; #composed;
    #target = null; #isDispatched = false; #isStopped = false; #isCanceled = false; #isPassive = false;
    #propagates = true; #isTrusted = false;
    constructor(type, options) {
      if (arguments.length === 0) throw new TypeError('The "type" argument must be specified');
      if (options !== null && !/^(undefined|object|function)$/.test(typeof options))
        throw new TypeError('The "options" argument must be of type object.');
      this.#type = String(type);
      this.#bubbles = Boolean(options?.bubbles);
      this.#cancelable = Boolean(options?.cancelable);
      this.#composed = Boolean(options?.composed);
    }
    get type() { return this.#type; }
    get target() { return this.#target; }
    get srcElement() { return this.#target; }
    get currentTarget() { return this.#isDispatched ? this.#target : null; }
    get bubbles() { return this.#bubbles; }
    get cancelable() { return this.#cancelable; }
    get composed() { return this.#composed; }
    get defaultPrevented() { return this.#cancelable && this.#isCanceled; }
    get returnValue() { return !this.defaultPrevented; }
    get cancelBubble() { return !this.#propagates; }
    set cancelBubble(value) { if (value) this.stopPropagation(); }
    get eventPhase() { return this.#isDispatched ? 2 : 0; }
    get isTrusted() { return this.#isTrusted; }
    get timeStamp() { return operator.refuse('Event.timeStamp: time cannot be explored: it differs from run to run'); }
    composedPath() { return this.#isDispatched ? [this.#target] : []; }
    preventDefault() { if (!this.#isPassive) this.#isCanceled = true; }
    stopPropagation() { this.#propagates = false; }
    stopImmediatePropagation() { this.#isStopped = true; this.#propagates = false; }
    initEvent(type, bubbles, cancelable) {
      if (this.#isDispatched) return;
      this.#type = String(type);
      this.#bubbles = Boolean(bubbles);
      this.#cancelable = Boolean(cancelable);
    }
    static {
      begin = (event, target) => {
        if (!(typeof event === 'object' && event !== null && #type in event))
          throw new TypeError('The "event" argument must be an instance of Event.');
        if (event.#isDispatched) throw new Error('The event "' + event.#type + '" is already being dispatched');
        event.#isDispatched = true;
        event.#target = target;
        return event.#type;
      };
      goesOn = (event) => !event.#isStopped;
      end = (event) => { event.#isDispatched = event.#isPassive = false; };
      setPassive = (event, isPassive) => { event.#isPassive = isPassive; };
      trusted = (type) => { const event = new Event(type); event.#isTrusted = true; return event; };
    }
  }
  class CustomEvent extends Event {
    #detail;
    constructor(type, options) {
      super(...arguments);
      this.#detail = options?.detail ?? null;
    }
    get detail() { return this.#detail; }
  }
  class EventTarget {
    /** Of each type a list, linked as Node's is: who is added behind the next listener is called in the same dispatch. */
    #lists = new Map();
    addEventListener(type, callback, options) {
      if (arguments.length < 2) throw new TypeError('The "type" and "listener" arguments must be specified');
      if (callback === null || callback === undefined) return;
      if (typeof callback !== 'function' && typeof callback !== 'object')
        throw new TypeError('The "listener" argument must be an instance of EventListener.');
      const { once, passive, signal, capture } = typeof options === 'boolean' ? { capture: options } : (options ?? {});
      if (signal !== undefined && !isSignal(signal))
        throw new TypeError('The "options.signal" property must be an instance of AbortSignal.');
      if (signal?.aborted || this.#find(type, callback, Boolean(capture))) return;
      signal?.addEventListener('abort', () => this.removeEventListener(type, callback, options), { once: true });
      let previous = this.#list(type);
      while (previous.next) previous = previous.next;
      const flags = { once: Boolean(once), isPassive: Boolean(passive), isCapture: Boolean(capture), isRemoved: false };
      previous.next = { callback, ...flags, previous, next: undefined };
    }
    removeEventListener(type, callback, options) {
      if (arguments.length < 2) throw new TypeError('The "type" and "listener" arguments must be specified');
      // Here Node does not take \`true\` for a capture.
      const listener = this.#find(type, callback, options?.capture === true);
      if (listener) this.#remove(listener);
    }
    dispatchEvent(event) {
      const type = begin(event, this);
      for (let next, at = this.#list(type).next; at && goesOn(event); at = next) {
        const { callback, once, isPassive, isRemoved } = at;
        next = at.next;
        if (isRemoved) continue;
        if (once) this.#remove(at);
        setPassive(event, isPassive);
        try {
          if (typeof callback === 'function') Reflect.apply(callback, this, [event]);
          else callback.handleEvent?.(event);
        } catch (error) {
          operator.uncaught(error);
        }
      }
      end(event);
      return !event.defaultPrevented;
    }
    #list(type) {
      const key = String(type);
      if (!this.#lists.has(key)) this.#lists.set(key, { next: undefined });
      return this.#lists.get(key);
    }
    #remove(listener) {
      listener.isRemoved = true;
      listener.previous.next = listener.next;
      if (listener.next) listener.next.previous = listener.previous;
    }
    #find(type, callback, isCapture) {
      let at = this.#list(type).next;
      while (at && (at.callback !== callback || at.isCapture !== isCapture)) at = at.next;
      return at;
    }
  }
  let isSignal, makeSignal, abort;
  const token = Symbol();
  class AbortSignal extends EventTarget {
    #isAborted = false; #reason; #handler = null;
    /** Signals that any() made of this one. */
    #dependents = [];
    constructor(key) {
      if (key !== token) throw new TypeError('Illegal constructor');
      super();
    }
    get aborted() { return this.#isAborted; }
    get reason() { return this.#reason; }
    throwIfAborted() { if (this.#isAborted) throw this.#reason; }
    get onabort() { return this.#handler; }
    set onabort(handler) {
      if (this.#handler === null) this.addEventListener('abort', this.#handle);
      this.#handler = typeof handler === 'function' ? handler : null;
      if (this.#handler === null) this.removeEventListener('abort', this.#handle);
    }
    #handle = (event) => Reflect.apply(this.#handler, this, [event]);
    static abort(reason) {
      const signal = makeSignal();
      abort(signal, reason);
      return signal;
    }
    static any(signals) {
      const [all, made] = [[...signals], makeSignal()];
      for (const signal of all) if (!isSignal(signal)) throw new TypeError('The "signals" argument must be of AbortSignals.');
      const aborted = all.find((signal) => signal.#isAborted);
      if (aborted) made.#set(aborted.#reason);
      else for (const signal of all) signal.#dependents.push(made);
      return made;
    }
    static timeout() { return operator.refuse('AbortSignal.timeout: set a timeout that calls abort() instead'); }
    #set(reason) {
      const isNew = !this.#isAborted;
      if (isNew) this.#reason = reason;
      this.#isAborted = true;
      return isNew;
    }
    static {
      isSignal = (value) => typeof value === 'object' && value !== null && #isAborted in value;
      makeSignal = () => new AbortSignal(token);
      abort = (signal, reason = new DOMException('This operation was aborted', 'AbortError')) => {
        if (!signal.#set(reason)) return;
        // All of them are aborted before anybody hears of any.
        const told = [signal];
        for (const each of told) for (const dependent of each.#dependents) if (dependent.#set(reason)) told.push(dependent);
        for (const each of told) each.dispatchEvent(trusted('abort'));
      };
    }
  }
  class AbortController {
    #signal = makeSignal();
    get signal() { return this.#signal; }
    abort(reason) { abort(this.#signal, reason); }
  }
  const phases = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 };
  for (const [name, value] of Object.entries(phases)) Object.defineProperty(Event, name, { value, enumerable: true });
  const made = { Event, CustomEvent, EventTarget, AbortController, AbortSignal };
  for (const [name, { prototype }] of Object.entries(made)) {
    Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
    // As the standard has them: a copy of an event by its keys has its type.
    for (const key of Object.getOwnPropertyNames(prototype))
      if (key !== 'constructor') Object.defineProperty(prototype, key, { enumerable: true });
  }
  return made;
}`;
