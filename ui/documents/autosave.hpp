#pragma once

#include "core/study/recovery.hpp"
#include "ui/compute/latest_job.hpp"
#include "ui/documents/document_file.hpp"

#include <QObject>
#include <QTimer>

#include <memory>

namespace separatrix {

/// Keeps what is unsaved in a recovery slot, half a second after it changed, until it is saved,
/// taken back or discarded. What a killed process leaves there is found by takeAbandonedWork.
class Autosave : public QObject {
  Q_OBJECT

public:
  Autosave(Session& session, DocumentFile& file, QObject* parent = nullptr);

  /// Where unsaved work is kept, one folder for all windows and processes of a user.
  static std::filesystem::path folder();

  /// Goes on with a slot that another process left.
  void adopt(std::shared_ptr<RecoverySlot> slot);
  /// The user saved or discarded everything: nothing is kept from now on.
  void close();

signals:
  /// What is unsaved could not be kept; said once until it works again.
  void failed(const QString& message);

private:
  void changed();
  void store();

  DocumentFile& m_file;
  std::shared_ptr<RecoverySlot> m_slot;
  QTimer m_delay;
  bool m_complained = false;
  JobRunner m_job;
};

}  // namespace separatrix
