#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Train a small noise-predicting diffusion model and write it as TorchScript.

    python3 train.py digits ../data --out digits.pt [--steps S | --minutes M]
    python3 train.py mnist  FOLDER  --out mnist.pt  [--steps S | --minutes M]

The model's forward(x, t) takes x float32 [N, 1, side, side] and t int64 [N] in 0..999 and returns
the noise that it believes is in x = a_t x0 + b_t noise, b_t = sqrt(1 - a_t^2).
"""
import argparse, copy, csv, gzip, math, os, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

STEPS = 1000
BETA = torch.linspace(1e-4, 0.02, STEPS, dtype=torch.float64)
A = torch.cumprod(1 - BETA, 0).sqrt()          # signal amplitude a_t
B = (1 - A * A).sqrt()                         # noise amplitude b_t

# side, channels at the fine and the coarse level, channels and width of the dense layer,
# leading principal components, second block at the coarse level, batch, steps
SETTINGS = {
    "digits": dict(side=8, entry=1, fine=24, coarse=48, thin=16, wide=128, rank=64, deep=0, batch=128, steps=5300),
    "mnist": dict(side=28, entry=2, fine=24, coarse=64, thin=16, wide=256, rank=64, deep=1, batch=128, steps=11000),
}


def load(name, path):
    """Training images, training labels, held-out images, held-out labels; images in [-1, 1]."""
    if name == "digits":
        x, y = (np.load(os.path.join(path, f)) for f in ("digits.npy", "digits-labels.npy"))
        order = np.random.default_rng(1).permutation(len(x))
        x, y = x[order].reshape(-1, 1, 8, 8) / 8 - 1, y[order]
        sets = x[:1500], y[:1500], x[1500:], y[1500:]
    else:
        def idx(stem, header, shape):
            plain = os.path.join(path, stem)
            with open(plain, "rb") if os.path.exists(plain) else gzip.open(plain + ".gz") as f:
                return np.frombuffer(f.read(), np.uint8, offset=header).reshape(shape)
        sets = [idx(f"{part}-{kind}-ubyte", header, shape) for part in ("train", "t10k")
                for kind, header, shape in (("images-idx3", 16, (-1, 1, 28, 28)), ("labels-idx1", 8, -1))]
        sets[0], sets[2] = sets[0] * np.float32(2 / 255) - 1, sets[2] * np.float32(2 / 255) - 1
    return tuple(torch.tensor(s, dtype=torch.int64 if i % 2 else torch.float32) for i, s in enumerate(sets))


class Block(nn.Module):
    """Residual block: 3x3 convolution, scale and shift by the time, 1x1 convolution."""
    def __init__(self, c):
        super().__init__()
        self.norm1, self.norm2 = nn.GroupNorm(c // 8, c), nn.GroupNorm(c // 8, c)
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)
        self.conv2 = nn.Conv2d(c, c, 1)

    def forward(self, x, scale, shift):
        h = self.norm2(self.conv1(F.silu(self.norm1(x))))
        h = h * (1 + scale[:, :, None, None]) + shift[:, :, None, None]
        return x + self.conv2(F.silu(h))


class Dense(nn.Module):
    """Residual block that sees the whole coarse image at once."""
    def __init__(self, c, thin, size, wide):
        super().__init__()
        self.size, self.thin = size, thin
        self.norm1, self.norm2 = nn.GroupNorm(c // 8, c), nn.LayerNorm(wide)
        self.enter, self.leave = nn.Conv2d(c, thin, 1), nn.Conv2d(thin, c, 1)
        self.up, self.down = nn.Linear(thin * size * size, wide), nn.Linear(wide, thin * size * size)

    def forward(self, x, scale, shift):
        h = self.norm2(self.up(self.enter(F.silu(self.norm1(x))).flatten(1)))
        h = self.down(F.silu(h * (1 + scale) + shift))
        return x + self.leave(h.reshape(-1, self.thin, self.size, self.size))


class Net(nn.Module):
    """noise(x, t) = noise of a Gaussian with the data's mean and covariance + c_t * U-Net."""
    def __init__(self, data, side, entry, fine, coarse, thin, wide, rank, deep):
        super().__init__()
        # The Gaussian's part: leading principal components, the rest isotropic.
        flat = data.flatten(1).double()
        mean = flat.mean(0)
        value, vector = torch.linalg.eigh((flat - mean).T @ (flat - mean) / len(flat))
        value, vector = value.flip(0).clamp(min=1e-6), vector.flip(1)
        rest = value[rank:].mean() if rank < len(value) else value[-1]
        a, b = A[:, None], B[:, None]
        gain = lambda v: b / (a * a * v + b * b)
        var = value.mean()
        for key, tensor in dict(
                mean=mean, vector=vector[:, :rank].contiguous(), a=a, rest=gain(rest),
                lead=gain(value[:rank]) - gain(rest), size=(a * a * var + b * b).rsqrt(),
                out=(a * a * var / (a * a * var + b * b)).sqrt()).items():
            self.register_buffer(key, tensor.float())
        phase = (b / a).log() * torch.logspace(-2, 3, 16, 2, dtype=torch.float64)
        self.register_buffer("phase", torch.cat([phase.sin(), phase.cos()], 1).float())
        # The U-Net.
        self.side, self.entry = side, entry
        size = side // entry // 2
        self.widths = [2 * c for c in [fine, coarse, wide] + [coarse] * deep + [fine]]
        self.time1, self.time2 = nn.Linear(32, 64), nn.Linear(64, sum(self.widths))
        self.place = nn.Parameter(torch.zeros(1, fine, 2 * size, 2 * size))
        self.stem = nn.Conv2d(entry * entry, fine, 3, padding=1)
        self.fine1, self.fine2 = Block(fine), Block(fine)
        self.shrink = nn.Conv2d(fine, coarse, 2, stride=2)
        self.coarse1, self.dense = Block(coarse), Dense(coarse, thin, size, wide)
        self.coarse2 = Block(coarse) if deep else None
        self.grow = nn.Conv2d(coarse, 4 * fine, 1)
        self.norm = nn.GroupNorm(fine // 8, fine)
        self.leave = nn.Conv2d(fine, entry * entry, 3, padding=1)
        nn.init.zeros_(self.leave.weight), nn.init.zeros_(self.leave.bias)

    def forward(self, x, t):
        flat = x.flatten(1) - self.a[t] * self.mean
        gauss = self.rest[t] * flat + (flat @ self.vector * self.lead[t]) @ self.vector.t()
        f = self.time2(F.silu(self.time1(self.phase[t]))).split(self.widths, 1)
        h = (flat * self.size[t]).reshape(-1, 1, self.side, self.side)
        if self.entry > 1:
            h = F.pixel_unshuffle(h, self.entry)
        s, b = f[0].chunk(2, 1)
        fine = self.fine1(self.stem(h) + self.place, s, b)
        s, b = f[1].chunk(2, 1)
        h = self.coarse1(self.shrink(fine), s, b)
        s, b = f[2].chunk(2, 1)
        h = self.dense(h, s, b)
        if self.coarse2 is not None:
            s, b = f[3].chunk(2, 1)
            h = self.coarse2(h, s, b)
        s, b = f[len(f) - 1].chunk(2, 1)
        h = self.fine2(fine + F.pixel_shuffle(self.grow(h), 2), s, b)
        h = self.leave(F.silu(self.norm(h)))
        if self.entry > 1:
            h = F.pixel_shuffle(h, self.entry)
        return (gauss + self.out[t] * h.flatten(1)).reshape(x.shape)


def multiply_adds(model, side):
    """Multiply-adds of the matrix products for one image."""
    count = [2 * model.vector.numel()]
    hooks = [m.register_forward_hook(lambda m, i, o: count.append(m.weight.numel() * (o[0, 0].numel() if o.dim() == 4 else 1)))
             for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    model(torch.zeros(1, 1, side, side), torch.zeros(1, dtype=torch.int64))
    for hook in hooks:
        hook.remove()
    return sum(count)


def save(model, path):
    script = torch.jit.script(copy.deepcopy(model).eval().requires_grad_(False))
    script.save(path + ".new")
    os.replace(path + ".new", path)


def plot(rows, path):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    step, train, held = zip(*[(r[1], r[2], r[3]) for r in rows])
    fig, ax = plt.subplots(figsize=(4.5, 3), dpi=100)
    ax.plot(step, train, color="0.65", lw=0.8, label="training")
    ax.plot(step, held, color="C0", lw=1.2, label="held out (averaged weights)")
    ax.set(xlabel="step", ylabel="mean squared error of the noise", ylim=(0.9 * min(held), 1.1 * np.quantile(train, 0.97)))
    ax.legend(frameon=False, fontsize=8)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    fig.tight_layout()
    fig.savefig(path)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("name", choices=SETTINGS)
    p.add_argument("data")
    p.add_argument("--out", required=True)
    p.add_argument("--steps", type=int, help="length of the run")
    p.add_argument("--minutes", type=float, help="length of the run in time instead (not repeatable)")
    p.add_argument("--start", help="begin with the weights of this file")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--set", default="", help="settings for trials, such as fine=32,deep=0")
    arg = p.parse_args()
    torch.set_num_threads(arg.threads)
    torch.manual_seed(1)
    setting = dict(SETTINGS[arg.name])
    setting.update((k, int(v)) for k, v in (s.split("=") for s in arg.set.split(",") if s))
    steps, batch = setting.pop("steps"), setting.pop("batch")
    steps = arg.steps or steps
    train, _, held, _ = load(arg.name, arg.data)
    model = Net(train, **setting)
    if arg.start:
        model.load_state_dict(torch.jit.load(arg.start).state_dict())
    mean = copy.deepcopy(model).eval()             # running average of the weights: the result
    print(sum(q.numel() for q in model.parameters()), "parameters,", sum(q.numel() for q in model.buffers()),
          "fixed numbers,", multiply_adds(model, setting["side"]), "multiply-adds", flush=True)
    a, b = A.float()[:, None, None, None], B.float()[:, None, None, None]
    # Uniform t; the weight favours noise comparable to the signal.
    weight = ((5 * B**2 / A**2).sqrt().clamp(max=1) / model.out[:, 0].double()).float()
    optimizer = torch.optim.AdamW(model.parameters(), lr=arg.rate, betas=(0.9, 0.99), weight_decay=0.01)
    rng = torch.Generator().manual_seed(2)
    test = held[:500]
    test_t = (torch.arange(len(test)) * STEPS // len(test))
    test_noise = torch.randn(test.shape, generator=rng)
    if arg.start:
        rng.manual_seed(4)
    start, saved, step, done, rows, recent = time.time(), 0.0, 0, 0.0, [], []
    while done < 1:
        done = (time.time() - start) / 60 / arg.minutes if arg.minutes else step / steps
        if done >= len(rows) / 200:
            with torch.no_grad():
                e = torch.cat([mean(a[t] * x + b[t] * n, t) - n for x, t, n in
                               zip(test.split(100), test_t.split(100), test_noise.split(100))])
            rows.append((round(time.time() - start, 1), step, float(np.mean(recent)) if recent else 1.0, float(e.square().mean()),
                         float((weight[test_t] * e.square().mean((1, 2, 3))).mean())))
            recent = []
            if len(rows) % 10 == 1:
                print("%7.1f s step %6d  training %.5f  held out %.5f  weighted %.5f" % rows[-1], flush=True)
            if time.time() - saved > 120 or done >= 1:
                saved = time.time()
                save(mean, arg.out)
        for group in optimizer.param_groups:
            group["lr"] = arg.rate * min(1, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * min(1, done)))
        x = train[torch.randint(len(train), (batch,), generator=rng)]
        t = torch.randint(STEPS, (batch,), generator=rng)
        noise = torch.randn(x.shape, generator=rng)
        error = (model(a[t] * x + b[t] * noise, t) - noise).square().mean((1, 2, 3))
        optimizer.zero_grad()
        (weight[t] * error).mean().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        recent.append(error.mean().item())
        step += 1
        decay = min(0.9995, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_mul_(list(mean.parameters()), decay)
            torch._foreach_add_(list(mean.parameters()), list(model.parameters()), alpha=1 - decay)
    save(mean, arg.out)
    stem = os.path.splitext(arg.out)[0]
    with open(stem + "-loss.csv", "w", newline="") as f:
        table = csv.writer(f)
        table.writerow(["seconds", "step", "training", "held_out", "held_out_weighted"])
        table.writerows([r[0], r[1]] + ["%.6f" % v for v in r[2:]] for r in rows[1:])
    plot(rows[1:], stem + "-loss.png")


if __name__ == "__main__":
    main()
