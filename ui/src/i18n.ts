/**
 * Words. Messages are compiled when the app is built; a file per feature, its name the first part
 * of each key.
 */
import { createI18n } from "vue-i18n";
import type { Problem } from "./api/problem";

type Messages = Record<string, unknown>;
const files = import.meta.glob<{ default: Messages }>("./locales/zh-CN/*.json", { eager: true });

const zh: Messages = {};
for (const [path, file] of Object.entries(files)) {
  zh[path.slice(path.lastIndexOf("/") + 1, -".json".length)] = file.default;
}

export const i18n = createI18n<false>({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": zh as never },
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
});

/** What is wrong and what to do, by the code alone. */
export function problemWords(problem: Problem): string {
  const { t, te } = i18n.global;
  const key = `errors.${problem.code}`;
  return t(te(key) ? key : "errors.internal", problem.details);
}
