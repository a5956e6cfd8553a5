import threading

answers = []

def double(number):
    answers.append(number * 2)

thread = threading.Thread(target=double, args=(21,))
thread.start()
thread.join()
print(answers)
