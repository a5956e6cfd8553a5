// The author's side of the dialogue with the learner's module. What that module said to everything that it has heard is kept in
// a tree, so that a run goes through at once where others have been; where nobody has been, the run ends, the question goes
// out, and it is run again when the answer is there.
import { MembraneError, type Crossing, type Demand } from '../guest/membrane.ts';
import { Border, placed } from './border.ts';
import type { Tell } from './operations.ts';
import { sumOf, written, type Heard, type Said, type Told } from './dialogue.ts';
import type { OpenedLearner } from './learner.ts';
import type { AsyncRealm } from './realm.ts';
import type { OtherSide, Run } from './run.ts';

/** What is known of the learner's module beforehand. */
export type LearnerExports = Omit<Extract<OpenedLearner, { kind: 'opened' }>, 'kind'>;

/** What the learner's side has heard, and what it says to it. */
interface Node {
  readonly parent: Node | undefined;
  /** the last thing that it has heard */
  readonly heard: string;
  readonly children: Map<string, Node>;
  told: Told | undefined;
  /** of all that was said up to here */
  sum: number;
}

/** All that is known of the learner's module. */
export class LearnerKnown {
  readonly root: Node = { parent: undefined, heard: '', children: new Map(), told: undefined, sum: 0 };
  readonly #open = new Set<Node>();

  node(parent: Node, heard: string): Node {
    let node = parent.children.get(heard);
    if (!node) {
      node = { parent, heard, children: new Map(), told: undefined, sum: 0 };
      parent.children.set(heard, node);
    }
    return node;
  }

  ask(node: Node): void {
    this.#open.add(node);
  }

  /** What is to be asked now: all that was heard, for each question. */
  get questions(): string[][] {
    return [...this.#open].map(heardBy);
  }

  /** The answers to these, in the same order. */
  answer(answers: readonly Told[]): void {
    [...this.#open].forEach((node, index) => {
      const told = answers[index];
      if (!told) return;
      const before = node.parent?.sum ?? 0;
      const isOutside = told.said.last.kind === 'hung';
      node.told = told.before === before || isOutside ? told : { ...told, said: differing };
      node.sum = sumOf(before, told.said);
      this.#open.delete(node);
    });
  }
}

function heardBy(node: Node): string[] {
  const heard: string[] = [];
  for (let at: Node | undefined = node; at?.parent; at = at.parent) heard.push(at.heard);
  return heard.toReversed();
}

/** What one run says to the learner's side: each time all of it is said again, so this is a matter of time, too. */
const mostHeard = 1_000;

const changes = 'it does not do the same each time that it is run in the same order';
const differing: Said = { posts: [], settled: [], last: { kind: 'refusal', reason: changes, file: '', line: 0 } };

export const interruption = Object.freeze({ name: 'Interruption' });

/** One run's part of it. */
export class Conversation implements OtherSide {
  readonly #known: LearnerKnown;
  readonly #realm: AsyncRealm;
  readonly #border: Border;
  readonly #run: () => Run | undefined;
  /** The numbers that the run gave to what the learner's code has begun. */
  readonly #posts: number[] = [];
  #node: Node;
  #length = 0;
  /** The learner's side has heard something and has not had its turn since. */
  #isStirred = false;
  isWaiting = false;

  constructor(known: LearnerKnown, realm: AsyncRealm, run: () => Run | undefined) {
    this.#known = known;
    this.#realm = realm;
    this.#run = run;
    this.#node = known.root;
    this.#border = new Border({
      realm,
      hasClasses: true,
      demand: (demand, args) => this.#demand(demand, args),
      operationOf: (value) => run()?.operations.numberOf(value) ?? -1,
      ownOperation: (number) => run()?.operations.at(number)?.made,
      operation: () => ({}),
      placesOf: () => [],
    });
  }

  /** All that the learner's side has heard in this run. */
  get heard(): string[] {
    return heardBy(this.#node);
  }

  /** What the learner's module exports under this name. */
  exported(name: string, { functions }: LearnerExports): unknown {
    const { membrane } = this.#border;
    const index = functions.indexOf(name);
    // The learner's side has kept its functions before all else, in this order; 0 is the module itself.
    if (index >= 0) return membrane.receive(['mine', index + 1, true]);
    return this.#guarded(() => membrane.receive(this.#demand(['get', 0, name], [])));
  }

  /** In the author's handlers of exceptions: an interruption is none of theirs. */
  pass(): void {
    if (this.isWaiting) throw interruption;
  }

  exchange(): boolean {
    if (this.isWaiting || (!this.#isStirred && !this.#border.hasSettled)) return false;
    this.#isStirred = false;
    try {
      const told = this.#say({ kind: 'turn', settled: this.#border.takeSettled().settled });
      if (!told) return false;
      this.#serve(told);
    } catch (error) {
      if (error !== interruption) throw error;
    }
    return true;
  }

  #demand(demand: Demand, args: readonly Crossing[]): Crossing {
    this.pass();
    const { settled } = this.#border.takeSettled();
    const told = this.#say({ kind: 'call', task: this.#realm.task(), demand, args, settled });
    this.#isStirred = true;
    if (!told) throw interruption;
    return this.#serve(told);
  }

  /** Does what the learner's side asks for until it answers, or has nothing more to say. */
  #serve(first: Told): Crossing {
    let told = first;
    for (;;) {
      this.#guarded(() => this.#take(told));
      const { last } = told.said;
      const run = this.#run();
      switch (last.kind) {
        case 'quiet':
          return undefined;
        case 'answer':
          if (!last.isThrown) return last.value;
          throw this.#error(last.value, told);
        case 'unhandled':
          run?.unhandled(this.#error(last.value, told));
          throw interruption;
        case 'refusal':
          run?.refuse(last.reason, { file: last.file, line: last.line, column: 0, within: '' });
          throw interruption;
        case 'hung':
          run?.hang(last.places);
          throw interruption;
        case 'call': {
          const answer = this.#realm.runAs(last.task, () => this.#fulfil(last.demand, last.args));
          this.pass();
          const next = this.#say({ ...answer, settled: this.#border.takeSettled().settled });
          if (!next) throw interruption;
          told = next;
        }
      }
    }
  }

  #error(value: Crossing, { thrownPlaces }: Told): unknown {
    return this.#guarded(() => placed(this.#border.membrane.receive(value), thrownPlaces.at(-1) ?? []));
  }

  /** What makes no sense on this side ends the run. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof MembraneError)) throw error;
      this.#run()?.refuse(error.message, undefined);
      throw interruption;
    }
  }

  #fulfil(demand: Demand, args: readonly Crossing[]): Omit<Extract<Heard, { kind: 'answer' }>, 'settled'> {
    try {
      // What the scenario has handed over stays as its author made it.
      if (demand[0] === 'set') throw new MembraneError(`${demand[2]} of the scenario cannot be changed`);
      return { kind: 'answer', isThrown: false, value: this.#border.membrane.fulfil(demand, args) };
    } catch (error) {
      if (error instanceof MembraneError) this.#run()?.refuse(error.message, undefined);
      let value: Crossing;
      try {
        value = this.#border.membrane.send(error);
      } catch {
        value = ['error', 'Error', 'something that cannot be handed over', ''];
      }
      return { kind: 'answer', isThrown: true, value };
    }
  }

  /** What the learner's side has begun, and what has settled there. */
  #take({ said, postPlaces, thrownPlaces }: Told): void {
    said.posts.forEach((post, index) => {
      const run = this.#run();
      if (!run) return;
      if (post.kind === 'clear') return run.work.removeTimer(this.#posts[post.post] ?? -1);
      const number = this.#posts.length;
      const by = { task: post.task, places: postPlaces[index] ?? [] };
      const tell: Tell = (isRejected, value) => this.#border.settle('post', number, isRejected, value);
      if (post.kind === 'timer') {
        const kind = post.isImmediate ? 'immediate' : 'timeout';
        this.#posts.push(run.operations.begin(kind, post.ms, by, () => tell(false, undefined)));
        return;
      }
      const operation = run.operations.at(post.operation);
      if (!operation || !this.#border.hasGiven(post.operation))
        throw new MembraneError('it calls an operation that it was not given');
      const args = post.args.map((arg) => this.#border.membrane.receive(arg));
      this.#posts.push(operation.begin(args, by, tell));
    });
    said.settled.forEach((settled, index) => this.#border.hearSettled(settled, thrownPlaces[index] ?? []));
  }

  #say(heard: Heard): Told | undefined {
    this.#length += 1;
    if (this.#length > mostHeard) {
      this.#run()?.refuse('the scenario and the file that is judged call each other without end', undefined);
      throw interruption;
    }
    this.#node = this.#known.node(this.#node, written(heard));
    const { told } = this.#node;
    if (!told) {
      this.isWaiting = true;
      this.#known.ask(this.#node);
    }
    return told;
  }
}
