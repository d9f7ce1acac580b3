#include "core/runtime/noise.hpp"

#include "tests/core/statistics.hpp"

#include <QtTest/QtTest>

#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace separatrix;
using namespace separatrix::test;

class NoiseTest : public QObject {
  Q_OBJECT

private slots:
  void knownAnswer();
  void theSameHoweverItIsCut();
  void singleFollowsDouble();
  void addsScaled();
  void everyInstructionSet();
  void tailsAreNormal();
  void uniformsAreUniform();
  void normalsAreNormal();
  void keysAreIndependent();
  void rangeIsBounded();
  void farParticlesAreDistinct();
};

namespace {

using Values = std::vector<double>;

Values normals(std::uint64_t seed, Index count, Index first = 0,
               NoisePurpose purpose = NoisePurpose::diffusion, Index cell = 0,
               Index coordinate = 0) {
  Values out(static_cast<std::size_t>(count));
  Noise(seed).normals(purpose, cell, coordinate, first, count, out.data());
  return out;
}

std::vector<float> singles(std::uint64_t seed, Index count, Index first = 0, Index cell = 0,
                           Index coordinate = 0) {
  std::vector<float> out(static_cast<std::size_t>(count));
  Noise(seed).normals(NoisePurpose::diffusion, cell, coordinate, first, count, out.data());
  return out;
}

Values uniforms(std::uint64_t seed, Index count, Index first = 0) {
  Values out(static_cast<std::size_t>(count));
  Noise(seed).uniforms(NoisePurpose::dataChoice, 0, 0, first, count, out.data());
  return out;
}

double correlation(const Values& a, const Values& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size());
}

/// Philox4x32-10 written out from Salmon et al. 2011, to check how the numbers are keyed.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c,
                                    std::array<std::uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k = {k[0] + 0x9E3779B9U, k[1] + 0xBB67AE85U};
  }
  return c;
}

}  // namespace

// The published vector of Random123 (kat_vectors), then the first numbers of a seed. Trajectories
// of a scene are stable between versions as long as these are.
void NoiseTest::knownAnswer() {
  const auto zeros = philox({0, 0, 0, 0}, {0, 0});
  QCOMPARE(zeros[0], 0x6627e8d5U);
  QCOMPARE(zeros[3], 0x9b00dbd8U);
  const std::uint64_t seed = 0x123456789abcdef0;
  // Counter: block of four particles, cell, coordinate, purpose.
  const auto bits = philox({5, 9, 2, 2}, {0x9abcdef0, 0x12345678});
  const auto unit = [](std::uint32_t b) { return (b + 0.5) / 4294967296.0; };
  const Values z = normals(seed, 4, 20, NoisePurpose::diffusion, 9, 2);
  const std::vector<float> single = singles(seed, 4, 20, 9, 2);
  for (std::size_t pair : {std::size_t{0}, std::size_t{2}}) {
    const double radius = std::sqrt(-2 * std::log(unit(bits[pair])));
    const double angle = 2 * M_PI * unit(bits[pair + 1]);
    QVERIFY(std::abs(z[pair] - radius * std::cos(angle)) < 1e-12);
    QVERIFY(std::abs(z[pair + 1] - radius * std::sin(angle)) < 1e-12);
    QVERIFY(std::abs(static_cast<double>(single[pair]) - radius * std::cos(angle)) < 1e-6);
    QVERIFY(std::abs(static_cast<double>(single[pair + 1]) - radius * std::sin(angle)) < 1e-6);
  }
}

void NoiseTest::theSameHoweverItIsCut() {
  const Values whole = normals(1, 256);
  const std::vector<float> wholeSingle = singles(1, 256);
  const Values wholeUniform = uniforms(1, 256);
  const auto isPart = [](const auto& part, const auto& all, Index first) {
    return std::equal(part.begin(), part.end(), all.begin() + first);
  };
  for (Index first = 0; first < 70; ++first)
    for (Index count = 0; count < 150; ++count) {
      QVERIFY(isPart(normals(1, count, first), whole, first));
      QVERIFY(isPart(singles(1, count, first), wholeSingle, first));
      QVERIFY(isPart(uniforms(1, count, first), wholeUniform, first));
    }
}

// Radius and angle are rounded by some 10⁻⁷ of themselves.
void NoiseTest::singleFollowsDouble() {
  constexpr Index n = 1 << 22;
  const Values z = normals(3, n);
  const std::vector<float> single = singles(3, n);
  double largest = 0, sum = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double error = static_cast<double>(single[i]) - z[i];
    largest = std::max(largest, std::abs(error));
    sum += error;
  }
  QVERIFY2(largest < 1e-6, qPrintable(QString::number(largest)));
  QVERIFY(std::abs(sum) / n < 1e-9);
}

void NoiseTest::addsScaled() {
  const std::vector<float> z = singles(5, 300, 3);
  for (const Index first : {3, 4, 6})
    for (const Index count : {0, 1, 5, 64, 130}) {
      std::vector<float> out(static_cast<std::size_t>(count + 1), 0.7F);
      Noise(5).addNormals(NoisePurpose::diffusion, 0, 0, first, count, 0.3F, out.data());
      for (Index i = 0; i < count; ++i) {
        const float product = 0.3F * z[static_cast<std::size_t>(first - 3 + i)];
        QCOMPARE(out[static_cast<std::size_t>(i)], 0.7F + product);
      }
      QCOMPARE(out.back(), 0.7F);  // nothing beyond the range
    }
}

void NoiseTest::everyInstructionSet() {
  const auto sets = hwy::SupportedAndGeneratedTargets();
  const std::vector<float> best = singles(11, 100003, 5, 3, 2);
  for (const auto set : sets) {
    hwy::SetSupportedTargetsForTest(set);
    hwy::GetChosenTarget().DeInit();
    const std::vector<float> here = singles(11, 100003, 5, 3, 2);
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
    QVERIFY2(here == best, hwy::TargetName(set));
  }
}

// Far out the radius takes few of its 32 bits. Standard errors of Poisson counts; at 2²⁵ numbers
// 19 are expected beyond 5, 2126 beyond 4.
void NoiseTest::tailsAreNormal() {
  constexpr Index n = 1 << 20;
  std::array<double, 5> bounds = {2, 3, 4, 4.5, 5}, beyond = {};
  double above = 0;
  constexpr Index cells = 32;
  for (Index cell = 0; cell < cells; ++cell)
    for (const float z : singles(13, n, 0, cell)) {
      for (std::size_t i = 0; i < bounds.size(); ++i) beyond[i] += std::abs(z) > bounds[i];
      above += z > 0;
    }
  const double all = static_cast<double>(n * cells);
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const double expected = all * std::erfc(bounds[i] / std::sqrt(2));
    QVERIFY(std::abs(beyond[i] - expected) < 4 * std::sqrt(expected));
  }
  QVERIFY(std::abs(above - all / 2) < 4 * std::sqrt(all / 4));
}

// √n·D is below 1.95 with probability 0.999.
void NoiseTest::uniformsAreUniform() {
  for (const std::uint64_t seed : {1, 2, 3})
    QVERIFY(ksStatistic(uniforms(seed, 100000), [](double u) { return u; }) < 1.95);
}

void NoiseTest::normalsAreNormal() {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Values z = normals(seed, 100000);
    QVERIFY(ksStatistic(z, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2)); }) < 1.95);
    double fourth = 0;
    for (const double value : z) fourth += value * value * value * value / 1e5;
    QVERIFY(std::abs(fourth - 3) < 4 * std::sqrt(96.0 / 1e5));
    QVERIFY(std::abs(correlation(z, z) - 1) < 4 * std::sqrt(2.0 / 1e5));
  }
}

// Correlations of 100 000 pairs have a standard error of 0.0032.
void NoiseTest::keysAreIndependent() {
  constexpr Index n = 100000;
  const double bound = 4 / std::sqrt(static_cast<double>(n));
  const Values base = normals(7, n);
  std::vector<Values> others = {
      normals(8, n),  // seed, low and high word
      normals(7 + (std::uint64_t{1} << 40), n),
      normals(7, n, 0, NoisePurpose::start),
      normals(7, n, 0, NoisePurpose::dataNoise),
      normals(7, n, 0, NoisePurpose::dataChoice),
      normals(7, n, 0, NoisePurpose::diffusion, 1, 0),  // cell
      normals(7, n, 0, NoisePurpose::diffusion, 0, 1),  // coordinate
      normals(7, n, 0, NoisePurpose::diffusion, 1, 1),
      normals(7, n, 1),  // neighbours
      normals(7, n, 4),
  };
  for (std::size_t i = 0; i < others.size(); ++i) {
    QVERIFY(others[i] != base);
    QVERIFY(std::abs(correlation(base, others[i])) < bound);
    Values squares = others[i], baseSquares = base;
    for (double& z : squares) z = z * z - 1;
    for (double& z : baseSquares) z = z * z - 1;
    QVERIFY(std::abs(correlation(baseSquares, squares)) < 2 * bound);
  }
}

void NoiseTest::rangeIsBounded() {
  double smallest = 1, largest = 0;
  for (const double u : uniforms(9, 1000000)) {
    QVERIFY(u > 0 && u < 1);
    smallest = std::min(smallest, u);
    largest = std::max(largest, u);
  }
  QVERIFY(smallest < 1e-4 && largest > 1 - 1e-4);
  for (const double z : normals(9, 1000000)) QVERIFY(std::abs(z) <= 6.8);
  for (const float z : singles(9, 1000000)) QVERIFY(std::abs(z) <= 6.8F);
}

void NoiseTest::farParticlesAreDistinct() {
  // Beyond 2³² blocks the counter goes on in another word.
  const Index far = Index{4} << 32;
  QVERIFY(normals(1, 8, far) != normals(1, 8));
  QVERIFY(normals(1, 8, far) != normals(1, 8, 2 * far));
  const Values across = normals(1, 8, far - 4);
  const Values after = normals(1, 4, far);
  QVERIFY(std::equal(after.begin(), after.end(), across.begin() + 4));
  const std::vector<float> single = singles(1, 8, far - 4);
  for (std::size_t i = 0; i < across.size(); ++i)
    QVERIFY(std::abs(static_cast<double>(single[i]) - across[i]) < 1e-6);
}

QTEST_APPLESS_MAIN(NoiseTest)
#include "noise_test.moc"
