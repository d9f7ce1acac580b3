#include "ui/panels/guide_window.hpp"

#include <QFile>
#include <QLineEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace separatrix {

GuideWindow::GuideWindow(QWidget* parent) : QDialog(parent), m_text(new QTextBrowser(this)) {
  setWindowTitle(tr("Guide"));
  auto* layout = new QVBoxLayout(this);
  auto* search = new QLineEdit(this);
  search->setPlaceholderText(tr("Find in the guide"));
  search->setAccessibleName(tr("Find in the guide"));
  search->setClearButtonEnabled(true);
  layout->addWidget(search);
  layout->addWidget(m_text);
  m_text->setAccessibleName(tr("Guide"));
  m_text->setWhatsThis(tr("The equation behind each view, with its source."));
  QFile file(":/guide/guide.md");
  if (file.open(QIODevice::ReadOnly)) m_text->setMarkdown(QString::fromUtf8(file.readAll()));
  connect(search, &QLineEdit::textChanged, this, &GuideWindow::find);
  connect(search, &QLineEdit::returnPressed, this, [this, search] {
    if (!m_text->find(search->text())) find(search->text());
  });
  const int em = fontMetrics().averageCharWidth();
  resize(110 * em, 100 * em);
}

void GuideWindow::showSection(const QString& heading) {
  for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
    if (block.blockFormat().headingLevel() == 0 || block.text() != heading) continue;
    m_text->moveCursor(QTextCursor::End);  // so that the heading comes to the top
    m_text->setTextCursor(QTextCursor(block));
    const int top = m_text->cursorRect().top();
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->value() + top);
    return;
  }
  m_text->moveCursor(QTextCursor::Start);
}

void GuideWindow::find(const QString& text) {
  m_text->moveCursor(QTextCursor::Start);
  m_text->find(text);
}

}  // namespace separatrix
