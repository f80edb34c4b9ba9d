/** Which sheet is open over the filling screen, and about which item. */
import { inject, provide, reactive, type InjectionKey } from "vue";
import type { ItemView } from "@/api/types";

export interface Sheets {
  open: "team" | "more" | "conflict" | "date" | "lists" | "move" | null;
  list: string;
  item: ItemView | null;
}
const KEY: InjectionKey<Sheets> = Symbol("sheets");

export function provideSheets(): Sheets {
  const sheets = reactive<Sheets>({ open: null, list: "", item: null });
  provide(KEY, sheets);
  return sheets;
}
export function useSheets(): Sheets {
  const sheets = inject(KEY);
  if (!sheets) throw new Error("sheets are provided by the page");
  return sheets;
}
