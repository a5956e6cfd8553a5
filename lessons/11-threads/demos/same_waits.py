# The Python side of same-waits.ts: the same waits in threads and in one event loop.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

# Threads that stand ready, and a loop.
threads = ThreadPoolExecutor(20)
loop = asyncio.new_event_loop()


def block(ms):
    start = time.perf_counter()
    time.sleep(ms / 1000)
    return (time.perf_counter() - start) * 1000


async def wait(ms):
    start = time.perf_counter()
    await asyncio.sleep(ms / 1000)
    return (time.perf_counter() - start) * 1000


async def wait_together(waits, ms):
    return await asyncio.gather(*(wait(ms) for _ in range(waits)))


def in_threads(waits, ms):
    return list(threads.map(block, [ms] * waits))


def in_a_loop(waits, ms):
    return loop.run_until_complete(wait_together(waits, ms))
