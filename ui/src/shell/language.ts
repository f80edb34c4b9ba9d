/** The language of this device's screens: the system's unless the person chose. */
import { ref, watch } from "vue";
import { speak, type Locale } from "@/i18n";

export type Language = "system" | Locale;
export const LANGUAGES: readonly Language[] = ["system", "zh-CN", "en"];

const KEY = "xunan.language";

function kept(): Language {
  const value = window.localStorage?.getItem(KEY) as Language | null;
  return value && LANGUAGES.includes(value) ? value : "system";
}

export const language = ref<Language>(kept());

/** What is spoken: the choice, else the first of the system's languages that we have, else Chinese. */
export function spokenOf(choice: Language, system: readonly string[]): Locale {
  if (choice !== "system") return choice;
  const first = system.map((tag) => tag.toLowerCase()).find((tag) => /^(zh|en)\b/.test(tag));
  return first?.startsWith("en") ? "en" : "zh-CN";
}

/** Speaks the choice now and whenever it changes, and keeps it. Settles when the first words are here. */
export async function wearLanguage(): Promise<void> {
  const turn = () => speak(spokenOf(language.value, navigator.languages));
  watch(language, (now) => {
    window.localStorage?.setItem(KEY, now);
    void turn();
  });
  window.addEventListener("languagechange", () => void turn());
  // Without the English file the screens stay Chinese rather than empty.
  await turn().catch(() => undefined);
}
