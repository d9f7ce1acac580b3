"""Euler-Maruyama of two deltas as one writes it with NumPy, and its normals alone; one thread."""
import numpy as np
from timing import median_seconds, report

PARTICLES, STEPS = 16384, 100
BETA_MIN, BETA_MAX, HORIZON = 0.1, 20.0, 1.0

random = np.random.Generator(np.random.SFC64(1))


def normals():
    for _ in range(STEPS):
        random.standard_normal(PARTICLES, dtype=np.float32)


def euler_maruyama():
    """dX = (beta X / 2 + beta score) dt + sqrt(beta) dW from noise to data, [RA] Eq 4."""
    x = random.standard_normal(PARTICLES, dtype=np.float32)
    dt = np.float32(HORIZON / STEPS)
    for step in range(STEPS):
        s = HORIZON * (1 - step / STEPS)
        beta = np.float32(BETA_MIN + (BETA_MAX - BETA_MIN) * s / HORIZON)
        integral = BETA_MIN * s + (BETA_MAX - BETA_MIN) * s * s / (2 * HORIZON)
        a = np.float32(np.exp(-integral / 2))
        b2 = np.float32(-np.expm1(-integral))
        score = (a * np.tanh(a / b2 * x) - x) / b2
        z = random.standard_normal(PARTICLES, dtype=np.float32)
        x = x + (beta / 2 * x + beta * score) * dt + np.sqrt(beta * dt) * z
    assert x.dtype == np.float32 and abs(np.abs(x).mean() - 1) < 0.1
    return x


report({
    "version": np.__version__,
    "normalNanoseconds": 1e9 * median_seconds(normals) / (PARTICLES * STEPS),
    "eulerMaruyamaNanoseconds": 1e9 * median_seconds(euler_maruyama) / (PARTICLES * STEPS),
})
