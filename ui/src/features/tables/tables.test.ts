import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { csvOf } from "./sheet";
import { allRows } from "./useExport";
import { xlsxBytes } from "./xlsx";

describe("a file of what is shown", () => {
  const sheet = { name: "隐患", head: ["隐患", "单位"], rows: [["配电箱\n无门, 带电", '"宏达"机械'], ["=HYPERLINK(1)", 3]] };

  it("is CSV that spreadsheets open as it is, and run nothing of", () => {
    expect(csvOf(sheet)).toBe('\uFEFF隐患,单位\r\n"配电箱\n无门, 带电","""宏达""机械"\r\n\'=HYPERLINK(1),3\r\n');
  });

  it("is XLSX with its words as words, whatever they are", () => {
    const files = unzipSync(xlsxBytes({ ...sheet, name: "隐患: 2026/11", rows: [['<b>&"\u0007', 3], ["=1+1", ""]] }));
    const read = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    expect(read("xl/workbook.xml")).toContain('name="隐患  2026 11"');
    const rows = new DOMParser().parseFromString(read("xl/worksheets/sheet1.xml"), "text/xml").getElementsByTagName("row");
    expect([...rows].map((row) => [...row.getElementsByTagName("c")].map((cell) => cell.textContent))).toEqual([["隐患", "单位"], ['<b>&"', "3"], ["=1+1", ""]]);
    expect(read("xl/worksheets/sheet1.xml")).not.toContain("<f>");
  });

  it("has all rows, however many pages they are", async () => {
    const all = Array.from({ length: 4500 }, (_, n) => n);
    const asked: number[] = [];
    const rows = await allRows(async (offset, limit) => {
      asked.push(offset);
      return { rows: all.slice(offset, offset + limit), total: all.length };
    });
    expect(rows).toEqual(all);
    expect(asked).toEqual([0, 2000, 4000]);
  });

  it("ends when rows vanish meanwhile", async () => {
    expect(await allRows(async () => ({ rows: [], total: 9 }))).toEqual([]);
  });
});
