# The Python side of split-work.ts: the same counting in one thread, and divided among two.
from concurrent.futures import ThreadPoolExecutor

# Two threads that stand ready.
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


def one_thread(end):
    return threads.submit(count_primes, 1, end, 2).result()


def two_threads(end):
    some = threads.submit(count_primes, 1, end, 4)
    others = threads.submit(count_primes, 3, end, 4)
    return some.result() + others.result()
