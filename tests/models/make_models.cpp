// Writes TorchScript files that models' tests need, honest and hostile, into a folder:
//   make_models FOLDER VICTIM
// VICTIM is the path that hostile ones try to write to. Of honest ones NAME.pt also NAME.x, NAME.t
// and NAME.y: batches and what the model makes of them in this process.

#include <ATen/Parallel.h>
#include <torch/script.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include <zlib.h>

namespace {

using torch::Tensor;
using torch::jit::Module;

std::string g_folder;

std::string pathOf(const std::string& name) {
  return g_folder + "/" + name;
}

void write(const std::string& name, const std::string& bytes) {
  std::ofstream(pathOf(name), std::ios::binary) << bytes;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// --- A ZIP of our own, for what PyTorch would not write -----------------------------------------

std::string number(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value & 0xff);
  return out;
}

struct Member {
  std::string name, packed;
  std::uint32_t full = 0, crc = 0;
  int method = 0;
};

Member stored(const std::string& name, const std::string& bytes) {
  return {name, bytes, static_cast<std::uint32_t>(bytes.size()),
          static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()),
                                           static_cast<uInt>(bytes.size()))),
          0};
}

/// So many zeros, deflated.
Member bomb(const std::string& name, std::uint32_t zeros) {
  Member out{name, {}, zeros, 0, 8};
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  std::string chunk(1 << 20, '\0'), packed(1 << 16, '\0');
  for (std::uint32_t done = 0; done < zeros; done += static_cast<std::uint32_t>(chunk.size())) {
    out.crc = static_cast<std::uint32_t>(crc32(
        out.crc, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size())));
    stream.next_in = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_in = static_cast<uInt>(chunk.size());
    const bool last = done + chunk.size() >= zeros;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(packed.data());
      stream.avail_out = static_cast<uInt>(packed.size());
      deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      out.packed.append(packed.data(), packed.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return out;
}

std::string zip(const std::vector<Member>& members) {
  std::string out, directory;
  for (const Member& each : members) {
    const std::string common = number(20, 2) + number(0, 2) + number(each.method, 2) +
                               number(0, 4) + number(each.crc, 4) + number(each.packed.size(), 4) +
                               number(each.full, 4) + number(each.name.size(), 2);
    directory += number(0x02014b50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) +
                 number(0, 2) + number(0, 2) + number(0, 4) + number(out.size(), 4) + each.name;
    out += number(0x04034b50, 4) + common + number(0, 2) + each.name + each.packed;
  }
  return out + directory + number(0x06054b50, 4) + number(0, 4) + number(members.size(), 2) +
         number(members.size(), 2) + number(directory.size(), 4) + number(out.size(), 4) +
         number(0, 2);
}

// --- Models
// ---------------------------------------------------------------------------------------

using Weights = std::map<std::string, Tensor>;

Module moduleOf(const std::string& source, const Weights& weights = {}) {
  Module out("net");
  for (const auto& [name, value] : weights) out.register_parameter(name, value, false);
  out.define(source);
  return out;
}

void hostile(const std::string& name, const std::string& body) {
  moduleOf("def forward(self, x, t):\n" + body).save(pathOf(name + ".pt"));
}

/// Does something while it is loaded.
void hostileAtLoad(const std::string& name, const std::string& body) {
  moduleOf(
      "def forward(self, x, t):\n    return x\n"
      "def __getstate__(self):\n    return 1\n"
      "def __setstate__(self, state: int):\n" +
      body)
      .save(pathOf(name + ".pt"));
}

void makeHostile(const std::string& victim) {
  const std::string path = "\"" + victim + "\"";
  hostile("save", "    torch.save(x, " + path + ")\n    return x\n");
  hostile("map-write", "    y = torch.from_file(" + path +
                           ", True, 16)\n    y.fill_(1.0)\n    return x + y.sum() * 0.0\n");
  hostile("read",
          "    y = torch.from_file(\"/etc/passwd\", False, 64, dtype=0)\n"
          "    return x * 0.0 + y[0].float()\n");
  hostile("loop", "    while bool(x.sum() < 1e30):\n        x = x * 1.0\n    return x\n");
  hostile("hundred-gigabytes", "    return x + torch.zeros([25000000000]).sum()\n");
  hostile("creep",
          "    kept = [x]\n    while len(kept) < 1000000:\n"
          "        kept.append(torch.ones([1000000]) * x.sum())\n    return x + kept[-1].sum()\n");
  hostile("throw", "    assert bool(x.sum() > 1e30), \"not today\"\n    return x\n");
  hostile("segfault",
          "    row = torch.tensor([0, 1])\n    column = torch.tensor([1099511627776])\n"
          "    y = torch._sparse_csr_tensor_unsafe(row, column, torch.ones([1]), [1, 4])\n"
          "    return x + y.to_dense().sum()\n");
  hostile("nan", "    return x / 0.0 * 0.0\n");
  hostile("infinity", "    return x * 0.0 + 1.0 / (x * 0.0)\n");
  hostile("expand", "    return torch.zeros([1]).expand([4611686018427387904])\n");
  hostile("wrong-shape", "    return x[0]\n");
  hostile("integers", "    return x.long()\n");
  hostile("doubles", "    return x.double()\n");
  hostile("sparse", "    return x.to_sparse()\n");
  hostile("text", "    return \"hello\"\n");
  hostile("pair", "    return (x, t)\n");
  hostile("nothing", "    return None\n");
  hostileAtLoad("load-save", "    torch.save(torch.ones([4]), " + path + ")\n");
  hostileAtLoad("load-loop", "    n = state\n    while n > 0:\n        n = n % 7 + 1\n");
  hostileAtLoad("load-throw", "    assert state > 1, \"not loaded\"\n");
  moduleOf("def forward(self, x):\n    return x\n").save(pathOf("one-argument.pt"));
  moduleOf("def other(self, x):\n    return x\n").save(pathOf("no-forward.pt"));
  Module plain = moduleOf("def forward(self, x, t):\n    return x\n");
  plain.save(pathOf("plain.pt"));
  moduleOf("def forward(self, x, t):\n    return -x\n").save(pathOf("score.pt"));
  const std::string bytes = read(pathOf("plain.pt"));
  write("truncated.pt", bytes.substr(0, bytes.size() / 2));
  write("empty.pt", "");
  write("zip.pt", zip({stored("readme.txt", "no model")}));
  write("pickle.pt", std::string("\x80\x02}q\x00X\x01\x00\x00\x00"
                                 "aq\x01K\x01s.",
                                 18));
  write("bomb.pt", zip({stored("plain/version", "3\n"), bomb("plain/data.pkl", 300u << 20)}));
  std::mt19937_64 random(1);
  std::string noise(200u << 20, '\0');
  for (std::size_t i = 0; i + 8 <= noise.size(); i += 8) {
    const std::uint64_t word = random();
    std::memcpy(&noise[i], &word, 8);
  }
  write("noise.pt", noise);
  const std::string deep(200000, '('), shallow(200000, ')');
  write("parentheses.pt", zip({stored("net/version", "3\n"),
                               stored("net/code/__torch__.py",
                                      "class net(Module):\n  def forward(self, x: Tensor, "
                                      "t: Tensor) -> Tensor:\n    return " +
                                          deep + "x" + shallow + "\n"),
                               stored("net/constants.pkl", std::string("\x80\x02).", 4)),
                               stored("net/data.pkl", std::string("\x80\x02"
                                                                  "c__torch__\nnet\n)\x81}b.",
                                                                  22))}));
}

/// `shape` of one input.
void honest(const std::string& name, const std::string& source, const Weights& weights,
            std::vector<std::int64_t> shape, bool integerTimes = false) {
  Module model = moduleOf(source, weights);
  model.save(pathOf(name + ".pt"));
  model.eval();
  std::vector<std::int64_t> batch{5};
  batch.insert(batch.end(), shape.begin(), shape.end());
  std::ofstream xs(pathOf(name + ".x"), std::ios::binary),
      ts(pathOf(name + ".t"), std::ios::binary), ys(pathOf(name + ".y"), std::ios::binary);
  std::ofstream about(pathOf(name + ".shape"));
  about << (integerTimes ? 1 : 0);
  for (const std::int64_t each : shape) about << ' ' << each;
  for (int i = 0; i < 12; ++i) {
    const Tensor x = torch::randn(batch);
    const Tensor t = torch::randint(0, 10, {5}, torch::kDouble);
    const Tensor y = model.forward({x, t.to(integerTimes ? torch::kLong : torch::kFloat)})
                         .toTensor()
                         .contiguous();
    xs.write(static_cast<const char*>(x.data_ptr()), x.numel() * 4);
    ts.write(static_cast<const char*>(t.data_ptr()), t.numel() * 8);
    ys.write(static_cast<const char*>(y.data_ptr()), y.numel() * 4);
  }
}

void makeHonest() {
  const std::string start = "def forward(self, x, t):\n    s = t.float().view(-1, 1)\n";
  const auto of = [](std::vector<std::int64_t> shape) { return 0.3 * torch::randn(shape); };
  const Weights dense{{"w", of({16, 16})}, {"b", of({16})}};
  honest("linear", start + "    return torch.linear(x, self.w, self.b) + s\n", dense, {16});
  for (const char* f : {"relu", "sigmoid", "tanh", "gelu", "silu", "softplus", "elu"})
    honest(f,
           start + "    return torch." + std::string(f) + "(torch.linear(x, self.w, self.b)) * s\n",
           dense, {16});
  honest("softmax", start + "    return torch.softmax(x @ self.w, 1) + s\n", dense, {16});
  honest("layer-norm", start + "    return torch.layer_norm(x, [16], self.b, self.b) + s\n", dense,
         {16});
  honest("embedding", "def forward(self, x, t):\n    return x + torch.embedding(self.w, t)\n",
         {{"w", of({10, 16})}}, {16}, true);
  honest("attention",
         "def forward(self, x, t):\n    a = torch.softmax(x @ x.transpose(1, 2), 2)\n"
         "    return torch.bmm(a, x @ self.w)\n",
         {{"w", of({6, 6})}}, {7, 6});
  honest("sines",
         start +
             "    e = torch.cat([torch.sin(s * self.b), torch.cos(s * self.b)], 1)\n"
             "    return x + e @ self.w\n",
         {{"b", of({1, 8})}, {"w", of({16, 16})}}, {16});
  const std::string image = "def forward(self, x, t):\n    s = t.float().view(-1, 1, 1, 1)\n";
  const Weights filters{{"w", of({4, 1, 3, 3})}, {"v", of({1, 4, 3, 3})}, {"g", of({4})}};
  const std::string down = "    y = torch.conv2d(x, self.w, None, [1], [1])\n";
  const std::string up = "    return torch.conv2d(y, self.v, None, [1], [1]) + s\n";
  honest("convolution", image + down + up, filters, {1, 8, 8});
  honest("group-norm", image + down + "    y = torch.group_norm(y, 2, self.g, self.g)\n" + up,
         filters, {1, 8, 8});
  honest("batch-norm",
         image + down +
             "    y = torch.batch_norm(y, self.g, self.g, self.g, self.g * self.g + 1.0, False, "
             "0.1, 1e-5, False)\n" +
             up,
         filters, {1, 8, 8});
  honest("pooling",
         image + down +
             "    y = torch.max_pool2d(y, [2])\n"
             "    y = torch.repeat_interleave(torch.repeat_interleave(y, 2, 2), 2, 3)\n" +
             up,
         filters, {1, 8, 8});
  honest("transposed",
         image +
             "    y = torch.conv2d(x, self.w, None, [2], [1])\n"
             "    return torch.conv_transpose2d(y, self.w, None, [2], [1], [1]) + s\n",
         filters, {1, 8, 8});
  honest("loop-of-layers",
         start + "    for i in range(3):\n        x = torch.tanh(x @ self.w)\n    return x + s\n",
         dense, {16});
}

/// Exact scores, as a network that knows nothing but x and t would give them. In each, two deltas
/// at ±1 and noise of [RA], β from 0.1 to 20.
void makeScores() {
  const auto save = [](const std::string& name, const std::string& source,
                       const Weights& weights = {}) {
    moduleOf("def forward(self, x, t):\n" + source, weights).save(pathOf(name + ".pt"));
  };
  // ∫β/2 at s; then a and b² of s.
  const std::string channel =
      "    r = 0.05 * s + 4.975 * s * s\n    a = torch.exp(-r)\n    b2 = -torch.expm1(-2.0 * r)\n";
  const std::string unit = "    s = t.view(-1, 1)\n" + channel;
  const std::string mean = "    m = torch.tanh(a * x / b2)\n";
  save("deltas-score", unit + mean + "    return (a * m - x) / b2\n");
  save("deltas-v",
       unit + mean + "    return a * (x - a * m) / torch.sqrt(b2) - torch.sqrt(b2) * m\n");
  save("deltas-epsilon-step",
       "    assert int(t.max()) < 1000\n    assert not t.is_floating_point()\n"
       "    s = (t.float().view(-1, 1) + 1.0) / 1000.0\n" +
           channel + mean + "    return (x - a * m) / torch.sqrt(b2)\n");
  save(
      "deltas-x0-snr",
      "    a = torch.sqrt(torch.sigmoid(t.view(-1, 1)))\n    b2 = torch.sigmoid(-t.view(-1, 1))\n" +
          mean + "    return m\n");
  save("deltas-brownian", "    return (torch.tanh(x / t.view(-1, 1)) - x) / t.view(-1, 1)\n");
  // Trained on 2 y + 1: deltas at −1 and 3.
  save("deltas-scaled", unit +
                            "    m = 1.0 + 2.0 * torch.tanh(2.0 * a * (x - a) / b2)\n"
                            "    return (x - a * m) / torch.sqrt(b2)\n");
  save("deltas-slow",
       "    n = 0\n    y = x\n    while n < 1000:\n        y = torch.sin(y + x)\n"
       "        n += 1\n" +
           unit + mean + "    return (a * m - x) / b2 + 0.0 * y\n");
  // Three components of variance 1/4 in 64 dimensions; the second has a part that is no gradient.
  const Tensor i = torch::arange(64, torch::kDouble).view({1, 64});
  const Tensor k = torch::arange(3, torch::kDouble).view({3, 1}) + 1.0;
  const Tensor means = torch::sin(1.0 + i * k).to(torch::kFloat);
  const Tensor weights = torch::log(torch::tensor({0.5, 0.3, 0.2}));
  const std::string mixture =
      unit +
      "    v = 0.25 * a * a + b2\n"
      "    w = (x @ self.means.t()) * a / v - a * a * self.squares / (2.0 * v) + self.logs\n"
      "    score = (a * (torch.softmax(w, 1) @ self.means) - x) / v\n";
  const Weights parts{{"means", means},
                      {"squares", means.pow(2).sum(1).view({1, 3})},
                      {"logs", weights.to(torch::kFloat).view({1, 3})}};
  save("mixture", mixture + "    return score\n", parts);
  save("mixture-curl",
       mixture +
           "    turn = torch.zeros_like(x)\n    turn[:, 0] = -0.1 * x[:, 1]\n"
           "    turn[:, 1] = 0.1 * x[:, 0]\n    return score + turn\n",
       parts);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  at::set_num_threads(1);
  at::globalContext().setUserEnabledMkldnn(false);
  torch::NoGradGuard noGradients;
  torch::manual_seed(1);
  g_folder = arguments[1];
  try {
    makeHonest();
    makeScores();
    makeHostile(arguments[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
