#include "ui/documents/file_work.hpp"

#include "ui/sentence.hpp"

namespace separatrix {

FileWork::FileWork(MessageBar& messages, QObject* parent)
    : QObject(parent), m_messages(messages), m_runner(Priority::background, {}) {}

void FileWork::enqueue(Task task) {
  m_waiting.push_back(std::move(task));
  startNext();
}

void FileWork::startNext() {
  if (m_current || m_waiting.empty()) return;
  m_current = std::move(m_waiting.front());
  m_waiting.pop_front();
  auto problem = std::make_shared<std::exception_ptr>();
  m_runner.start(
      [work = m_current->work, problem](const RunControl&) {
        try {
          work();
        } catch (...) {
          *problem = std::current_exception();
        }
      },
      [this, problem] { finish(*problem); }, WhenSuperseded::finish);
}

void FileWork::finish(const std::exception_ptr& problem) {
  const Task task = std::move(*m_current);
  m_current.reset();
  if (!problem) {
    task.done();
  } else {
    try {
      std::rethrow_exception(problem);
    } catch (const std::exception& error) {
      report(error, task.remedies);
    }
  }
  startNext();
  if (!busy()) emit idle();
}

void FileWork::report(const std::exception& problem, const Remedies& remedies) {
  const bool memory = dynamic_cast<const std::bad_alloc*>(&problem) != nullptr;
  const QString message = memory ? tr("There is not enough memory for this file; close other "
                                      "programs or use a smaller one.")
                                 : QString::fromUtf8(problem.what());
  m_messages.showProblem(asSentence(message),
                         remedies ? remedies(problem) : std::vector<MessageAction>());
  emit failed(message);
}

}  // namespace separatrix
