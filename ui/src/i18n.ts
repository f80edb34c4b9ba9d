/**
 * Words. Messages are compiled when the app is built; a file per feature, its name the first part
 * of each key. Chinese is at hand from the start, English is fetched where it is spoken.
 *
 * What is written into records and papers is Chinese whatever the screen speaks: `recordWords`.
 */
import { createI18n } from "vue-i18n";
import type { Problem } from "./api/problem";

type Messages = Record<string, unknown>;
const files = import.meta.glob<{ default: Messages }>("./locales/zh-CN/*.json", { eager: true });

const zh: Messages = {};
for (const [path, file] of Object.entries(files)) {
  zh[path.slice(path.lastIndexOf("/") + 1, -".json".length)] = file.default;
}

export type Locale = "zh-CN" | "en";

export const i18n = createI18n<false>({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": zh as never },
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
});

/** Turns all screens to a language, once its words are here. */
export async function speak(locale: Locale): Promise<void> {
  const { global } = i18n;
  if (locale === "en" && !global.availableLocales.includes("en" as never)) {
    const { messages } = await import("./locales/en");
    global.setLocaleMessage("en" as never, messages as never);
  }
  global.locale.value = locale;
  document.documentElement.lang = locale;
  document.title = global.t("shell.name");
}

/** What is wrong and what to do, by the code alone. */
export function problemWords(problem: Problem): string {
  const { t, te } = i18n.global;
  const key = `errors.${problem.code}`;
  return t(te(key) ? key : "errors.internal", problem.details);
}

/** Words for a record or a paper: in the office's language, not the screen's. */
export function recordWords(key: string, named: Record<string, unknown> = {}): string {
  return i18n.global.t(key, named, { locale: "zh-CN" });
}
