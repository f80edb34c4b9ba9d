/** What a page tells the browser, and whoever listens to it: its name, and that it waits for the device. */
import { watchEffect, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import { awaited } from "@/api/readings";

/** Names the window, its tab and its history after the page; gives whether something of it isn't here yet. */
export function usePage(label: () => string): Readonly<Ref<boolean>> {
  const { t } = useI18n();
  watchEffect(() => {
    document.title = t("kit.page_title", { page: label(), app: t("shell.name") });
  });
  return awaited;
}
