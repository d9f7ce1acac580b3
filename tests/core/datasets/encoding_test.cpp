#include "core/datasets/encoding.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class EncodingTest : public QObject {
  Q_OBJECT

private slots:
  void hashesAsPublished();
  void encodesAsPublished();
  void refusesWhatItDoesNotWrite();
  void everyOctetSurvives();
};

// The examples of NIST for FIPS 180-4.
void EncodingTest::hashesAsPublished() {
  QCOMPARE(sha256Hex(""),
           std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  QCOMPARE(sha256Hex("abc"),
           std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  QCOMPARE(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
           std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
  QCOMPARE(sha256Hex(std::string(1000000, 'a')),
           std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

// The test vectors of RFC 4648 §10.
void EncodingTest::encodesAsPublished() {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    QCOMPARE(base64Encoded(plain), encoded);
    QVERIFY(base64Decoded(encoded) == plain);
  }
}

void EncodingTest::refusesWhatItDoesNotWrite() {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9*",
                           "Zg==Zg==", "=", "Zm-_"})
    QVERIFY2(!base64Decoded(text), text);
}

void EncodingTest::everyOctetSurvives() {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i * 7 % 256);
  QVERIFY(base64Decoded(base64Encoded(bytes)) == bytes);
}

QTEST_APPLESS_MAIN(EncodingTest)
#include "encoding_test.moc"
