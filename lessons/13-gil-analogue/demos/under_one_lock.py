# The Python side of under-one-lock.ts: counting primes in one thread and in two. Nobody takes a lock here: Python does.
from concurrent.futures import ThreadPoolExecutor

# Two threads that stand ready.
threads = ThreadPoolExecutor(2)


def count_primes(first, end, step):
    count = 0
    for candidate in range(first, end, step):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor != 0:
            divisor += 1
        if candidate > 1 and divisor * divisor > candidate:
            count += 1
    return count


def primes_in_one(end):
    return threads.submit(count_primes, 1, end, 2).result() + 1


# Every second odd number each; and 2, the only even prime.
def primes_in_two(end):
    some = threads.submit(count_primes, 1, end, 4)
    others = threads.submit(count_primes, 3, end, 4)
    return some.result() + others.result() + 1
