/* test/fixtures/explored/threads/peterson.ts: one step for each access of shared memory, locals reset when they are dead. */
byte wants[2];
byte turn;
byte counter;
byte ended;

proctype thread(byte id) {
  byte round = 0;
  byte seen = 0;
  do
  :: round < 2 ->
    wants[id] = 1;
    turn = 1 - id;
again:
    if
    :: wants[1 - id] == 1 ->
      if
      :: turn == 1 - id -> goto again
      :: else -> skip
      fi
    :: else -> skip
    fi;
    seen = counter;
    d_step { counter = seen + 1; seen = 0 };
    d_step { wants[id] = 0; round++ }
  :: else -> break
  od;
  ended++;
  (ended == 2);
  assert(counter == 4)
}

init {
  atomic { run thread(0); run thread(1) }
}
