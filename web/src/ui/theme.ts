/** Light or dark: as the system says, until the reader chooses. */

const KEPT = "loracle.theme";
const kept = localStorage.getItem(KEPT);
if (kept) document.documentElement.dataset.theme = kept;

/** Whether the page is dark now. */
export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Change from light to dark or back, and remember it. */
export function toggleTheme(): void {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEPT, theme);
}
