#include "core/datasets/file_loader.hpp"

#include "core/datasets/encoding.hpp"
#include "tests/core/support.hpp"

#include <filesystem>

using namespace separatrix;
using namespace separatrix::test;

// What is used, and what is said, for each state of the file and of what the document knows of it.
class FileLoaderTest : public QObject {
  Q_OBJECT

private slots:
  void initTestCase() { QVERIFY(m_folder.isValid()); }
  void init() { writeFile(path(), "1,2\n"); }
  void usesTheFileAsItIs();
  void anUnchangedFileNeedsNoRemark();
  void aChangedFileGivesWayToTheDocument();
  void aChangedFileAloneIsUsed();
  void aMissingFileIsTakenFromTheDocument();
  void aMissingFileAloneIsNamed();
  void whatIsNoFileIsMissing();
  void largeContentIsNotKept();
  void largerThanOneGigabyteIsRefused();
  void loadsWhatMayBeMissing();
  void aFolderIsOneFile();
  void aFolderThatChangedIsUsedAsItIs();
  void aFolderGivesWayToAFileOfTheDocument();

private:
  std::string path() const { return m_folder.filePath("points.csv").toStdString(); }
  QTemporaryDir m_folder;
};

namespace {

DataFile known(const std::string& path, const std::string& bytes, bool withContent) {
  DataFile out{path, bytes.size(), sha256Hex(bytes), {}};
  if (withContent) out.content = bytes;
  return out;
}

}  // namespace

void FileLoaderTest::usesTheFileAsItIs() {
  FileLoader loader;
  QCOMPARE(loader.load("target.path", path()), std::string("1,2\n"));
  QVERIFY(loader.remarks().empty());
  QVERIFY(loader.files() == std::vector<DataFile>{known(path(), "1,2\n", true)});
}

void FileLoaderTest::anUnchangedFileNeedsNoRemark() {
  for (const bool withContent : {false, true}) {
    FileLoader loader({{known(path(), "1,2\n", withContent)}});
    QCOMPARE(loader.load("target.path", path()), std::string("1,2\n"));
    QVERIFY(loader.remarks().empty());
  }
}

void FileLoaderTest::aChangedFileGivesWayToTheDocument() {
  FileLoader loader({{known(path(), "3,4\n", true)}});  // of the same size
  QCOMPARE(loader.load("target.path", path()), std::string("3,4\n"));
  QCOMPARE(loader.remarks().size(), std::size_t{1});
  QVERIFY(contains(loader.remarks()[0],
                   path() + " has changed since the document was saved; the data saved in the "
                            "document are used"));
  QVERIFY(loader.files() == std::vector<DataFile>{known(path(), "3,4\n", true)});
}

void FileLoaderTest::aChangedFileAloneIsUsed() {
  FileLoader loader({{known(path(), "3,4\n", false)}});
  QCOMPARE(loader.load("target.path", path()), std::string("1,2\n"));
  QCOMPARE(loader.remarks().size(), std::size_t{1});
  QVERIFY(contains(loader.remarks()[0], "the data as they are now are used"));
  QVERIFY(loader.files() == std::vector<DataFile>{known(path(), "1,2\n", true)});
}

void FileLoaderTest::aMissingFileIsTakenFromTheDocument() {
  std::filesystem::remove(path());
  FileLoader loader({{known(path(), "3,4\n", true)}});
  QCOMPARE(loader.load("target.path", path()), std::string("3,4\n"));
  QCOMPARE(loader.remarks().size(), std::size_t{1});
  QVERIFY(contains(loader.remarks()[0], path() + " is no file that can be read"));
  QVERIFY(loader.files() == std::vector<DataFile>{known(path(), "3,4\n", true)});
}

void FileLoaderTest::aMissingFileAloneIsNamed() {
  std::filesystem::remove(path());
  for (const Resources& resources : {Resources{}, Resources{{known(path(), "3,4\n", false)}},
                                     Resources{{known(path() + "2", "3,4\n", true)}}}) {
    FileLoader loader(resources);
    try {
      loader.load("target.path", path());
      QFAIL("there is no file");
    } catch (const MissingFile& error) {
      QCOMPARE(error.entry(), std::string("target.path"));
      QCOMPARE(error.path(), path());
      QVERIFY(contains(error.what(), path()));
      QVERIFY(contains(error.what(), "put it there, or choose another with target.path"));
    }
  }
  FileLoader loader;
  QVERIFY(contains(refusal([&] { loader.load("target.path", ""); }), "no file is chosen"));
}

void FileLoaderTest::whatIsNoFileIsMissing() {
  for (const std::string& place :
       {m_folder.path().toStdString(), std::string("/dev/null"), path() + "/x"}) {
    FileLoader loader;
    QVERIFY_THROWS_EXCEPTION(MissingFile, loader.load("target.path", place));
  }
}

void FileLoaderTest::largeContentIsNotKept() {
  for (const std::size_t extra : {0, 1}) {
    const std::string bytes(static_cast<std::size_t>(kLargestKeptContent) + extra, '#');
    writeFile(path(), bytes);
    FileLoader loader;
    QVERIFY(loader.load("target.path", path()) == bytes);
    QCOMPARE(loader.files()[0].content.has_value(), extra == 0);
    QCOMPARE(loader.files()[0].sha256, sha256Hex(bytes));
  }
}

// A file with a hole: it takes no room, and is refused before it is read.
void FileLoaderTest::largerThanOneGigabyteIsRefused() {
  std::filesystem::resize_file(path(), (std::uintmax_t{1} << 30) + 1);
  FileLoader loader;
  QVERIFY(contains(refusal([&] { loader.load("target.path", path()); }), "larger than 1 GiB"));
}

void FileLoaderTest::loadsWhatMayBeMissing() {
  FileLoader there;
  QVERIFY(there.loadIfThere("target.path", path()) == "1,2\n");
  QCOMPARE(there.files().size(), std::size_t{1});
  std::filesystem::remove(path());
  FileLoader missing;
  QVERIFY(!missing.loadIfThere("target.path", path()));
  QVERIFY(missing.files().empty() && missing.remarks().empty());
  FileLoader recorded({{known(path(), "1,2\n", false)}});
  QVERIFY(!recorded.loadIfThere("target.path", path()));
  QCOMPARE(recorded.remarks().size(), std::size_t{1});
  QVERIFY(contains(recorded.remarks()[0], path() + " is no file that can be read any more"));
  FileLoader kept({{known(path(), "3\n", true)}});
  QVERIFY(kept.loadIfThere("target.path", path()) == "3\n");
}

void FileLoaderTest::aFolderIsOneFile() {
  const std::string folder = m_folder.filePath("images").toStdString();
  for (const char* name : {"b", "a"}) {
    std::filesystem::create_directories(folder + "/" + name);
    writeFile(folder + "/" + name + "/1.png", name);
  }
  FileLoader loader;
  QVERIFY(loader.isFolder(folder) && !loader.isFolder(path()));
  const std::vector<FolderFile> files = loader.loadFolder("target.path", folder, ".png");
  QCOMPARE(files.size(), std::size_t{2});
  QVERIFY(files[0].name == "a/1.png" && files[0].bytes == "a" && files[1].name == "b/1.png");
  const std::string lines = std::string("a/1.png\0", 8) + sha256Hex("a") + "\n" +
                            std::string("b/1.png\0", 8) + sha256Hex("b") + "\n";
  QVERIFY(loader.files() == (std::vector<DataFile>{{folder, 2, sha256Hex(lines), {}}}));
  QVERIFY_THROWS_EXCEPTION(MissingFile, loader.loadFolder("target.path", folder + "2", ".png"));
}

void FileLoaderTest::aFolderThatChangedIsUsedAsItIs() {
  const std::string folder = m_folder.filePath("changing").toStdString();
  std::filesystem::create_directories(folder);
  writeFile(folder + "/1.png", "x");
  FileLoader first;
  first.loadFolder("target.path", folder, ".png");
  const Resources before{first.files()};
  FileLoader same(before);
  same.loadFolder("target.path", folder, ".png");
  QVERIFY(same.remarks().empty());
  writeFile(folder + "/notes.txt", "no image");
  std::filesystem::rename(folder + "/1.png", folder + "/2.png");
  FileLoader changed(before);
  QCOMPARE(changed.loadFolder("target.path", folder, ".png")[0].bytes, std::string("x"));
  QCOMPARE(changed.remarks().size(), std::size_t{1});
  QVERIFY(contains(changed.remarks()[0],
                   "changing has changed since the document was saved; the "
                   "data as they are now are used"));
}

void FileLoaderTest::aFolderGivesWayToAFileOfTheDocument() {
  const std::string folder = m_folder.path().toStdString();
  FileLoader loader({{known(folder, "3,4\n", true)}});
  QVERIFY(!loader.isFolder(folder));
  QCOMPARE(loader.load("target.path", folder), std::string("3,4\n"));
}

QTEST_APPLESS_MAIN(FileLoaderTest)
#include "file_loader_test.moc"
