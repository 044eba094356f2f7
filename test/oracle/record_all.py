"""Records many snippets under real TensorFlow, one forked process each: importing TensorFlow takes seconds, forking after it does not.

  python record_all.py FOLDER...

Every folder below a FOLDER that holds a snippet.py gets its oracle.json (see README.md), and, where it holds numbers.txt (the names of
results, one a line), its numbers.json. What differs from run to run, the time taken, is left out, so recording again gives the same files.
"""
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0", PYTHONHASHSEED="0", MPLBACKEND="Agg")
sys.path.insert(0, HERE)

import record  # noqa: E402
import record_numbers  # noqa: E402
import tensorflow as tf  # noqa: E402, F401  (imported before forking)


def in_child(work, log_path):
    """Runs `work` in a forked process, its output in a log; returns whether it ended well."""
    child = os.fork()
    if child == 0:
        log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        try:
            work()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def record_outcomes(snippet, out):
    sys.argv = ["record.py", snippet, out]
    record.main()


def compact(path):
    with open(path) as file:
        recorded = json.load(file)
    recorded.pop("wall_s", None)
    with open(path, "w") as file:
        json.dump(recorded, file, separators=(",", ":"))


def main():
    snippets = [os.path.join(folder, "snippet.py") for root in sys.argv[1:] for folder, _, files in sorted(os.walk(root)) if "snippet.py" in files]
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["ORACLE_CWD"] = os.path.join(scratch, "cwd")
        for at, snippet in enumerate(snippets):
            snippet = os.path.abspath(snippet)
            folder = os.path.dirname(snippet)
            log = os.path.join(scratch, f"{at}.log")
            out = os.path.join(folder, "oracle.json")
            done = in_child(lambda: record_outcomes(snippet, out), log)
            if done:
                compact(out)
                if os.path.exists(os.path.join(folder, "numbers.txt")):
                    done = in_child(lambda: record_numbers.record(folder), log)
            if not done:
                failures += 1
                print(f"{folder}: not recorded\n{open(log).read()[-2000:]}", file=sys.stderr)
    print(f"{len(snippets) - failures} recorded, {failures} failed")
    sys.exit(1 if failures or not snippets else 0)


if __name__ == "__main__":
    main()
