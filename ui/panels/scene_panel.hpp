#pragma once

#include "ui/session/session.hpp"

#include <QWidget>

class QComboBox;
class QGroupBox;
class QLabel;
class QVBoxLayout;

namespace separatrix {

class ParameterForm;

/// The scene as forms: target, process, potential, ensemble, model. Every form is generated from
/// the catalogues, so a new kind needs nothing here.
class ScenePanel : public QWidget {
  Q_OBJECT

public:
  explicit ScenePanel(Session& session, QWidget* parent = nullptr);

  /// A new seed for the ensemble: the next whole number.
  void nextSeed();

signals:
  /// The user wants another document; opening it is up to who knows what is unsaved.
  void presetChosen(const NamedDocument& preset);

private:
  /// One section of the scene: the choice of its kind and the form of that kind.
  struct Section {
    QString name;  ///< "target", "process"
    QGroupBox* box = nullptr;
    QComboBox* kinds = nullptr;
    ParameterForm* form = nullptr;
    QString kind;  ///< that the form was made for
  };

  QGroupBox* addBox(const QString& title);
  void buildPresets();
  void showPreset();
  void buildSection(Section& section, const QString& name, const QString& title);
  void buildPotential();
  void buildEnsemble();
  void buildModel();
  void rebuildForm(Section& section, const QString& kind, const ParameterSpecs& specs);
  void connectForm(ParameterForm* form, const QString& section);
  void showScene();
  void showVariant(Section& section, const Variant& variant);
  void showRejection(const QString& entry, const QString& message);

  Session& m_session;
  QVBoxLayout* m_layout = nullptr;
  QComboBox* m_presets = nullptr;
  Section m_target, m_process;
  QComboBox* m_potential = nullptr;
  QLabel* m_formula = nullptr;
  ParameterForm* m_ensemble = nullptr;
  ParameterForm* m_model = nullptr;
};

}  // namespace separatrix
