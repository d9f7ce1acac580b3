"""How the peers are timed and what they print."""
import json
import statistics
import time


def median_seconds(work, repetitions=9, warmups=2):
    for _ in range(warmups):
        work()
    seconds = []
    for _ in range(repetitions):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def report(values):
    print(json.dumps(values, indent=1))
