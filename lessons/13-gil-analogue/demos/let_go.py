# The Python side of let-go.ts: the same waits one after the other, and in four threads. Nobody lets go of a lock here: while
# a thread sleeps, Python does.
import time
from concurrent.futures import ThreadPoolExecutor

# Four threads that stand ready.
threads = ThreadPoolExecutor(4)


def wait(count, ms):
    waited = 0
    for _ in range(count):
        start = time.perf_counter()
        time.sleep(ms / 1000)
        waited += time.perf_counter() - start > (ms - 1) / 1000
    return waited


def one_by_one(count, ms):
    return wait(count, ms)


def in_four(count, ms):
    return sum(threads.map(wait, [count // 4] * 4, [ms] * 4))
