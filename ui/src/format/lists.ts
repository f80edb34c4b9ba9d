/** Names of checklists and their items: in English screens the English ones, if they were imported. */
import { i18n } from "@/i18n";

const english = () => i18n.global.locale.value === "en";

export function listName(list: { name: string; english: string }): string {
  return (english() && list.english) || list.name;
}

/** Items are imported without English, too. */
export function itemText(item: { text: string; english?: string }): string {
  return (english() && item.english) || item.text;
}
