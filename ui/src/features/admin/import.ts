/** An import from files to the register: what is asked, and the words of what would happen. */
import type { ImportAnswer, ImportChange, ImportCount, ImportFile, ImportProblem, ImportRequest } from "@/api/types";
import { i18n } from "@/i18n";

/** What the relay takes at once, before base64. */
export const FILES_AT_MOST = 8 << 20;

/** How the importer answered what a preview asked. */
export interface Choices {
  retire: boolean;
  /** New number → the same person's old one. */
  same: Record<string, string>;
  /** Numbers of people who only share a name. */
  others: string[];
}

export const noChoices = (): Choices => ({ retire: false, same: {}, others: [] });

export function importOf(files: ImportFile[], choices: Choices, seal: string | null): ImportRequest {
  return { files, year: null, counted_from: null, retire_missing: choices.retire, same_person: choices.same, new_person: choices.others, seal };
}

/** Says of a changed number whose it is; saying it again takes it back. */
export function answered(choices: Choices, phones: readonly [string, string], same: boolean): Choices {
  const [old, fresh] = phones;
  const { [fresh]: before, ...rest } = choices.same;
  const others = choices.others.filter((one) => one !== fresh);
  if (same) return { ...choices, same: before === undefined ? { ...rest, [fresh]: old } : rest, others };
  return { ...choices, same: rest, others: choices.others.includes(fresh) ? others : [...others, fresh] };
}

export async function readFile(file: File): Promise<ImportFile> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => failed(new Error("unreadable")));
    reader.readAsDataURL(file);
  });
  return { name: file.name, base64: url.slice(url.indexOf(",") + 1) };
}

/** The page's first line: what stands between the files and the register. */
export function headline(answer: ImportAnswer): string {
  const { t } = i18n.global;
  const blocks = answer.problems.filter((problem) => problem.blocks).length;
  if (answer.blocked) return t("admin.file.blocked", { n: blocks });
  if (answer.rows === 0) return t("admin.file.same");
  return t(answer.written ? "admin.file.written" : "admin.file.ready", { n: answer.rows });
}

/** What is wrong and what to do; a relay that is newer may know more faults than there are words for. */
export function adviceOf({ fault, details, advice }: ImportProblem): string {
  const { t, te } = i18n.global;
  const key = `admin.fault.${fault}${details["similar"] ? "_similar" : ""}`;
  return te(key) ? t(key, details) : advice;
}

/** 人员，第 64 行，手机号 */
export function placeOf(problem: ImportProblem): string {
  const { t } = i18n.global;
  const row = problem.row === null ? "" : t("admin.file.row", { n: problem.row });
  const parts = [problem.sheet, row, problem.column].filter(Boolean);
  return parts.length ? parts.join(t("admin.comma")) : problem.file;
}

/** What was read and what becomes of it: 180 行，改 3. */
export function countOf(count: ImportCount, blocked: boolean): string {
  const { t } = i18n.global;
  const read = t(count.kind === "checklists" ? "admin.file.read_lists" : "admin.file.read_rows", { n: count.read });
  if (blocked) return read;
  const done = [
    count.new && t("admin.file.new", { n: count.new }),
    count.changed && t("admin.file.changed", { n: count.changed }),
    count.retired && t("admin.file.retired", { n: count.retired }),
    count.missing && t("admin.file.missing", { n: count.missing }),
  ].filter(Boolean);
  return [read, ...(done.length ? done : [t("admin.file.unchanged")])].join(t("admin.comma"));
}

export function changeWords(change: ImportChange): string {
  const { t } = i18n.global;
  const or = (text: string) => text || t("admin.file.nothing");
  return change.fields.map((field) => t("admin.file.before_after", { column: field.column, before: or(field.before), after: or(field.after) })).join("\n");
}

/** A cell of CSV. One that a spreadsheet would take for a formula is made text. */
function cell(text: string): string {
  const safe = /^[=+\-@]/u.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/gu, '""')}"`;
}

/** The problems as a spreadsheet, for whoever mends the files. */
export function problemsCsv(problems: readonly ImportProblem[]): string {
  const { t } = i18n.global;
  const head = ["", t("admin.file.where"), t("admin.file.found"), t("admin.file.what")];
  const rows = problems.map((one) => [t(one.blocks ? "admin.file.blocks" : "admin.file.note"), `${placeOf(one)} (${one.file})`, one.found, adviceOf(one)]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
