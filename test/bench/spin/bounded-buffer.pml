/* test/fixtures/explored/threads/bounded-buffer.ts: one step for each access of shared memory, locals reset when they are
   dead. monitor[0] is a spin lock, the other two are conditions: words that count signals. */
#define notEmpty 1
#define notFull 2
byte monitor[3];
byte filled;
chan sleepers[3] = [3] of { byte };
bool asleep[3];

inline acquire() {
  do
  :: d_step { monitor[0] == 0 -> monitor[0] = 1 } -> break
  :: d_step { monitor[0] != 0 -> skip }
  od
}

inline release() {
  monitor[0] = 0
}

inline waitOn(condition) {
  seen = monitor[condition];
  release();
  if
  :: atomic { monitor[condition] == seen -> sleepers[condition] ! id; asleep[id] = true; seen = 0 }; !asleep[id]
  :: atomic { monitor[condition] != seen -> seen = 0 }
  fi;
  acquire()
}

inline signalTo(condition) {
  monitor[condition]++;
  d_step {
    if
    :: sleepers[condition] ? woken -> asleep[woken] = false
    :: empty(sleepers[condition]) -> skip
    fi;
    woken = 0
  }
}

proctype consumer(byte id) {
  byte seen = 0;
  byte woken = 0;
  acquire();
  do
  :: filled == 0 -> waitOn(notEmpty)
  :: else -> break
  od;
  filled--;
  signalTo(notFull);
  release()
}

proctype producer(byte id) {
  byte seen = 0;
  byte woken = 0;
  byte item = 0;
  do
  :: item < 2 ->
    acquire();
    do
    :: filled == 1 -> waitOn(notFull)
    :: else -> break
    od;
    filled++;
    assert(filled <= 1);
    signalTo(notEmpty);
    d_step { monitor[0] = 0; item++ }
  :: else -> break
  od
}

init {
  atomic { run producer(0); run consumer(1); run consumer(2) }
}
