"""The table of speeds against their bars, from Google Benchmark's JSON and that of the peers.

Usage: table.py FOLDER, with ours.json, window.json, models.json, numpy.json, torch-1.json and
torch-2.json; what is not
there, file or benchmark, is shown as not measured. Prints Markdown.
"""
import datetime
import json
import os
import platform
import statistics
import sys

ABSENT = "not measured"
# [B] Fig 2: 19 times, 10 000 pairs, 1000 steps.
TIMES, PAIRS, STEPS = 19, 10_000, 1000
DIMENSIONS = (256, 1024, 4096, 16384)


def load(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


class Ours:
    """Medians over the repetitions, in seconds, by the benchmark's name."""

    def __init__(self, report):
        units = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}
        seconds, items = {}, {}
        for run in report.get("benchmarks", []):
            if run.get("run_type") != "iteration" or run.get("error_occurred"):
                continue
            name = run["run_name"].removesuffix("/real_time")
            seconds.setdefault(name, []).append(run["real_time"] * units[run["time_unit"]])
            if "items_per_second" in run:
                items.setdefault(name, []).append(1 / run["items_per_second"])
        self._seconds = {name: statistics.median(values) for name, values in seconds.items()}
        self._items = {name: statistics.median(values) for name, values in items.items()}
        self.repetitions = max(map(len, seconds.values()), default=0)

    def seconds(self, name):
        return self._seconds.get(name)

    def per_item(self, name):
        """Seconds for each item, which benchmarks of particle-steps count."""
        return self._items.get(name)

    def starting_with(self, prefix):
        return sorted(name for name in self._seconds if name.startswith(prefix))


def ratio(a, b):
    return None if a is None or b is None else a / b


def shown(value, unit, scale=1.0, digits=3):
    return ABSENT if value is None else f"{value * scale:.{digits}g} {unit}".strip()


def verdict(value, bar, at_most):
    if value is None:
        return ""
    return "met" if (value <= bar if at_most else value >= bar) else "**missed**"


class Table:
    def __init__(self):
        self.rows = []

    def add(self, work, measured, value, bar, at_most, unit="×", wanted=None):
        sign = "≤" if at_most else "≥"
        wanted = wanted or f"{sign} {bar:g} {unit}".strip()
        self.rows.append((work, measured, shown(value, unit), wanted,
                          verdict(value, bar, at_most)))

    def absent(self, work, bar):
        self.rows.append((work, ABSENT + " here", "", bar, ""))

    def lines(self):
        yield "| work | measured | figure | bar | |"
        yield "|---|---|---|---|---|"
        for row in self.rows:
            yield "| " + " | ".join(row) + " |"


def add_speciation(table, ours, torch):
    seconds = next((ours.seconds(n) for n in ours.starting_with("speciationFigure")), None)
    table.add("Speciation figure, d = 256 … 16384, 19 times, 10 000 pairs, 1000 steps",
              shown(seconds, "s"), seconds, 2, True, "s")
    sample = torch.get("cloning")
    if not sample:
        table.absent("… as the authors' PyTorch script does it", "for comparison")
        return
    unit = torch["cloningSeconds"] / (sample["dimension"] * sample["pairs"] * sample["steps"])
    script = unit * sum(DIMENSIONS) * TIMES * PAIRS * STEPS
    table.rows.append((
        "… as the authors' PyTorch script does it",
        f"{script / 3600:.3g} h ({unit * DIMENSIONS[0] * TIMES * PAIRS * STEPS / 3600:.2g} h for "
        f"d = 256), scaled from d = {sample['dimension']}, {sample['pairs']} pairs, "
        f"{sample['steps']} steps",
        "" if seconds is None else f"{script / seconds:.3g} ×", "for comparison", ""))


def add_euler_maruyama(table, ours, numpy):
    step, normal = ours.per_item("eulerMaruyama/twoDeltas/1"), ours.per_item("normalsAlone/1")
    table.add("Euler–Maruyama, two deltas, against its normals alone",
              f"{shown(step, 'ns', 1e9)} against {shown(normal, 'ns', 1e9)} a particle-step",
              ratio(step, normal), 1.4, True)
    for what, key in (("Euler–Maruyama", "eulerMaruyamaNanoseconds"),
                      ("normals alone", "normalNanoseconds")):
        peer = numpy.get(key)
        peer = None if peer is None else 1e-9 * peer
        mine = normal if key == "normalNanoseconds" else step
        line = f"{shown(mine, 'ns', 1e9)} against {shown(peer, 'ns', 1e9)}"
        if key == "normalNanoseconds":
            table.rows.append((f"… {what}, against NumPy's float32 Generator", line,
                               shown(ratio(peer, mine), "×"), "for comparison", ""))
        else:
            table.add(f"… {what} against NumPy's", line, ratio(peer, mine), 8, False)
    generic = ours.per_item("eulerMaruyama/twoGaussians/1")
    table.add("Euler–Maruyama, two unequal Gaussians, against the normals alone",
              f"{shown(generic, 'ns', 1e9)} against {shown(normal, 'ns', 1e9)}",
              ratio(generic, normal), 2, True)


def add_dataset(table, ours, torches):
    for threads in (1, 2):
        alone = ours.seconds(f"sgemmAlone/{threads}")
        peer = torches[threads].get("datasetScoreSeconds")
        for name in reversed(ours.starting_with(f"datasetScore/{threads}/")):
            seconds = ours.seconds(name)
            where = (f"b² = {int(name.split('/')[2]) / 1000:g}, {threads} thread"
                     f"{'s' if threads > 1 else ''}")
            table.add(f"Data set score 12 000×784, 500 points, {where}, against oneDNN's sgemm",
                      f"{shown(seconds, 'ms', 1e3)} against {shown(alone, 'ms', 1e3)}",
                      ratio(alone, seconds), 0.9, False)
            table.add("… against PyTorch with OpenBLAS",
                      f"{shown(seconds, 'ms', 1e3)} against {shown(peer, 'ms', 1e3)}",
                      ratio(peer, seconds), 2, False)


def add_threads(table, ours):
    for what, name in (("Euler–Maruyama", "eulerMaruyama/twoDeltas/{}"),
                       ("data set score, b² = 0.9", "datasetScore/{}/900")):
        one, two = ours.seconds(name.format(1)), ours.seconds(name.format(2))
        table.add(f"1 → 2 threads, {what}", f"{shown(one, 'ms', 1e3)} → {shown(two, 'ms', 1e3)}",
                  ratio(one, two), 1.85, False)


def add_window(table, window):
    for workspace, times in window.get("scrub", {}).items():
        table.add(f"Scrubbing 100 000 particles, workspace {workspace}, GUI thread, 99 % of frames",
                  f"{shown(times['p99'], 'ms', 1e3)}, median {shown(times['median'], 'ms', 1e3)}",
                  1e3 * times["p99"], 16.7, True, "ms")
    if not window:
        table.absent("Scrubbing 100 000 particles, GUI thread", "≤ 16.7 ms for 99 % of frames")
    full, empty = window.get("startFull"), window.get("startEmpty")
    table.add("Start to first painted frame, against an empty Qt window",
              f"{shown(full, 's')} against {shown(empty, 's')}", ratio(full, empty), 2, True)


def add_models(table, models):
    here, there = models.seconds("modelInProcess"), models.seconds("modelInHost")
    table.add("A network of 784 inputs, batches of 256, in the model host against in-process",
              f"{shown(there, 'ms', 1e3)} against {shown(here, 'ms', 1e3)}",
              ratio(there, here), 1.3, True)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
        return f"{names[0]}, {len(names)} processors"
    except (OSError, IndexError):
        return f"{platform.processor()}, {os.cpu_count()} processors"


def notes(ours, numpy, torches):
    load_average = os.getloadavg()
    yield (f"{processor()}; {platform.system()} {platform.release()}; "
           f"{datetime.datetime.now():%Y-%m-%d %H:%M}; medians of {ours.repetitions}; load average "
           f"at the end {load_average[0]:.1f} (other work on the machine spoils the ratios).")
    used = [f"{threads} thread{'s'[:threads - 1]}: largest error {peer['datasetScoreError']:.1g}" +
            (f" with OPENBLAS_CORETYPE={peer['coreType']}" if peer["coreType"] else "")
            for threads, peer in torches.items() if peer]
    yield (f"NumPy {numpy.get('version', ABSENT)}, PyTorch "
           f"{torches[1].get('version', ABSENT)}; its data set score, checked in double precision: "
           f"{'; '.join(used) or ABSENT}.")


def main(folder):
    ours = Ours(load(folder, "ours.json"))
    numpy = load(folder, "numpy.json")
    torches = {threads: load(folder, f"torch-{threads}.json") for threads in (1, 2)}
    table = Table()
    add_speciation(table, ours, torches[2])
    add_euler_maruyama(table, ours, numpy)
    add_dataset(table, ours, torches)
    potential = ours.seconds("plane/2/1")
    table.add("2-D potential on 256², 1000 components", shown(potential, "ms", 1e3),
              None if potential is None else 1e3 * potential, 16, True, "ms")
    add_threads(table, ours)
    add_window(table, load(folder, "window.json"))
    add_models(table, Ours(load(folder, "models.json")))
    print("# Speed against its bars\n")
    print("\n\n".join(notes(ours, numpy, torches)) + "\n")
    print("\n".join(table.lines()))


main(sys.argv[1])
