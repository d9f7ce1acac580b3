#include "ui/panels/guide_window.hpp"

#include <QFile>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace separatrix {
namespace {

/// Room above headings, which Markdown leaves none between two of them.
void spaceHeadings(QTextDocument& text, int unit) {
  for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
    QTextBlockFormat format = block.blockFormat();
    if (format.headingLevel() == 0) continue;
    format.setTopMargin(format.headingLevel() == 2 ? 2 * unit : unit);
    QTextCursor(block).setBlockFormat(format);
  }
}

/// Sets t_c and e^(−2t) as mathematics has them.
void setIndices(QTextDocument& text) {
  const QRegularExpression index("[_^](\\(([^)]+)\\)|−?[\\p{L}0-9]+)",
                                 QRegularExpression::UseUnicodePropertiesOption);
  for (QTextCursor found = text.find(index); !found.isNull(); found = text.find(index, found)) {
    const QString marked = found.selectedText();
    QString body = marked.mid(1);
    if (body.startsWith('(')) body = body.mid(1, body.size() - 2);
    QTextCharFormat format = found.charFormat();
    format.setVerticalAlignment(marked.startsWith('_') ? QTextCharFormat::AlignSubScript
                                                       : QTextCharFormat::AlignSuperScript);
    found.insertText(body, format);
  }
}

}  // namespace

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
  spaceHeadings(*m_text->document(), fontMetrics().height() / 2);
  setIndices(*m_text->document());
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
