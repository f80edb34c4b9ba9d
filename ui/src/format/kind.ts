/** The line of a task or a number: a visit's kind as people say it, anything else as it stands. */
import { i18n } from "@/i18n";

const KINDS = new Set(["routine", "special", "leader_led", "recheck", "self", "post"]);

export function lineWords(line: string): string {
  return KINDS.has(line) ? i18n.global.t(`inspect.kind.${line}`) : line;
}
