#include "ui/controls/file_edit.hpp"

#include "ui/controls/parameter_form.hpp"

#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

namespace {

ParameterSpecs specs() {
  return {
      ParameterSpec::of(ParameterKind::file, "path", "").labelled("File", "", "Points.").orFolder(),
      ParameterSpec::of(ParameterKind::file, "labels").orNull()};
}

}  // namespace

class FileEditTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_form = std::make_unique<ParameterForm>(specs());
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    m_edit = m_form->field("path")->findChild<FileEdit*>();
    m_line = m_edit->findChild<QLineEdit*>();
    m_line->setFocus();
  }

  void returnFinishesTyping() {
    QSignalSpy edited(m_form.get(), &ParameterForm::edited);
    QSignalSpy committed(m_form.get(), &ParameterForm::committed);
    QTest::keyClicks(m_line, "/data/points.csv");
    QCOMPARE(edited.size(), 0);
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(committed.size(), 1);
    QCOMPARE(m_form->values().at("path").dump(), std::string("\"/data/points.csv\""));
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(edited.size(), 1);
  }

  void leavingFinishesTyping() {
    QTest::keyClicks(m_line, "p.csv");
    QTest::keyClick(m_line, Qt::Key_Tab);
    QVERIFY(!m_line->hasFocus());
    QCOMPARE(m_edit->path(), QString("p.csv"));
  }

  void escapeBringsBackThePath() {
    m_form->setValues({{"path", "/a.csv"}});
    QSignalSpy edited(m_form.get(), &ParameterForm::edited);
    QTest::keyClicks(m_line, "xyz");
    m_form->setValues({{"path", "/b.csv"}});
    QVERIFY(m_line->text().contains("xyz"));  // what is being typed stays
    QTest::keyClick(m_line, Qt::Key_Escape);
    QCOMPARE(m_line->text(), QString("/b.csv"));
    QCOMPARE(edited.size(), 0);
  }

  void tildeIsTheHomeFolder() {
    QTest::keyClicks(m_line, "~/p.csv");
    QTest::keyClick(m_line, Qt::Key_Enter);
    QCOMPARE(m_edit->path(), QDir::homePath() + "/p.csv");
  }

  void hasButtonsAndNames() {
    const auto buttons = m_edit->findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 2);
    QCOMPARE(buttons[0]->text(), QString("Choose…"));
    QCOMPARE(buttons[1]->text(), QString("Folder…"));
    for (const QPushButton* button : buttons) QVERIFY(button->accessibleName().contains("File"));
    QCOMPARE(m_form->field("labels")->findChildren<QPushButton*>().size(), 1);
    QCOMPARE(m_line->accessibleName(), QString("File"));
  }

private:
  std::unique_ptr<ParameterForm> m_form;
  FileEdit* m_edit = nullptr;
  QLineEdit* m_line = nullptr;
};

QTEST_MAIN(FileEditTest)
#include "file_edit_test.moc"
