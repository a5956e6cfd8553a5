# The Python side of a demo: imports the scripts that it is given, says what Python this is, then does what it is told, a
# line of JSON for each call and one for each answer. Without scripts it only says what it is.
# Anybody's python3 may read this file: nothing in it is newer than Python 2.7.
import importlib
import json
import os
import sys

OLDEST = (3, 9)


def facts():
    import concurrent.futures
    import importlib.util
    import platform
    import sysconfig

    return {
        "implementation": platform.python_implementation(),
        "hasGil": getattr(sys, "_is_gil_enabled", lambda: platform.python_implementation() in ("CPython", "PyPy"))(),
        "isFreeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "interpreters": importlib.util.find_spec("concurrent.interpreters") is not None,
        "interpreterPool": hasattr(concurrent.futures, "InterpreterPoolExecutor"),
    }


def words(error):
    return "%s: %s" % (type(error).__name__, error)


def serve(answer, questions, files):
    modules = {}
    for path in files:
        # By its name, as a program imports it: a process pool has to find the functions again.
        sys.path.insert(0, os.path.dirname(path))
        name = os.path.splitext(os.path.basename(path))[0]
        try:
            modules[path] = importlib.import_module(name)
        except Exception as error:
            answer({"error": "%s.py cannot be imported (%s)" % (name, words(error))})
            return
    # Now, because an import may have brought the GIL back.
    answer(dict(facts(), version=version))
    for line in iter(questions.readline, ""):
        question = json.loads(line)
        try:
            answer({"result": getattr(modules[question["script"]], question["call"])(*question["args"])})
        except Exception as error:
            answer({"error": "%s() failed (%s)" % (question["call"], words(error))})


# A process pool imports this file again.
if __name__ == "__main__":
    version = list(sys.version_info[:3])
    # What a script prints or reads is none of our lines.
    answers, questions = os.fdopen(os.dup(1), "w"), os.fdopen(os.dup(0), "r")
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def answer(message):
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    if sys.version_info < OLDEST:
        answer({"version": version})
    else:
        serve(answer, questions, sys.argv[1:])
