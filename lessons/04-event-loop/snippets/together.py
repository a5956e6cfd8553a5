import asyncio, time

async def compute():
    return sum(number * number for number in range(1_000_000))

async def one_by_one():
    for _ in range(4):
        await compute()

async def together():
    await asyncio.gather(*(compute() for _ in range(4)))

for run in (one_by_one, together):
    start = time.perf_counter()
    asyncio.run(run())
    print(f"{run.__name__}: {time.perf_counter() - start:.2f} s")
