#include "core/datasets/png_image.hpp"

#include "core/datasets/png_folder.hpp"

#include <algorithm>

#include <png.h>

namespace separatrix {
namespace {

constexpr std::string_view kMagic = "\x89PNG\r\n\x1A\n";
constexpr std::size_t kNumber = 4;              // bytes of a length, a type, a checksum
constexpr std::size_t kAround = 3 * kNumber;    // what a chunk has around its data
constexpr std::size_t kHeaderData = 13;         // of IHDR
constexpr std::uint64_t kMostInflation = 1032;  // of deflate, bytes out of one

std::uint32_t number(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < kNumber; ++i)
    out = out << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return out;
}

/// The chunk that `rest` starts with, all of it, taken off; less than that where it is cut off.
std::string_view takeChunk(std::string_view& rest) {
  const std::size_t data = rest.size() < kAround ? 0 : number(rest, 0);
  const std::string_view out = rest.substr(0, std::min(rest.size(), kAround + data));
  rest.remove_prefix(out.size());
  return out;
}

/// The file without what pixels do not need: comments and profiles that libpng would unpack, and
/// gamma that it would apply.
std::string withPixelsAlone(std::string_view bytes) {
  std::string out(bytes.substr(0, kMagic.size()));
  std::string_view rest = bytes.substr(kMagic.size());
  while (!rest.empty()) {
    const std::string_view chunk = takeChunk(rest);
    const std::string_view type = chunk.substr(std::min(kNumber, chunk.size()), kNumber);
    if (type == "IHDR" || type == "PLTE" || type == "tRNS" || type == "IDAT" || type == "IEND")
      out += chunk;
  }
  return out;
}

/// Frees what libpng holds of an image.
struct OpenImage : png_image {
  OpenImage() : png_image{} { version = PNG_IMAGE_VERSION; }
  ~OpenImage() { png_image_free(this); }
  OpenImage(const OpenImage&) = delete;
  OpenImage& operator=(const OpenImage&) = delete;
};

[[noreturn]] void refuseImage(const DatasetSource& source, const png_image& image) {
  source.refuse("", std::string("is a broken PNG image (") + image.message +
                        "); write it anew or take it out");
}

/// In place: of `from` numbers a pixel the first `to`.
void keepChannels(std::vector<std::uint8_t>& pixels, std::size_t from, std::size_t to) {
  const std::size_t count = pixels.size() / from;
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t c = 0; c < to; ++c) pixels[p * to + c] = pixels[p * from + c];
  pixels.resize(count * to);
}

}  // namespace

PngHeader pngHeader(const DatasetSource& source) {
  const std::string_view bytes = source.bytes;
  if (!bytes.starts_with(kMagic)) source.refuse("", "is no PNG image; write it as one");
  constexpr std::size_t kStart = kMagic.size() + 2 * kNumber;
  if (bytes.size() < kStart + kHeaderData)
    source.refuse("", "is cut off in the header of the PNG image");
  if (bytes.substr(kStart - kNumber, kNumber) != "IHDR")
    source.refuse("", "is a broken PNG image (it does not start with its header); write it anew");
  PngHeader out;
  out.width = number(bytes, kStart);
  out.height = number(bytes, kStart + kNumber);
  const auto bits = static_cast<std::uint8_t>(bytes[kStart + 2 * kNumber]);
  const auto kind = static_cast<std::uint8_t>(bytes[kStart + 2 * kNumber + 1]);
  out.colour = (kind & 2) != 0;
  if (out.width == 0 || out.height == 0) source.refuse("", "is an image without pixels");
  const std::uint64_t pixels = std::uint64_t{out.width} * out.height;
  if (pixels > static_cast<std::uint64_t>(kLargestImageValues) / (out.colour ? 3 : 1))
    source.refuse("", "is an image of " + std::to_string(out.width) + " × " +
                          std::to_string(out.height) + " pixels, and " +
                          std::to_string(kLargestImageValues) +
                          " numbers are the most that are read; scale it down");
  // Of each pixel there is one number at least, of one bit at least.
  if (pixels * std::max<std::uint64_t>(bits, 1) / 8 > kMostInflation * bytes.size())
    source.refuse("", "is cut off: " + std::to_string(out.width) + " × " +
                          std::to_string(out.height) + " pixels cannot be in " +
                          std::to_string(bytes.size()) + " bytes");
  return out;
}

std::vector<std::uint8_t> pngPixels(const DatasetSource& source) {
  const std::string kept = withPixelsAlone(source.bytes);
  OpenImage image;
  if (png_image_begin_read_from_memory(&image, kept.data(), kept.size()) == 0)
    refuseImage(source, image);
  const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  const bool alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  image.format = (colour ? PNG_FORMAT_FLAG_COLOR : 0U) | (alpha ? PNG_FORMAT_FLAG_ALPHA : 0U);
  std::vector<std::uint8_t> out(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, out.data(), 0, nullptr) == 0)
    refuseImage(source, image);
  const std::size_t channels = colour ? 3 : 1;
  if (alpha) keepChannels(out, channels + 1, channels);
  return out;
}

}  // namespace separatrix
