"""The arithmetic of the papers' PyTorch scripts, written anew. Argument: the number of threads.

Ends with status 3 where OpenBLAS miscomputes on this processor; OPENBLAS_CORETYPE=Haswell helps.
"""
import os
import sys

threads = int(sys.argv[1])
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np  # noqa: E402  (after the number of threads)
import torch  # noqa: E402
from timing import median_seconds, report  # noqa: E402

torch.set_num_threads(threads)
torch.set_grad_enabled(False)
random = np.random.default_rng(1)


def dataset_score(x, points, squares, a, b2):
    """(a sum_k w_k mu_k - x)/b2 with all weights in memory."""
    distances = (x * x).sum(1, keepdim=True) - 2 * a * (x @ points.T) + a * a * squares
    weights = torch.softmax(distances / (-2 * b2), dim=1)
    return (a * (weights @ points) - x) / b2


def exact_score(x, points, a, b2):
    exponents = -np.square(x[:, None, :] - a * points[None]).sum(2) / (2 * b2)
    weights = np.exp(exponents - exponents.max(1, keepdims=True))
    weights /= weights.sum(1, keepdims=True)
    return (a * weights @ points - x) / b2


def time_dataset_score():
    points = random.random((12000, 784), dtype=np.float32)
    b2 = 0.9
    a = float(np.sqrt(1 - b2))
    noise = random.standard_normal((500, 784), dtype=np.float32)
    x = (a * points[::24] + np.sqrt(b2) * noise).astype(np.float32)
    tensors = torch.from_numpy(x), torch.from_numpy(points)
    squares = (tensors[1] ** 2).sum(1)
    seconds = median_seconds(lambda: dataset_score(*tensors, squares, a, b2))
    few = dataset_score(*tensors, squares, a, b2)[:4].numpy()
    exact = np.concatenate(
        [exact_score(row[None].astype(float), points.astype(float), a, b2) for row in x[:4]])
    error = np.linalg.norm(few - exact, axis=1) / np.linalg.norm(exact, axis=1)
    return seconds, float(error.max())


DIMENSION, PAIRS, STEPS = 256, 200, 100


def cloning():
    """[B] Sec 3: noise a sample to time t, run two clones back, compare their classes."""
    t, dt = 2.0, 2.0 / STEPS
    mean = torch.ones(DIMENSION)
    signs = torch.sign(torch.randn(PAIRS, 1))
    start = signs * mean + torch.randn(PAIRS, DIMENSION)
    x = np.exp(-t) * start + np.sqrt(1 - np.exp(-2 * t)) * torch.randn(PAIRS, DIMENSION)
    clones = torch.cat([x, x])
    for step in range(STEPS):
        s = t - step * dt
        a = np.exp(-s)  # and a^2 sigma^2 + 1 - a^2 = 1 with sigma = 1
        overlap = clones @ mean
        score = a * torch.tanh(a * overlap)[:, None] * mean - clones
        clones = clones + (clones + 2 * score) * dt + np.sqrt(2 * dt) * torch.randn_like(clones)
    ends = torch.sign(clones @ mean)
    return (ends[:PAIRS] == ends[PAIRS:]).double().mean()


seconds, error = time_dataset_score()
report({
    "version": torch.__version__,
    "threads": threads,
    "coreType": os.environ.get("OPENBLAS_CORETYPE", ""),
    "datasetScoreSeconds": seconds,
    "datasetScoreError": error,
    "cloningSeconds": median_seconds(cloning, repetitions=5, warmups=1),
    "cloning": {"dimension": DIMENSION, "pairs": PAIRS, "steps": STEPS},
})
sys.exit(3 if not error < 1e-3 else 0)
