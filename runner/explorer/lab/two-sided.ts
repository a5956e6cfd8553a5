// A thread whose code lives in two places: the author's scenario where the judge is, the learner's module in a subject. Both
// are replayed, each with what it heard so far; when one calls the other, it is the other's turn. So no learner code runs
// where the scenario's own operations come from, and what the subject says is taken for what the learner's functions do and
// for nothing else.
import type { Crossing } from '../guest/membrane.ts';
import type { Answer, Heard, Said, Told as ToldByOne } from '../guest/replay.ts';
import { mixed } from '../guest/replay.ts';
import type { Question } from '../guest/guest.ts';
import type { Extent } from '../guest/shared-memory.ts';
import { Histories, type Branch } from './histories.ts';
import { resultKey } from '../engine/keys.ts';
import { elementBytes, type Operation, type Result } from '../engine/operation.ts';
import type { AskThread, Hung, Told } from '../engine/program.ts';

/** Asks the code of one side. */
export type AskSide = (question: Question) => Promise<ToldByOne | Hung>;

type SideName = 'author' | 'learner';

/** How far a conversation has come: all that is needed to go on with it. */
interface Conversation {
  /** results of operations that both sides took, together */
  readonly used: number;
  readonly checksum: number;
  readonly active: SideName;
  readonly heard: Readonly<Record<SideName, readonly Heard[]>>;
  /** calls of the author's side that the learner's has not answered, and the other way round, innermost last */
  readonly open: readonly SideName[];
  /** memory that the learner's side was given */
  readonly given: readonly Extent[];
}

/** A conversation that does not come to an operation within so many calls does not come to one at all. */
const mostCalls = 10_000;

/**
 * @param beginning what the author's side hears first: the call of its `thread`
 */
export function twoSided(beginning: readonly Heard[], sides: Readonly<Record<SideName, AskSide>>): AskThread {
  const known = new Histories<Conversation>();
  const start: Conversation = {
    used: 0,
    checksum: 0,
    active: 'author',
    heard: { author: beginning, learner: [] },
    open: [],
    given: [],
  };
  return async ({ results, passed, ahead }) => {
    let conversation = furthest(known, results) ?? start;
    for (let calls = 0; calls < mostCalls; calls += 1) {
      const { active, heard, used } = conversation;
      const offered = results.slice(used);
      const told = await sides[active]({
        heard: heard[active],
        offered,
        ...(passed !== undefined && { passed }),
        ...(ahead && { ahead: { memory: seenBy(conversation, ahead.memory), most: ahead.most } }),
      });
      if ('kind' in told) return told;
      const foreign = active === 'learner' ? foreignOperation(told, conversation) : undefined;
      if (foreign) return { said: foreign, ahead: [], checksum: sumOf(conversation, told) };
      const { said } = told;
      if (said.kind !== 'call' && said.kind !== 'answer')
        return { said, ahead: told.ahead, checksum: sumOf(conversation, told) };
      if (told.ahead.length > 0) return withoutTheLast(told, sumOf(conversation, told));
      const took = offered.slice(0, told.took.length);
      if (said.kind === 'answer' && conversation.open.length === 0)
        return { said, ahead: [], checksum: sumOf(conversation, told) };
      conversation = handedOver(conversation, said, took, sumOf(conversation, told));
      const at = results.slice(0, conversation.used).map(resultKey).reduce(known.grow, known.root);
      at.value = conversation;
    }
    return {
      said: {
        kind: 'refusal',
        reason: 'the scenario and the file that is judged call each other without end',
        file: '',
        line: 0,
      },
      ahead: [],
      checksum: conversation.checksum,
    };
  };
}

/** Memory as a side may see it: what the learner's was not given holds nothing. */
function seenBy({ active, given }: Conversation, memory: Uint8Array): Uint8Array {
  if (active === 'author') return memory.slice();
  const seen = new Uint8Array(memory.length);
  for (const { base, byteLength } of given) seen.set(memory.subarray(base, base + byteLength), base);
  return seen;
}

/** The conversation that came furthest with a beginning of these results. */
function furthest({ root }: Histories<Conversation>, results: readonly Result[]): Conversation | undefined {
  let found = root.value;
  let at: Branch<Conversation> | undefined = root;
  for (const result of results) {
    at = at.next.get(resultKey(result));
    if (!at) break;
    found = at.value ?? found;
  }
  return found;
}

/** It is the other side's turn. */
function handedOver(
  conversation: Conversation,
  said: Extract<Said, { kind: 'call' | 'answer' }>,
  took: readonly Result[],
  checksum: number,
): Conversation {
  const { active, heard, used, open, given } = conversation;
  const other: SideName = active === 'author' ? 'learner' : 'author';
  const passedOn = said.kind === 'call' ? said.args : [said.value];
  return {
    used: used + took.length,
    checksum,
    active: other,
    heard: {
      ...heard,
      [active]: [...heard[active], ...took],
      [other]: [...heard[other], heardOf(said)],
    },
    open: said.kind === 'call' ? [...open, active] : open.slice(0, -1),
    given: active === 'author' ? [...given, ...passedOn.flatMap(extentsIn)] : given,
  };
}

function heardOf(said: Extract<Said, { kind: 'call' | 'answer' }>): Heard {
  if (said.kind === 'call') return { kind: 'call', demand: said.demand, args: said.args };
  const answer: Answer = { kind: 'answer', isThrown: said.isThrown, value: said.value };
  return answer;
}

/** What it did by itself before it called is nothing to go on from: the other side has not seen that memory. */
function withoutTheLast({ ahead }: ToldByOne, checksum: number): Told {
  const last = ahead.at(-1);
  if (!last) throw new Error('nothing was done ahead');
  const { operation, places } = last;
  return { said: { kind: 'operation', operation, places }, ahead: ahead.slice(0, -1), checksum };
}

function sumOf({ checksum }: Conversation, { took }: ToldByOne): number {
  return took.reduce(mixed, checksum);
}

/** An operation of the learner's side on memory that nobody gave it. */
function foreignOperation({ said, ahead }: ToldByOne, { given }: Conversation): Said | undefined {
  const done = [...ahead, ...(said.kind === 'operation' ? [said] : [])];
  const foreign = done.find(({ operation }) => !given.some((extent) => liesIn(operation, extent)));
  if (!foreign) return undefined;
  const [place] = foreign.places;
  return {
    kind: 'refusal',
    reason: 'it uses memory that it was not given',
    file: place?.file ?? '',
    line: place?.line ?? 0,
  };
}

function liesIn({ cell }: Operation, { base, byteLength }: Extent): boolean {
  return cell.address >= base && cell.address + elementBytes[cell.type] <= base + byteLength;
}

/** The buffers that a value gives access to. */
function extentsIn(crossing: Crossing): Extent[] {
  if (!Array.isArray(crossing)) return [];
  const [tag, content] = crossing as readonly [string, unknown];
  switch (tag) {
    case 'view':
      return [(content as { extent: Extent }).extent];
    case 'buffer':
      return [content as Extent];
    case 'array':
    case 'set':
      return (content as Crossing[]).flatMap(extentsIn);
    case 'object':
    case 'map':
      return (content as Crossing[][]).flat().flatMap(extentsIn);
    default:
      return [];
  }
}
