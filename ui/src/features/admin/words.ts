/** Words of people, devices, acts and settings. */
import type { ActShown, DeviceRow, ChecklistItem, MemberRow, PersonShown, SettingLine } from "@/api/types";
import { dayAt, daysBetween, sayTime, type Day } from "@/format/dates";
import { dots } from "@/format/names";
import { platformWords } from "@/format/platform";
import { i18n } from "@/i18n";

/** So many days without a sync are worth a word. */
const SILENT_DAYS = 7;

export type Hours = "day" | "week" | "month";
export const HOURS: Readonly<Record<Hours, number>> = { day: 24, week: 168, month: 720 };

export function hourChoices(): { value: Hours; word: string }[] {
  return (Object.keys(HOURS) as Hours[]).map((value) => ({ value, word: i18n.global.t(`admin.hours.${value}`) }));
}

export function postOf(person: PersonShown): string {
  return dots(person.unit, person.title);
}

export function postsOf(row: MemberRow): string {
  return row.posts.map(postOf).join("\n");
}

export function devicesOf(row: MemberRow): string {
  const { t } = i18n.global;
  return row.devices === 0 ? t("admin.no_device") : t("admin.device_count", { n: row.devices });
}

/** How long a device has been silent: what tells a lost phone from a used one. */
export function lastOf(device: DeviceRow, today: Day): string {
  const { t } = i18n.global;
  if (device.revoked !== null) return t("admin.device.revoked", { time: sayTime(device.revoked, today) });
  if (device.last_sync === null) return t("admin.device.never");
  const days = daysBetween(dayAt(device.last_sync), today);
  return days >= SILENT_DAYS ? t("admin.device.silent", { n: days }) : t("admin.device.last", { time: sayTime(device.last_sync, today) });
}

export function platformOf(device: DeviceRow): string {
  const { t } = i18n.global;
  return dots(platformWords(device.platform) || t("admin.device.unknown"), device.this && t("admin.device.this"));
}

const ACTS: ReadonlySet<string> = new Set(["invite", "revoke", "setting", "import", "plan"]);

export function actOf(act: ActShown): string {
  const { t } = i18n.global;
  const kind = ACTS.has(act.what) ? act.what : "other";
  const about = act.what === "setting" ? settingName(act.about) : act.about || act.what;
  const person = act.person?.name ?? t("admin.act.someone");
  return t(`admin.act.${kind}`, { name: kind === "invite" || kind === "revoke" ? person : about });
}

export function settingName(name: string): string {
  const { t, te } = i18n.global;
  return te(`admin.setting.name.${name}`) ? t(`admin.setting.name.${name}`) : name;
}

export function settingWords(name: string): string {
  const { t, te } = i18n.global;
  return te(`admin.setting.words.${name}`) ? t(`admin.setting.words.${name}`) : "";
}

/** `yes`, `no` and `none` are the relay's; a screen has words for them. */
export function valueOf(value: string): string {
  const { t } = i18n.global;
  if (value === "yes") return t("admin.setting.yes");
  if (value === "no") return t("admin.setting.no");
  return value === "none" ? t("admin.setting.unset") : value;
}

/** As it is read: a zone has a name beside the one that is written. */
export function shownOf({ name, value }: SettingLine): string {
  return name === "zone" ? zoneName(value) : valueOf(value);
}

/** 中国标准时间, for `Asia/Shanghai`. */
function zoneName(zone: string): string {
  const parts = new Intl.DateTimeFormat(i18n.global.locale.value, { timeZone: zone, timeZoneName: "long" }).formatToParts();
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

export function isYesNo(line: SettingLine): boolean {
  return line.default === "yes" || line.default === "no";
}

/** Items under their sections, in the list's order. */
export function sectionsOf(items: readonly ChecklistItem[]): { name: string; items: ChecklistItem[] }[] {
  const sections: { name: string; items: ChecklistItem[] }[] = [];
  for (const item of items) {
    const last = sections[sections.length - 1];
    if (last?.name === item.section) last.items.push(item);
    else sections.push({ name: item.section, items: [item] });
  }
  return sections;
}
