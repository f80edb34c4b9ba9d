/** What a page tells the browser, and whoever listens to it: its name, and that it waits for the device. */
import { watchEffect, watchPostEffect, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import { awaited } from "@/api/readings";

/** Names the window, its tab and its history after the page; its main part is busy while something of it isn't here yet. */
export function usePage(label: () => string, main: Readonly<Ref<HTMLElement | undefined>>): void {
  const { t } = useI18n();
  watchEffect(() => {
    document.title = t("kit.page_title", { page: label(), app: t("shell.name") });
  });
  // On the element itself: drawn by Vue, each letter of a search would have the whole page compared twice.
  watchPostEffect(() => main.value?.setAttribute("aria-busy", String(awaited.value)));
}
