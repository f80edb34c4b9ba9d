/** Words that several pages about this device share. */
import type { Me } from "@/api/types";
import { sayNumber } from "@/format/numbers";
import { i18n } from "@/i18n";

const MEGABYTE = 1_048_576;

export function megabytes(bytes: number): string {
  return i18n.global.t("me.megabytes", { n: sayNumber(bytes / MEGABYTE, 1) });
}

export interface Said {
  kind: "complaint" | "suggestion";
  words: string;
}

/** What somebody passes on to the administrator, with what is needed to find the cause. */
export function complaint(said: Said, me: Me | undefined, time: string, problem: string | undefined): string {
  const { t } = i18n.global;
  const facts = t("me.say_page.facts", { version: me?.version ?? "", device: me?.device ?? "", relay: me?.relay ?? "", time });
  return [
    `${t("shell.name")} ${t(`me.say_page.${said.kind}`)}`,
    said.words.trim(),
    me?.person && t("me.say_page.who", { name: me.person.name, unit: me.person.unit }),
    facts,
    problem && t("me.say_page.problem", { code: problem }),
  ]
    .filter(Boolean)
    .join("\n");
}
