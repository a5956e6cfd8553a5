import asyncio

loop = asyncio.new_event_loop()

def first():
    print("first")
    loop.call_soon(print, "third")

async def child():
    print("child")

async def main():
    print("main begins")
    task = loop.create_task(child())
    print("a task is made")
    await task
    print("main ends")

loop.call_soon(first)
loop.call_soon(print, "second")
loop.run_until_complete(main())
loop.close()
