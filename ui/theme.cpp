#include "ui/theme.hpp"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

struct WidgetColours {
  QColor window, base, alternate, button, text, disabled, highlight, highlightedText, link, light,
      midlight, mid, dark, shadow, toolTip;
};

QPalette makePalette(const WidgetColours& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.window);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.base);
  palette.setColor(QPalette::AlternateBase, c.alternate);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.button);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, QColor(0xff, 0xff, 0xff));
  palette.setColor(QPalette::ToolTipBase, c.toolTip);
  palette.setColor(QPalette::ToolTipText, c.text);
  palette.setColor(QPalette::PlaceholderText, c.disabled);
  palette.setColor(QPalette::Highlight, c.highlight);
  palette.setColor(QPalette::HighlightedText, c.highlightedText);
  palette.setColor(QPalette::Link, c.link);
  palette.setColor(QPalette::LinkVisited, c.link);
  palette.setColor(QPalette::Light, c.light);
  palette.setColor(QPalette::Midlight, c.midlight);
  palette.setColor(QPalette::Mid, c.mid);
  palette.setColor(QPalette::Dark, c.dark);
  palette.setColor(QPalette::Shadow, c.shadow);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                          QPalette::ToolTipText, QPalette::HighlightedText}) {
    palette.setColor(QPalette::Disabled, role, c.disabled);
  }
  palette.setColor(QPalette::Disabled, QPalette::Highlight, c.mid);
  return palette;
}

Theme makeLight() {
  Theme theme;
  theme.dark = false;
  theme.palette = makePalette({.window = 0xf4f5f7,
                               .base = 0xffffff,
                               .alternate = 0xf6f7f9,
                               .button = 0xf8f9fa,
                               .text = 0x1f2328,
                               .disabled = 0x8a9099,
                               .highlight = 0x0072b2,
                               .highlightedText = 0xffffff,
                               .link = 0x00639b,
                               .light = 0xffffff,
                               .midlight = 0xeceef1,
                               .mid = 0xc4c8ce,
                               .dark = 0x9aa0a8,
                               .shadow = 0x5f6670,
                               .toolTip = 0xffffff});
  theme.background = 0xffffff;
  theme.axis = 0x4a515b;
  theme.grid = 0xe9ebee;
  theme.text = 0x1f2328;
  theme.muted = 0x646a73;
  theme.accent = 0x0072b2;
  theme.roles = {QColor(0x0072b2), QColor(0x009e73), QColor(0x0072b2), QColor(0xd55e00),
                 QColor(0xc77f00), QColor(0x1f2328), QColor(0xa8447b), QColor(0xc77f00),
                 QColor(0x6b7280), QColor(0xb4bac2), QColor(0x6b7280), QColor(0x0072b2),
                 QColor(0xd55e00), QColor(0x009e73), QColor(0xb8558a), QColor(0xc77f00),
                 QColor(0x2e8fc7), QColor(0x8c7a00)};
  return theme;
}

Theme makeDark() {
  Theme theme;
  theme.dark = true;
  theme.palette = makePalette({.window = 0x24272d,
                               .base = 0x1b1d22,
                               .alternate = 0x212429,
                               .button = 0x2d3138,
                               .text = 0xe6e8eb,
                               .disabled = 0x7d848f,
                               .highlight = 0x2f7fb8,
                               .highlightedText = 0xffffff,
                               .link = 0x6bbbf0,
                               .light = 0x454b55,
                               .midlight = 0x363b43,
                               .mid = 0x1f2227,
                               .dark = 0x17191d,
                               .shadow = 0x0e0f12,
                               .toolTip = 0x2d3138});
  theme.background = 0x1b1d22;
  theme.axis = 0x9aa0aa;
  theme.grid = 0x2b2e35;
  theme.text = 0xe6e8eb;
  theme.muted = 0x9aa0aa;
  theme.accent = 0x56b4e9;
  theme.roles = {QColor(0x56b4e9), QColor(0x2fbf94), QColor(0x56b4e9), QColor(0xf07c3a),
                 QColor(0xe69f00), QColor(0xe6e8eb), QColor(0xe08aba), QColor(0xe69f00),
                 QColor(0x9aa0aa), QColor(0x4d535d), QColor(0x9aa0aa), QColor(0x56b4e9),
                 QColor(0xf07c3a), QColor(0x2fbf94), QColor(0xe08aba), QColor(0xe69f00),
                 QColor(0x8fcdf2), QColor(0xf0e442)};
  return theme;
}

bool desktopIsDark() {
  static const bool dark = [] {
    const QPalette palette = QApplication::palette();
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
  }();
  return dark;
}

double luminance(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

}  // namespace

std::vector<double> dashPattern(LineDash dash) {
  switch (dash) {
    case LineDash::solid:
      return {};
    case LineDash::dashed:
      return {4.5, 3.0};
    case LineDash::dotted:
      return {1.2, 2.4};
    case LineDash::dashDotted:
      return {5.0, 2.5, 1.2, 2.5};
  }
  return {};
}

const Theme& lightTheme() {
  static const Theme theme = makeLight();
  return theme;
}

const Theme& darkTheme() {
  static const Theme theme = makeDark();
  return theme;
}

const Theme& resolve(ThemeMode mode) {
  const bool dark = mode == ThemeMode::dark || (mode == ThemeMode::system && desktopIsDark());
  return dark ? darkTheme() : lightTheme();
}

ColourRole seriesRole(int n) {
  constexpr int first = static_cast<int>(ColourRole::series1);
  constexpr int count = kColourRoleCount - first;
  return static_cast<ColourRole>(first + std::max(n, 0) % count);
}

double contrastRatio(const QColor& a, const QColor& b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

void applyTheme(QApplication& application, ThemeMode mode) {
  const Theme& theme = resolve(mode);
  desktopIsDark();  // remembered before the palette is replaced
  application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  application.setPalette(theme.palette);
}

}  // namespace separatrix
