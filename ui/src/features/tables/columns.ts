/** The columns of both tables: what each says on the screen and in a file. */
import type { FindingColumn, FindingLine, InspectionColumn, InspectionLine } from "@/api/types";
import { dayAt, sayDay, type Day } from "@/format/dates";
import { dueOf } from "@/format/due";
import { capital } from "@/format/names";
import { i18n } from "@/i18n";
import type { Column } from "@/kit/XTable.vue";

export type FindingKey = FindingColumn | "location" | "origin" | "responsible" | "units" | "officers" | "rectified" | "closed";
export type InspectionKey = InspectionColumn | "finished" | "team" | "units" | "end";

/** Widths in rem; what is sorted by is the device's. */
type Shape<K extends string> = Record<K, { width: number; grow?: true; sorts?: true; first?: true }>;

const FINDING: Shape<FindingKey> = {
  text: { width: 15, grow: true, sorts: true, first: true },
  site: { width: 9, sorts: true, first: true },
  part: { width: 5.5, sorts: true, first: true },
  section: { width: 7.5, sorts: true, first: true },
  level: { width: 5.5, sorts: true, first: true },
  state: { width: 5.5, sorts: true, first: true },
  due: { width: 6, sorts: true, first: true },
  reported: { width: 6, sorts: true, first: true },
  reporter: { width: 5, sorts: true, first: true },
  deadline: { width: 6, sorts: true },
  location: { width: 8 },
  responsible: { width: 6 },
  units: { width: 8 },
  officers: { width: 7 },
  rectified: { width: 6 },
  closed: { width: 6 },
  origin: { width: 6 },
};
const INSPECTION: Shape<InspectionKey> = {
  site: { width: 12, grow: true, sorts: true, first: true },
  part: { width: 6, sorts: true, first: true },
  kind: { width: 8, sorts: true, first: true },
  state: { width: 6, sorts: true, first: true },
  began: { width: 7, sorts: true, first: true },
  units: { width: 9, first: true },
  team: { width: 12, first: true },
  answered: { width: 6, sorts: true, first: true },
  findings: { width: 5, sorts: true, first: true },
  finished: { width: 7 },
  end: { width: 16 },
};

function columnsOf<K extends string>(shape: Shape<K>, what: "finding" | "inspection"): Column<K>[] {
  return (Object.keys(shape) as K[]).map((key) => ({ key, word: i18n.global.t(`tables.${what}.${key}`), width: shape[key].width, grow: shape[key].grow ?? false, sorts: shape[key].sorts ?? false }));
}
export const findingColumns = () => columnsOf(FINDING, "finding");
export const inspectionColumns = () => columnsOf(INSPECTION, "inspection");

const firstOf = <K extends string>(shape: Shape<K>) => (Object.keys(shape) as K[]).filter((key) => shape[key].first);
export const FIRST_FINDING: readonly FindingKey[] = firstOf(FINDING);
export const FIRST_INSPECTION: readonly InspectionKey[] = firstOf(INSPECTION);

const and = (names: readonly string[]) => names.join(i18n.global.t("tables.and"));
/** On the screen as people say it, in a file as a date. */
const dayOf = (at: number | null, today: Day | null) => (at === null ? "" : today === null ? dayAt(at) : capital(sayDay(dayAt(at), today)));

/** A finding's cell; `today` is none for a file. */
export function findingCell(line: FindingLine, key: FindingKey, today: Day | null): string {
  const { t } = i18n.global;
  const { row } = line;
  switch (key) {
    case "text":
      return row.text || t("tables.no_text");
    case "site":
      return row.site?.short ?? row.place ?? "";
    case "level":
      return row.suspected ? t("tables.suspected") : t(`findings.level.${row.level}`);
    case "state":
      return t(`findings.state.${row.state}`);
    case "due":
      return row.due ? (today === null ? row.due.date : dueOf(row.due.days).word) : "";
    case "deadline":
      return line.deadline ? (today === null ? line.deadline : capital(sayDay(line.deadline, today))) : "";
    case "reported":
    case "rectified":
    case "closed":
      return dayOf(line[key], today);
    case "location":
      return row.location;
    case "origin":
      return t(`tables.origin.${line.origin}`);
    case "responsible":
    case "units":
    case "officers":
      return and(line[key]);
    default:
      return line[key];
  }
}

/** An inspection's cell; `today` is none for a file. */
export function inspectionCell(line: InspectionLine, key: InspectionKey, today: Day | null): string | number {
  const { t } = i18n.global;
  const { row } = line;
  switch (key) {
    case "site":
      return row.site?.short ?? row.place ?? "";
    case "kind":
      return t(`supervise.kind.${row.kind}`);
    case "state":
      return t(`tables.state.${line.state}`);
    case "began":
    case "finished":
      return dayOf(row[key], today);
    case "team":
      return and(row.team);
    case "units":
      return and(line.units);
    case "answered":
      return `${row.answered[0]}/${row.answered[1]}`;
    case "findings":
      return row.findings;
    default:
      return line[key];
  }
}
