/** How it looks on this device: follows the system unless the person chose. */
import { ref, watchEffect } from "vue";

export type Theme = "system" | "light" | "dark" | "outdoor";
export type TypeSize = "normal" | "large" | "huge";

const THEMES: readonly string[] = ["system", "light", "dark", "outdoor"];
const SIZES: readonly string[] = ["normal", "large", "huge"];

function kept(key: string, known: readonly string[], other: string): string {
  const value = window.localStorage?.getItem(key) ?? "";
  return known.includes(value) ? value : other;
}

export const theme = ref(kept("xunan.theme", THEMES, "system") as Theme);
export const typeSize = ref(kept("xunan.type", SIZES, "normal") as TypeSize);

/** Puts the choice on the root, and keeps it. */
export function wearAppearance(): void {
  const dark = ref(false);
  const query = window.matchMedia?.("(prefers-color-scheme: dark)");
  dark.value = query?.matches ?? false;
  query?.addEventListener?.("change", (event) => {
    dark.value = event.matches;
  });
  watchEffect(() => {
    const shown = theme.value === "system" ? (dark.value ? "dark" : "light") : theme.value;
    const root = document.documentElement;
    root.dataset["theme"] = shown;
    root.dataset["type"] = typeSize.value;
    window.localStorage?.setItem("xunan.theme", theme.value);
    window.localStorage?.setItem("xunan.type", typeSize.value);
    document.querySelector("meta[name=theme-color]")?.setAttribute("content", shown === "dark" ? "#0e1214" : "#ffffff");
  });
}
