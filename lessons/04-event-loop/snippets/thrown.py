import asyncio

def fail():
    raise IndexError("there is no seat 14")

async def main():
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0.02)
    print("20 ms later")

asyncio.run(main())
