#include "ui/export/export_actions.hpp"

#include "core/export/atomic_file.hpp"
#include "core/export/result_bytes.hpp"
#include "core/runtime/errors.hpp"
#include "ui/documents/ask_file.hpp"
#include "ui/export/figure_dialog.hpp"
#include "ui/views/view.hpp"
#include "ui/workspaces/view_tile.hpp"

#include <QInputDialog>
#include <QMenu>

namespace separatrix {
ExportActions::ExportActions(Session& session, const std::vector<View*>& views, FileWork& work,
                             QWidget* window)
    : QObject(window), m_session(session), m_views(views), m_work(work), m_window(window) {}

std::vector<View*> ExportActions::shownViews() const {
  std::vector<View*> out;
  for (View* view : m_views)
    if (view->isVisibleTo(m_window)) out.push_back(view);
  return out;
}

void ExportActions::fillFileMenu(QMenu* menu) {
  menu->addAction(tr("&Export figure…"), QKeySequence("Ctrl+E"), this, &ExportActions::askFigure);
  menu->addAction(tr("Export &data…"), QKeySequence("Ctrl+Shift+E"), this, &ExportActions::askData);
}

void ExportActions::askFigure() {
  emit aboutToAsk();
  auto* dialog =
      new FigureDialog(shownViews(), figureFromJson(m_session.viewState("figure")), m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    askFile(m_window,
            {.title = tr("Export figure"),
             .filters = tr("Figures (*.svg *.pdf *.png);;SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"),
             .suggestion = m_session.documentName() + ".svg",
             .defaultSuffix = "svg",
             .toSave = true},
            [this, figure = dialog->figure()](const QString& path) { exportFigure(path, figure); });
  });
  dialog->open();
}

void ExportActions::exportFigure(const QString& path, const FigureState& figure,
                                 const std::function<void()>& done) {
  m_session.setViewState("figure", figureToJson(figure));
  std::vector<const Plot*> plots;
  const bool all = figure.view.empty() || figure.view == "all";
  for (const View* view : m_views)
    if (all ? view->isVisibleTo(m_window) : view->objectName().toStdString() == figure.view)
      for (const Plot* plot : view->plots()) plots.push_back(plot);
  FigureOptions options = figure.options;
  options.title = m_session.documentName();
  const std::filesystem::path file = path.toStdString();
  // In ASCII, which no program that rewrites the figure takes for something else.
  options.metadata = QByteArray::fromStdString(
      exportedJson(m_session.document(), file.parent_path()).dump(-1, ' ', true));
  try {
    const Figure drawn = renderFigure(plots, options, formatOf(file));
    m_work.run(
        [drawn, file] {
          writeFileAtomically(
              file, {drawn.bytes.constData(), static_cast<std::size_t>(drawn.bytes.size())});
        },
        [this, path, report = drawn.report, done] {
          m_work.messages().showSuccess(tr("Wrote %1. %2").arg(path, report.text()).trimmed());
          if (done) done();
        });
  } catch (const std::exception& problem) {
    m_work.report(problem);
  }
}

void ExportActions::askData() {
  emit aboutToAsk();
  auto* dialog = new QInputDialog(m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Export data"));
  dialog->setLabelText(tr("The data behind"));
  QStringList titles;
  const std::vector<View*> views = shownViews();
  for (const View* view : views) titles << titleOf(*view);
  dialog->setComboBoxItems(titles);
  connect(
      dialog, &QInputDialog::textValueSelected, this, [this, views, titles](const QString& title) {
        const View* view = views[static_cast<std::size_t>(titles.indexOf(title))];
        askFile(
            m_window,
            {.title = tr("Export data"),
             .filters = tr("Data (*.csv *.npy *.json);;CSV (*.csv);;NumPy (*.npy);;JSON (*.json)"),
             .suggestion = m_session.documentName() + ".csv",
             .defaultSuffix = "csv",
             .toSave = true},
            [this, view](const QString& path) { exportData(path, *view); });
      });
  dialog->open();
}

namespace {

/// What the view's data are a result of; they may have a name of their own.
std::string analysisOf(const View& view) {
  for (const Demand& demand : view.demands())
    if (demand.key() == view.dataAnalysis()) return demand.analysis;
  return view.dataAnalysis();
}

}  // namespace

void ExportActions::exportData(const QString& path, const View& view) {
  const std::string id = view.dataAnalysis();
  const ResultPtr result = m_session.resultOf(id);
  if (!result) {
    const QString problem = m_session.problemOf(id);
    m_work.report(Failure(
        (problem.isEmpty() ? tr("There is no result to export yet.") : problem).toStdString()));
    return;
  }
  Json metadata = Json::object();
  metadata["program"] = "Separatrix " SEPARATRIX_VERSION;
  metadata["analysis"] = analysisOf(view);
  metadata["source"] = findAnalysis(analysisOf(view)).source;
  metadata["time"] = m_session.time();
  const std::filesystem::path file = path.toStdString();
  Document document = m_session.document();
  document.views = Json::object();
  metadata["scene"] = exportedJson(document, file.parent_path());
  m_work.run(
      [result, file, metadata] {
        writeFileAtomically(file, resultBytes(*result, dataFormatOf(file), metadata));
      },
      [this, path] { m_work.messages().showSuccess(tr("Wrote %1.").arg(path)); });
}

}  // namespace separatrix
