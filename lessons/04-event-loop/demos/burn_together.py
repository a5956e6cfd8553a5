# The Python side of burn-together.ts: four computations in an event loop, and in two threads.
import asyncio
from concurrent.futures import ThreadPoolExecutor

# Two threads that stand ready, and a loop.
threads = ThreadPoolExecutor(2)
loop = asyncio.new_event_loop()


def count_primes(limit):
    count = 0
    for candidate in range(2, limit):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor != 0:
            divisor += 1
        if divisor * divisor > candidate:
            count += 1
    return count


async def compute(limit):
    return count_primes(limit)


async def one_by_one(jobs, limit):
    return sum([await compute(limit) for _ in range(jobs)])


async def together(jobs, limit):
    return sum(await asyncio.gather(*(compute(limit) for _ in range(jobs))))


def in_a_loop(jobs, limit):
    return loop.run_until_complete(one_by_one(jobs, limit))


def under_gather(jobs, limit):
    return loop.run_until_complete(together(jobs, limit))


def in_two_threads(jobs, limit):
    return sum(threads.map(count_primes, [limit] * jobs))
