/** What a device runs on, as people write it. Each host names itself in its own way. */
import { i18n } from "@/i18n";
import { dots } from "./names";

const NAMES: Readonly<Record<string, string>> = { linux: "Linux", windows: "Windows", macos: "macOS", ios: "iOS", android: "Android" };

/** Linux; of a browser, its name and where it runs: Chrome·Android. */
export function platformWords(platform: string): string {
  const words = platform.replace("Mac OS", "macOS").replace(/iPhone|iPad/u, "iOS").split(" ").filter(Boolean);
  return dots(...words.map((word) => (word === "browser" ? i18n.global.t("format.browser") : (NAMES[word] ?? word))));
}
