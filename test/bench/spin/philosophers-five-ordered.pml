/* test/fixtures/explored/threads/philosophers-five-ordered.ts: one step for each access of shared memory. A word that is slept
   on has its sleepers in a queue, first come, first woken. */
#define N 5
byte forks[N];
chan sleepers[N] = [N] of { byte };
bool asleep[N];

inline take(at) {
  do
  :: d_step { forks[at] == 0 -> forks[at] = 1 } -> break
  :: d_step { forks[at] != 0 -> skip };
    if
    :: atomic { forks[at] == 1 -> sleepers[at] ! id; asleep[id] = true }; !asleep[id]
    :: atomic { forks[at] != 1 -> skip }
    fi
  od
}

inline put(at) {
  forks[at] = 0;
  d_step {
    if
    :: sleepers[at] ? woken -> asleep[woken] = false
    :: empty(sleepers[at]) -> skip
    fi;
    woken = 0
  }
}

proctype thread(byte id) {
  byte woken = 0;
  byte first = (id + 1 == N -> 0 : id);
  byte second = (id + 1 == N -> id : id + 1);
  take(first);
  take(second);
  put(second);
  put(first)
}

init {
  atomic { run thread(0); run thread(1); run thread(2); run thread(3); run thread(4) }
}
