import asyncio

stored = 0

async def deposit(amount):
    global stored
    balance = stored
    await asyncio.sleep(0.001)
    stored = balance + amount

async def main():
    await asyncio.gather(*(deposit(1) for _ in range(100)))
    print(stored)

asyncio.run(main())
