#pragma once

#include "ui/compute/latest_job.hpp"
#include "ui/panels/message_bar.hpp"

#include <QObject>

#include <deque>
#include <exception>
#include <functional>
#include <optional>

namespace separatrix {

/// Reads and writes files in the background, one after another in the order asked for, and tells
/// what went wrong in the one place for it, the message bar: what, why and what to do.
class FileWork : public QObject {
  Q_OBJECT

public:
  /// What can be done about a problem, as buttons; the problem is not to be kept.
  using Remedies = std::function<std::vector<MessageAction>(const std::exception& problem)>;

  explicit FileWork(MessageBar& messages, QObject* parent = nullptr);

  /// `work` runs in the background; `done` gets what it returned. If it throws, that is shown.
  template <class T>
  void run(std::function<T()> work, std::function<void(T)> done, Remedies remedies = {}) {
    auto slot = std::make_shared<std::optional<T>>();
    enqueue({[slot, work = std::move(work)] { slot->emplace(work()); },
             [slot, done = std::move(done)] { done(std::move(**slot)); }, std::move(remedies)});
  }
  /// The same for work that gives no value.
  void run(std::function<void()> work, std::function<void()> done, Remedies remedies = {}) {
    enqueue({std::move(work), std::move(done), std::move(remedies)});
  }

  /// Shows a problem of files that happened elsewhere.
  void report(const std::exception& problem, const Remedies& remedies = {});
  MessageBar& messages() { return m_messages; }

  bool busy() const { return m_current.has_value(); }

signals:
  /// Nothing runs and nothing waits.
  void idle();
  /// A task went wrong and the user was told.
  void failed(const QString& message);

private:
  struct Task {
    std::function<void()> work, done;
    Remedies remedies;
  };
  void enqueue(Task task);
  void startNext();
  void finish(const std::exception_ptr& problem);

  MessageBar& m_messages;
  std::deque<Task> m_waiting;
  std::optional<Task> m_current;
  JobRunner m_runner;
};

}  // namespace separatrix
