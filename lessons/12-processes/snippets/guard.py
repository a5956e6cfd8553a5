import multiprocessing

def square(number):
    print(number ** 2)

if __name__ == "__main__":
    child = multiprocessing.Process(target=square, args=(12,))
    child.start()
    child.join()
    print("exit code", child.exitcode)
