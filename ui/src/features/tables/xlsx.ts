/**
 * A sheet as XLSX (ECMA-376): one worksheet with a bold first row that stays in view. Words are kept in
 * the cells themselves, so nothing of them can be taken for a formula. Packed without a worker, which
 * the window's content policy would not let start.
 */
import { strToU8, zipSync } from "fflate";
import type { Cells, Sheet } from "./sheet";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The widest that a column is made, in characters. */
const WIDEST = 60;
/** The format of bold cells in the styles below. */
const BOLD = 1;

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** XML has no word for the other control characters; nobody wrote them on purpose. */
// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
function escaped(text: string): string {
  return text.replace(NOT_XML, "").replace(/[&<>"]/g, (one) => ESCAPED[one] ?? one);
}

function cell(value: string | number, style: number): string {
  if (typeof value === "number") return `<c s="${style}"><v>${value}</v></c>`;
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}
function row(cells: Cells, style = 0): string {
  return `<row>${cells.map((value) => cell(value, style)).join("")}</row>`;
}

/** A Chinese character is two wide. */
function widthOf(value: string | number): number {
  return [...String(value)].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 2 : 1), 0);
}

function worksheet(sheet: Sheet): string {
  const widths = sheet.head.map((word, at) => sheet.rows.reduce((most, cells) => Math.max(most, widthOf(cells[at] ?? "")), widthOf(word)));
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${Math.min(WIDEST, width) + 2}" customWidth="1"/>`);
  const pane = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const body = sheet.rows.map((cells) => row(cells)).join("");
  return `${HEAD}<worksheet xmlns="${MAIN}">${pane}<cols>${columns.join("")}</cols><sheetData>${row(sheet.head, BOLD)}${body}</sheetData></worksheet>`;
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function relations(...targets: [type: string, target: string][]): string {
  const all = targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `${HEAD}<Relationships xmlns="${RELATIONS}">${all.join("")}</Relationships>`;
}

/** Sheets' names have no such characters and at most 31. */
function sheetName(name: string): string {
  return escaped(name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31));
}

function part(name: string, type: string): string {
  return `<Override PartName="/${name}" ContentType="${SHEET_ML}.${type}+xml"/>`;
}

export function xlsxBytes(sheet: Sheet): Uint8Array {
  const files: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part("xl/workbook.xml", "sheet.main")}${part("xl/worksheets/sheet1.xml", "worksheet")}${part("xl/styles.xml", "styles")}</Types>`,
    "_rels/.rels": relations(["officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheetName(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]),
    "xl/worksheets/sheet1.xml": worksheet(sheet),
    "xl/styles.xml": STYLES,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}
