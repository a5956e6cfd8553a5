import asyncio, time

loop = asyncio.new_event_loop()
start = time.perf_counter()

def again():
    if time.perf_counter() - start < 0.1:
        loop.call_soon(again)

def late():
    print(f"timer after {(time.perf_counter() - start) * 1000:.0f} ms")

loop.call_soon(again)
loop.call_later(0.01, late)
loop.call_later(0.2, loop.stop)
loop.run_forever()
loop.close()
