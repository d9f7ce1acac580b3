#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure a model that train.py wrote.

    python3 evaluate.py digits.pt ../data
    python3 evaluate.py mnist.pt FOLDER [--steps 250]

Writes NAME-evaluation.json and NAME-samples.png beside NAME.pt. All distances are in units where
images have values in [-1, 1].
"""
import argparse, json, math, os, time
import numpy as np
import torch
from train import A, B, STEPS, load


def sample(model, count, side, steps, rng):
    """Ancestral sampling on `steps` of the 1000 steps, with the variance of the exact posterior."""
    times = np.unique(np.linspace(0, STEPS - 1, steps).round().astype(int))
    x = torch.randn(count, 1, side, side, generator=rng)
    for i in range(len(times) - 1, -1, -1):
        t = int(times[i])
        at, vt = float(A[t]), float(B[t] ** 2)
        noise = torch.cat([model(part, torch.full((len(part),), t)) for part in x.split(125)])
        x0 = (x - math.sqrt(vt) * noise) / at
        if i == 0:
            return x0
        s = int(times[i - 1])
        step, vs = at / float(A[s]), float(B[s] ** 2)
        x = float(A[s]) * (1 - step * step) / vt * x0 + step * vs / vt * x
        x += math.sqrt(vs / vt * (1 - step * step)) * torch.randn(x.shape, generator=rng)


def frechet(x, y):
    """Frechet distance of the Gaussians fitted to the rows of x and y."""
    cx, cy = np.cov(x.T), np.cov(y.T)
    root = np.sqrt(np.clip(np.linalg.eigvals(cx @ cy).real, 0, None)).sum()
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(cx) + np.trace(cy) - 2 * root)


def with_error(x, y, rng, repeats=100):
    """Value, and standard error by drawing the rows of both anew."""
    draw = [frechet(x[rng.integers(len(x), size=len(x))], y[rng.integers(len(y), size=len(y))]) for _ in range(repeats)]
    return dict(value=round(frechet(x, y), 4), error=round(float(np.std(draw)), 4))


def neighbours(x, train, labels, k=10):
    """Distance to and class of the nearest training image; share of the k nearest of that class."""
    distance, index = torch.cat([torch.cdist(part, train) for part in x.split(100)]).topk(k, largest=False)
    label = labels[index]
    return distance[:, 0], label[:, 0], (label == label[:, :1]).float().mean(1)


def noise_check(model, held, rng, count=500):
    rows = []
    for t in (0, 10, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999):
        noise = torch.randn(held[:count].shape, generator=rng)
        x = float(A[t]) * held[:count] + float(B[t]) * noise
        guess = torch.cat([model(part, torch.full((len(part),), t)) for part in x.split(100)])
        rows.append(dict(t=t, mean=round(float((guess - noise).mean()), 5), residual_variance=round(float((guess - noise).var()), 5),
                         predicted_variance=round(float(guess.var()), 5)))
    return rows


def sheet(images, path, across=10, zoom=3, gap=1):
    import matplotlib.image
    side = images.shape[-1]
    page = np.full((across * (side + gap) + gap, across * (side + gap) + gap), 0.5)
    for i, image in enumerate(images[:across * across, 0].clamp(-1, 1).numpy()):
        r, c = (gap + k * (side + gap) for k in divmod(i, across))
        page[r:r + side, c:c + side] = image / 2 + 0.5
    page = np.kron(page * 255, np.ones((zoom, zoom))).round().astype(np.uint8)
    try:
        from PIL import Image                      # comes with matplotlib; grey PNGs are smaller
        Image.fromarray(page).save(path, optimize=True)
    except ImportError:
        matplotlib.image.imsave(path, page, cmap="gray", vmin=0, vmax=255)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("data")
    p.add_argument("--steps", type=int, default=0, help="sampler steps (1000 for digits, 250 for mnist)")
    p.add_argument("--count", type=int, default=1000)
    p.add_argument("--threads", type=int, default=2)
    arg = p.parse_args()
    torch.set_num_threads(arg.threads)
    torch.set_grad_enabled(False)
    rng, draw = torch.Generator().manual_seed(3), np.random.default_rng(3)
    model, stem = torch.jit.load(arg.model), os.path.splitext(arg.model)[0]
    name = "digits" if os.path.exists(os.path.join(arg.data, "digits.npy")) else "mnist"
    train, labels, held, held_labels = load(name, arg.data)
    steps = arg.steps or (250 if name == "mnist" else 1000)
    start = time.time()
    images = sample(model, arg.count, train.shape[-1], steps, rng)
    seconds = time.time() - start
    sheet(images, stem + "-samples.png")

    flat, x, h = (s.flatten(1) for s in (train, images, held))
    mean = flat.mean(0)
    axes = torch.linalg.eigh(torch.cov(flat.T.double()))[1][:, -32:].float()
    project = lambda v: ((v - mean) @ axes).double().numpy()
    subset = project(flat[draw.permutation(len(flat))[:arg.count]])
    picked = torch.tensor(draw.permutation(len(h))[:arg.count])
    near, label, share = neighbours(x, flat, labels)
    held_near, held_label, held_share = neighbours(h[picked], flat, labels)
    counts = torch.bincount(label, minlength=10)
    p = counts[counts > 0] / counts.sum()
    se = lambda v: dict(value=round(float(v.mean()), 4), error=round(float(v.std() / len(v) ** 0.5), 4))
    far = held_near.quantile(0.99)
    result = dict(
        model=os.path.basename(arg.model), samples=arg.count,
        sampler=f"ancestral, {steps} of 1000 steps, posterior variance, no clipping", sampling_seconds=round(seconds, 1),
        class_counts=counts.tolist(), class_entropy=round(float(-(p * p.log()).sum()), 4), class_entropy_largest=round(math.log(10), 4),
        frechet_samples_to_held_out=with_error(project(x), project(h), draw),
        frechet_training_to_held_out=with_error(subset, project(h), draw),
        nearest_training_image=dict(samples=se(near), held_out=se(held_near)),
        farther_than_99_percent_of_held_out=round(float((near > far).float().mean()), 4),
        nearest_neighbour_errors_on_held_out=round(float((held_label != held_labels[picked]).float().mean()), 4),
        share_of_10_neighbours_in_class=dict(samples=se(share), held_out=se(held_share)),
        noise=noise_check(model, held, rng))
    with open(stem + "-evaluation.json", "w") as f:
        f.write(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
