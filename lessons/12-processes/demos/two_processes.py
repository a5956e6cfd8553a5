# The Python side of two-processes.ts: the same counting in one process, divided among two, and among two threads.
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

# Two processes and two threads that stand ready.
processes = ProcessPoolExecutor(2)
threads = ThreadPoolExecutor(2)


def count_primes(start, end, step):
    count = 0
    for candidate in range(start, end, step):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor != 0:
            divisor += 1
        if candidate > 1 and divisor * divisor > candidate:
            count += 1
    return count


def one_process(end):
    return processes.submit(count_primes, 1, end, 2).result()


def two_processes(end):
    return divided(processes, end)


def two_threads(end):
    return divided(threads, end)


def divided(executor, end):
    some = executor.submit(count_primes, 1, end, 4)
    others = executor.submit(count_primes, 3, end, 4)
    return some.result() + others.result()
