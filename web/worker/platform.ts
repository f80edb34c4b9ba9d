/** The browser and the system that a device names itself by when it enrols: Chrome Android. */

/** In the order of asking: who claims to be another, too, comes first. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\w*\//u, "Edge"],
  [/Firefox\/|FxiOS\//u, "Firefox"],
  [/Chrome\/|CriOS\//u, "Chrome"],
  [/Safari\//u, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Android/u, "Android"],
  [/iPhone|iPad/u, "iOS"],
  [/Windows/u, "Windows"],
  [/Mac OS/u, "macOS"],
  [/Linux/u, "Linux"],
];

export function platformOf(userAgent: string): string {
  const named = (all: readonly [RegExp, string][]) => all.find(([mark]) => mark.test(userAgent))?.[1];
  return [named(BROWSERS) ?? "browser", named(SYSTEMS)].filter(Boolean).join(" ");
}
