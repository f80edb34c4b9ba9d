/** What is shown as a file: all rows that fit, with the columns and in the order of the screen. */
import { ref } from "vue";
import { download } from "@/api/download";
import { asProblem, type Problem } from "@/api/problem";
import { i18n } from "@/i18n";
import { csvFile, xlsxFile, type Cells, type Sheet } from "./sheet";

/** Rows asked for at once. */
export const AT_ONCE = 2000;

export interface Exported<T> {
  name: string;
  head: readonly string[];
  page: (offset: number, limit: number) => Promise<{ rows: T[]; total: number }>;
  cells: (row: T) => Cells;
}

/** All pages, however many. */
export async function allRows<T>(page: Exported<T>["page"]): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    // Each page is asked for when the one before is there: the device answers one at a time anyway.
    // oxlint-disable-next-line no-await-in-loop
    const found = await page(rows.length, AT_ONCE);
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
}

export function useExport<T>(what: () => Exported<T>) {
  const said = ref("");
  const busy = ref(false);
  const problem = ref<Problem>();
  async function save(kind: "csv" | "xlsx"): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    try {
      const { name, head, page, cells } = what();
      const rows = await allRows(page);
      const sheet: Sheet = { name, head, rows: rows.map(cells) };
      download(kind === "csv" ? csvFile(sheet) : await xlsxFile(sheet), `${name}.${kind}`);
      said.value = i18n.global.t("tables.exported", { n: rows.length, file: `${name}.${kind}` });
    } catch (thrown) {
      problem.value = asProblem(thrown);
    } finally {
      busy.value = false;
    }
  }
  return { said, busy, problem, save };
}
export type Exporting = ReturnType<typeof useExport>;
