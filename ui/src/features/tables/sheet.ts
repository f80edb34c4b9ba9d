/** What is shown, as a file: CSV that spreadsheets open as they are, or XLSX. */
export type Cells = readonly (string | number)[];

export interface Sheet {
  name: string;
  head: readonly string[];
  rows: readonly Cells[];
}

/** Words that a spreadsheet would take for a formula are marked as words. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** With a byte order mark, without which Excel reads Chinese as something else. */
export function csvOf(sheet: Sheet): string {
  const lines = [sheet.head, ...sheet.rows].map((row) => row.map(field).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

export function csvFile(sheet: Sheet): Blob {
  return new Blob([csvOf(sheet)], { type: "text/csv;charset=utf-8" });
}

/** The packer is fetched only when somebody asks for a file of its kind. */
export async function xlsxFile(sheet: Sheet): Promise<Blob> {
  const { xlsxBytes } = await import("./xlsx");
  return new Blob([xlsxBytes(sheet) as BlobPart], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}
