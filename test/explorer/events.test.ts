// Events of the realms in which code is explored, beside Node's own: the same code says the same with both.
import { runInContext, runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { makeAsyncRealm } from '../../runner/explorer/async/realm.ts';

const realm = makeAsyncRealm({
  refuse: (reason) => {
    throw new Error(reason);
  },
  printed: () => {},
  setTimer: () => 0,
  clearTimer: () => {},
});

/** What each says, by `say`; `target`, `event` and `hear(name)`, which makes a listener that says its name, are there. */
const programs: Readonly<Record<string, string>> = {
  'an event':
    'say(Object.keys(Event.prototype).sort().join(), String(event), event.type, event.bubbles, event.cancelable, event.composed, event.isTrusted, event.eventPhase, event.target, event.composedPath().length)',
  'an event of many options':
    "const e = new Event(5, { bubbles: 1, cancelable: 'x', composed: true }); say(e.type, e.bubbles, e.cancelable, e.composed); e.preventDefault(); say(e.defaultPrevented, e.returnValue)",
  phases: 'say(Event.NONE, Event.AT_TARGET, event.BUBBLING_PHASE)',
  'an event without a type': 'new Event()',
  'options that are none': "new Event('x', 5)",
  'a CustomEvent':
    "const e = new CustomEvent('x', { detail: 5 }); say(e.detail, e instanceof Event, new CustomEvent('y').detail)",
  'listeners in order':
    "target.addEventListener('x', hear('a')); target.addEventListener('x', hear('b'), true); target.addEventListener('x', { handleEvent: hear('c') }); say(target.dispatchEvent(event))",
  'what a listener sees':
    "target.addEventListener('x', function (e) { say(this === target, e === event, e.target === target, e.currentTarget === target, e.eventPhase, e.composedPath().length); }); target.dispatchEvent(event); say(event.target === target, event.currentTarget, event.eventPhase)",
  'the same listener twice':
    "const f = hear('a'); target.addEventListener('x', f); target.addEventListener('x', f); target.addEventListener('x', f, true); target.dispatchEvent(event)",
  once: "target.addEventListener('x', hear('a'), { once: true }); target.dispatchEvent(event); target.dispatchEvent(event)",
  'once, dispatched from within':
    "target.addEventListener('x', () => { say('a'); target.dispatchEvent(new Event('x')); }, { once: true }); target.dispatchEvent(event)",
  removed:
    "const f = hear('a'); target.addEventListener('x', f); target.removeEventListener('x', f, true); target.dispatchEvent(event); target.removeEventListener('x', f); say(target.dispatchEvent(event))",
  'removed from the capturing ones':
    "const f = hear('a'); target.addEventListener('x', f, true); target.removeEventListener('x', f, true); target.dispatchEvent(event); target.removeEventListener('x', f, { capture: true }); say(target.dispatchEvent(event))",
  'removed by one before':
    "const f = hear('b'); target.addEventListener('x', () => target.removeEventListener('x', f)); target.addEventListener('x', f); target.addEventListener('x', hear('c')); target.dispatchEvent(event)",
  'added meanwhile, by the last':
    "target.addEventListener('x', () => target.addEventListener('x', hear('b'))); target.dispatchEvent(event); say('again'); target.dispatchEvent(event)",
  'added meanwhile, by the first':
    "target.addEventListener('x', () => target.addEventListener('x', hear('c'))); target.addEventListener('x', hear('b')); target.dispatchEvent(event)",
  stopImmediatePropagation:
    "target.addEventListener('x', (e) => { e.stopImmediatePropagation(); say(e.cancelBubble); }); target.addEventListener('x', hear('b')); target.dispatchEvent(event); say('again', event.cancelBubble); target.dispatchEvent(event)",
  stopPropagation:
    "target.addEventListener('x', (e) => { e.cancelBubble = true; say(e.cancelBubble); }); target.addEventListener('x', hear('b')); target.dispatchEvent(event); say(event.cancelBubble)",
  prevented:
    "const e = new Event('x', { cancelable: true }); target.addEventListener('x', (e) => e.preventDefault()); say(target.dispatchEvent(e), target.dispatchEvent(event), e.defaultPrevented)",
  'prevented by a passive listener':
    "const e = new Event('x', { cancelable: true }); target.addEventListener('x', (e) => e.preventDefault(), { passive: true }); say(target.dispatchEvent(e))",
  'dispatched while it is':
    "target.addEventListener('x', (e) => { try { target.dispatchEvent(e); } catch (error) { say(error.name); } }); target.dispatchEvent(event)",
  'no event': 'target.dispatchEvent({ type: "x" })',
  'no listener':
    "target.addEventListener('x', null); target.addEventListener('x', undefined); target.dispatchEvent(event); target.addEventListener('x', 5)",
  'too few arguments': "target.addEventListener('x')",
  'a class of its own':
    "class Own extends EventTarget { go() { return this.dispatchEvent(new (class extends Event { n = 5; })('x')); } } const own = new Own(); own.addEventListener('x', (e) => say(e.n)); own.go()",
  'a listener with a signal':
    "const c = new AbortController(); target.addEventListener('x', hear('a'), { signal: c.signal }); target.dispatchEvent(event); c.abort(); target.dispatchEvent(event); target.addEventListener('x', hear('b'), { signal: c.signal }); target.dispatchEvent(event)",
  'a signal that is none': "target.addEventListener('x', hear('a'), { signal: {} })",
  abort:
    "const c = new AbortController(); const { signal } = c; signal.addEventListener('abort', (e) => say(e.type, e.isTrusted, e.target === signal, signal.aborted, signal.reason.name)); signal.onabort = (e) => say('on', e.type); say(signal.aborted, signal.reason, String(signal), String(c)); c.abort(); c.abort(5); try { signal.throwIfAborted(); } catch (error) { say(error.name, error.message, error.code); }",
  'abort for a reason':
    'const c = new AbortController(); c.abort(5); say(c.signal.reason, AbortSignal.abort(6).reason, AbortSignal.abort().aborted, AbortSignal.abort().reason.name)',
  onabort:
    "const c = new AbortController(); const { signal } = c; say(signal.onabort); signal.onabort = hear('old'); signal.addEventListener('abort', hear('b')); signal.onabort = hear('new'); c.abort()",
  'onabort, taken back':
    "const c = new AbortController(); c.signal.onabort = hear('a'); c.signal.onabort = null; say(c.signal.onabort); c.abort()",
  any: "const [a, b] = [new AbortController(), new AbortController()]; const any = AbortSignal.any([a.signal, b.signal]); any.addEventListener('abort', () => say('any', any.reason, a.signal.aborted)); a.signal.addEventListener('abort', () => say('a', any.aborted)); b.abort(5); a.abort(6)",
  'any of what is aborted':
    "const any = AbortSignal.any([new AbortController().signal, AbortSignal.abort(5)]); say(any.aborted, any.reason); any.onabort = hear('never')",
  'any of any':
    'const a = new AbortController(); const any = AbortSignal.any([AbortSignal.any([a.signal])]); any.onabort = () => say(any.reason); a.abort(7)',
  'any of what is none': 'AbortSignal.any([{}])',
  'any of nothing': 'say(AbortSignal.any([]).aborted)',
  'a signal that is made': 'new AbortSignal()',
  initEvent: "event.initEvent('y', true, true); say(event.type, event.bubbles, event.cancelable)",
};

function said(program: string, run: (text: string) => unknown): string[] {
  const all: string[] = [];
  const say = (...values: unknown[]): void => void all.push(values.map(String).join(' '));
  const text = `(say) => { const target = new EventTarget(); const event = new Event('x'); const hear = (name) => () => say(name); ${program} }`;
  try {
    (run(text) as (say: unknown) => void)(say);
  } catch (error) {
    all.push(`throws ${(error as Error).name}`);
  }
  return all;
}

test.each(Object.entries(programs))('%s', (_, program) => {
  const here = said(program, (text) => runInThisContext(text));
  expect(here.length).toBeGreaterThan(0);
  expect(said(program, (text) => runInContext(text, realm.context))).toEqual(here);
});
