import threading, time

def print_slowly(text):
    for character in text:
        print(character, end="", flush=True)
        time.sleep(0.02)

numbers = threading.Thread(target=print_slowly, args=("12345",))
letters = threading.Thread(target=print_slowly, args=("abcde",))
numbers.start()
letters.start()
numbers.join()
letters.join()
