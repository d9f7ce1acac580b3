#include "ui/panels/scene_panel.hpp"

#include "ui/controls/parameter_form.hpp"
#include "ui/controls/point_table.hpp"
#include "ui/plots/math_text.hpp"

#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace separatrix {
namespace {

/// A catalogue entry by id, with what a section shows of it.
const ParameterSpecs* specsOf(const QString& section, const QString& kind) {
  const auto find = [&](const auto& catalog) -> const ParameterSpecs* {
    for (const auto& entry : catalog)
      if (entry.id == kind.toStdString()) return &entry.parameters;
    return nullptr;
  };
  return section == "target" ? find(targetCatalog()) : find(processCatalog());
}

void fillKinds(QComboBox* box, const QString& section) {
  const auto fill = [box](const auto& catalog) {
    for (const auto& entry : catalog) {
      box->addItem(QString::fromStdString(entry.title), QString::fromStdString(entry.id));
      box->setItemData(box->count() - 1, QString::fromStdString(entry.source), Qt::ToolTipRole);
    }
  };
  if (section == "target")
    fill(targetCatalog());
  else
    fill(processCatalog());
}

}  // namespace

ScenePanel::ScenePanel(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
  m_layout = new QVBoxLayout(this);
  setWhatsThis(
      tr("The scene: which data, how they lose themselves in noise, which potential is "
         "drawn, and how trajectories are sampled. Every change can be undone."));
  buildPresets();
  buildSection(m_target, "target", tr("Data"));
  buildSection(m_process, "process", tr("Noise"));
  buildPotential();
  buildEnsemble();
  buildModel();
  m_layout->addStretch();
  connect(&session, &Session::sceneChanged, this, &ScenePanel::showScene);
  connect(&session, &Session::documentOpened, this, &ScenePanel::showPreset);
  connect(&session, &Session::entryRejected, this, &ScenePanel::showRejection);
  connect(&session, &Session::selectedPointChanged, this, [this](int index) {
    if (PointTable* table = m_target.form ? m_target.form->pointTable() : nullptr)
      table->selectRow(index);
  });
}

QGroupBox* ScenePanel::addBox(const QString& title) {
  auto* box = new QGroupBox(title, this);
  auto* layout = new QVBoxLayout(box);
  layout->setSpacing(6);
  m_layout->addWidget(box);
  return box;
}

void ScenePanel::buildPresets() {
  m_presets = new QComboBox(this);
  m_presets->setAccessibleName(tr("Preset"));
  m_presets->setPlaceholderText(tr("Choose a preset…"));
  for (const NamedDocument& preset : presets())
    m_presets->addItem(QString::fromStdString(preset.title), QString::fromStdString(preset.name));
  m_presets->setCurrentIndex(-1);
  m_layout->addWidget(m_presets);
  connect(m_presets, &QComboBox::activated, this, [this](int index) {
    showPreset();  // until the chosen one is opened
    emit presetChosen(presets()[static_cast<std::size_t>(index)]);
  });
}

void ScenePanel::showPreset() {
  const QSignalBlocker quiet(m_presets);
  m_presets->setCurrentIndex(m_presets->findText(m_session.documentName()));
}

void ScenePanel::buildSection(Section& section, const QString& name, const QString& title) {
  section.name = name;
  section.box = addBox(title);
  section.kinds = new QComboBox(section.box);
  section.kinds->setAccessibleName(title);
  section.kinds->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  section.kinds->setMinimumContentsLength(12);
  fillKinds(section.kinds, name);
  section.box->layout()->addWidget(section.kinds);
  connect(section.kinds, &QComboBox::activated, this, [this, &section](int index) {
    m_session.editEntries(section.name,
                          {{"kind", section.kinds->itemData(index).toString().toStdString()}});
  });
}

void ScenePanel::buildPotential() {
  QGroupBox* box = addBox(tr("Potential"));
  m_potential = new QComboBox(box);
  m_potential->setAccessibleName(tr("Potential"));
  for (const PotentialInfo& info : potentialCatalog()) {
    m_potential->addItem(QString::fromStdString(info.title), QString::fromStdString(info.id));
    m_potential->setItemData(m_potential->count() - 1, QString::fromStdString(info.source),
                             Qt::ToolTipRole);
  }
  m_formula = new QLabel(box);
  m_formula->setTextInteractionFlags(Qt::TextSelectableByMouse);
  box->layout()->addWidget(m_potential);
  box->layout()->addWidget(m_formula);
  connect(m_potential, &QComboBox::activated, this, [this](int index) {
    m_session.editEntries({},
                          {{"potential", m_potential->itemData(index).toString().toStdString()}});
  });
}

void ScenePanel::buildEnsemble() {
  QGroupBox* box = addBox(tr("Trajectories"));
  m_ensemble = new ParameterForm(ensembleParameters(), box);
  QStringList samplers;
  for (const SamplerKind& kind : samplerCatalog()) samplers << QString::fromStdString(kind.title);
  m_ensemble->setChoiceTitles("sampler", samplers);
  box->layout()->addWidget(m_ensemble);
  connectForm(m_ensemble, "ensemble");
}

void ScenePanel::buildModel() {
  QGroupBox* box = addBox(tr("Model"));
  box->setWhatsThis(
      tr("A trained network, saved as TorchScript, in place of the exact score of the data: "
         "potentials, fixed points and trajectories are its own then. It runs in a process of its "
         "own that can open no file and reach no network."));
  m_model = new ParameterForm(modelParameters(), box);
  box->layout()->addWidget(m_model);
  connectForm(m_model, "model");
  auto* allow = new QPushButton(tr("Allow it to run"), box);
  allow->setObjectName("allow-model");
  allow->setWhatsThis(
      tr("A model is a program. This one has not run here before, and waits until you say that it "
         "may; it is remembered by its content."));
  allow->hide();
  box->layout()->addWidget(allow);
  connect(&m_session, &Session::modelHeldChanged, allow, &QWidget::setVisible);
  connect(allow, &QPushButton::clicked, &m_session, &Session::releaseModel);
}

void ScenePanel::rebuildForm(Section& section, const QString& kind, const ParameterSpecs& specs) {
  delete section.form;
  section.kind = kind;
  section.form = new ParameterForm(specs, section.box);
  section.box->layout()->addWidget(section.form);
  connectForm(section.form, section.name);
  if (PointTable* table = section.form->pointTable())
    connect(table, &PointTable::selectionChanged, &m_session, &Session::setSelectedPoint);
}

void ScenePanel::connectForm(ParameterForm* form, const QString& section) {
  connect(form, &ParameterForm::edited, this, [this, form, section](const Json& changes) {
    form->clearProblems();
    m_session.setEditing(true);
    m_session.editEntries(section, changes);
  });
  connect(form, &ParameterForm::committed, this, [this, section](const Json& changes) {
    m_session.editEntries(section, changes);
    m_session.setEditing(false);
  });
}

void ScenePanel::showScene() {
  const Scene& scene = m_session.scene();
  showVariant(m_target, scene.target);
  showVariant(m_process, scene.process);
  m_ensemble->setValues(ensembleToValues(scene.ensemble).json());
  m_model->setValues(scene.model.json());
  const PotentialInfo& info = potentialInfo(scene.potential);
  m_potential->setCurrentIndex(m_potential->findData(QString::fromStdString(info.id)));
  m_formula->setText(richText(QString::fromStdString(info.formula)));
  m_formula->setToolTip(QString::fromStdString(info.source));
}

void ScenePanel::showVariant(Section& section, const Variant& variant) {
  const QString kind = QString::fromStdString(variant.kind);
  section.kinds->setCurrentIndex(section.kinds->findData(kind));
  if (section.kind != kind || section.form == nullptr)
    rebuildForm(section, kind, *specsOf(section.name, kind));
  section.form->setValues(variant.values.json());
}

void ScenePanel::showRejection(const QString& entry, const QString& message) {
  // Sections have entries of one name: the path of the data and that of the model.
  const std::pair<const char*, ParameterForm*> forms[] = {{"target", m_target.form},
                                                          {"process", m_process.form},
                                                          {"ensemble", m_ensemble},
                                                          {"model", m_model}};
  for (const auto& [section, form] : forms)
    if (form != nullptr && entry.section('.', 0, 0) == section)
      form->setProblem(entry.section('.', 1), message);
}

void ScenePanel::nextSeed() {
  m_session.editEntries("ensemble", {{"seed", m_session.scene().ensemble.seed + 1}});
}

}  // namespace separatrix
