#pragma once

#include "core/datasets/catalog.hpp"
#include "core/datasets/idx.hpp"
#include "core/study/document.hpp"

#include <stdexcept>

// What reads files that anybody may have written, as the fuzzers and the test of mutated files call
// it: each takes the bytes of a file, and answers what is wrong with them by an InvalidInput that
// names its entry. Whatever else happens is a finding.

namespace separatrix::test {

inline void readAs(const std::string& format, std::string_view bytes) {
  const Dataset data = readDataset({"target.path", "/data/points", bytes}, format);
  const bool sound = data.points.size() > 0 && data.points.allFinite();
  if (!sound) throw std::logic_error("unsound points");
}

inline void readCsv(std::string_view bytes) {
  readAs("csv", bytes);
}

inline void readNpy(std::string_view bytes) {
  readAs("npy", bytes);
}

/// Also as a path, of which the labels' is wanted.
inline void readIdx(std::string_view bytes) {
  idxLabelsPath(std::string(bytes));
  if (idxFormat().recognises(bytes)) readAs("auto", bytes);
  readAs("idx", bytes);
}

/// One image, or several of two classes, or beside another that is not like it, as the last byte
/// says.
inline void readPng(std::string_view bytes) {
  const std::string image(bytes);
  std::string other = image;
  if (other.size() > 20) other[19] = static_cast<char>(other[19] ^ 1);  // the width
  const std::vector<std::vector<FolderFile>> folders = {
      {{"1/a.png", image}, {"2/a.png", image}},
      {{"a.png", image}},
      {{"1/a.png", image}, {"b/a.png", image}, {"b/c.png", image}},
      {{"a.png", image}, {"b.png", other}}};
  const unsigned last = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.back());
  const Dataset data =
      readDataset({"target.path", "/data/images", {}, &folders[last % 4]}, "png-folder");
  for (Index k = 1; k < data.points.cols(); ++k)
    if (data.points.col(0) != data.points.col(k)) throw std::logic_error("unequal images");
}

/// A document or figure, until it is written again and that is read: twice the same text.
inline void readScene(std::string_view bytes) {
  const auto written = [](const Json& json) {
    return canonicalText(documentToJson(documentFromJson(json, "/data"), "/data"));
  };
  const std::string once = written(parseDocument(bytes, "scene"));
  const std::string twice = written(parseJson(once, "document"));
  if (twice != once) throw std::logic_error(once + "\nis written again as\n" + twice);
}

using Reader = void (*)(std::string_view bytes);

/// False where the bytes are refused by name. Anything but that leaves it as an exception.
inline bool accepts(Reader reader, std::string_view bytes) {
  try {
    reader(bytes);
    return true;
  } catch (const InvalidInput& refusal) {
    if (refusal.entry().empty())
      throw std::logic_error(std::string("no entry is named: ") + refusal.what());
    return false;
  }
}

}  // namespace separatrix::test
