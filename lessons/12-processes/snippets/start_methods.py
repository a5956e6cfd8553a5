import multiprocessing, time

def nothing():
    pass

if __name__ == "__main__":
    for method in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context(method)
        start = time.perf_counter()
        for _ in range(10):
            child = context.Process(target=nothing)
            child.start()
            child.join()
        print(f"{method}: {(time.perf_counter() - start) * 100:.0f} ms each")
