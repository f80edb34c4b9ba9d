/** A task as a row: its words, and where a tap leads. */
import type { Place, Task } from "@/api/types";
import { sayMonth } from "@/format/dates";
import { dueOf, type Due } from "@/format/due";
import { lineWords } from "@/format/kind";
import { dots } from "@/format/names";
import { i18n } from "@/i18n";

export interface TaskRow {
  key: string;
  due: Due;
  title: string;
  sub: string;
  to: string;
}

function placeOf(place: Place | null, task: Task): string {
  if (task.kind === "not_accepted" || !place) return "/me/refused";
  if ("Finding" in place) return `/findings/${place.Finding}`;
  if ("Inspection" in place) return `/inspect/${place.Inspection}`;
  const plan = task.plan ? `&plan=${task.plan}` : "";
  return `/inspect/start?site=${place.Site}${plan}`;
}

/** A count says what it counts. */
function lineOf(task: Task): string {
  const { t } = i18n.global;
  if (task.kind === "unfinished") return t("today.answered", { n: task.line });
  if (task.kind === "conflict") return t("today.conflicts", { n: Number(task.line) });
  return task.kind === "not_accepted" ? t("today.refused", { n: Number(task.line) }) : lineWords(task.line);
}

export function taskRow(task: Task, at: number): TaskRow {
  const { t } = i18n.global;
  const word = t(`today.state.${task.kind}`);
  return {
    key: `${task.kind}-${at}-${JSON.stringify(task.place)}`,
    due: task.due ? dueOf(task.due.days) : { tone: "none", word },
    title: `${t(`today.task.${task.kind}`)} ${task.site}`,
    sub: dots(
      lineOf(task),
      task.reminder && t("today.reminder"),
      task.leader && task.leader !== task.line && t("today.led_by", { name: task.leader }),
      task.month !== null && t("today.plan_of", { month: sayMonth(task.month) }),
    ),
    to: placeOf(task.place, task),
  };
}
