# The Python side of convoy.ts: short waits, alone and beside a thread that computes. Python's own lock is the lock here.
import threading
import time


def wait_some_times(times, ms):
    waited = 0
    for _ in range(times):
        start = time.perf_counter()
        time.sleep(ms / 1000)
        waited += time.perf_counter() - start > (ms - 1) / 1000
    return waited


def compute_until(is_over):
    number = 0
    while not is_over.is_set():
        number = (number + 1) % 1000


def alone(times, ms):
    return wait_some_times(times, ms)


def beside_computing(times, ms):
    is_over = threading.Event()
    neighbour = threading.Thread(target=compute_until, args=(is_over,))
    neighbour.start()
    waited = wait_some_times(times, ms)
    is_over.set()
    neighbour.join()
    return waited
