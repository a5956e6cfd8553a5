// Requests in a linked list, told one behind the other by recursion; a class, and a getter for the open batch.
interface Request<K, V> {
  readonly key: K;
  readonly listeners: ((settle: PromiseSettledResult<V>) => void)[];
  next?: Request<K, V>;
}

class Loader<K, V> {
  #first: Request<K, V> | undefined;
  readonly #load: (keys: K[]) => Promise<V[]>;

  constructor(load: (keys: K[]) => Promise<V[]>) {
    this.#load = load;
  }

  get(key: K): Promise<V> {
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    if (!this.#first) Promise.resolve().then(() => process.nextTick(() => this.#flush()), reject);
    this.#find(key).listeners.push((result) =>
      result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason),
    );
    return promise;
  }

  #find(key: K): Request<K, V> {
    const fresh = { key, listeners: [] };
    if (!this.#first) return (this.#first = fresh);
    let last = this.#first;
    while (!Object.is(last.key, key) && last.next) last = last.next;
    if (Object.is(last.key, key)) return last;
    return (last.next = fresh);
  }

  async #flush(): Promise<void> {
    const first = this.#first;
    this.#first = undefined;
    const load = async (): Promise<V[]> => this.#load(keysFrom(first));
    const [answer] = await Promise.allSettled([load()]);
    tell(first, (place) => (answer.status === 'fulfilled' ? { ...answer, value: answer.value[place]! } : answer));
  }
}

function keysFrom<K, V>(request: Request<K, V> | undefined): K[] {
  return request ? [request.key, ...keysFrom(request.next)] : [];
}

function tell<K, V>(
  request: Request<K, V> | undefined,
  result: (place: number) => PromiseSettledResult<V>,
  place = 0,
): void {
  request?.listeners.forEach((listener) => listener(result(place)));
  if (request) tell(request.next, result, place + 1);
}

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  const loader = new Loader(load);
  return loader.get.bind(loader);
}
