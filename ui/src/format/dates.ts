/**
 * Days and times as people say them, in the organisation's zone (deadlines end with its day,
 * wherever the phone is).
 */
import { i18n } from "@/i18n";

/** A day as records write it: `2026-12-01`. */
export type Day = string;

const DAY_MS = 86_400_000;

function formatIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
}

let format = formatIn("Asia/Shanghai");

/** The organisation's zone, by its IANA name. An engine that doesn't know it keeps the one before. */
export function setZone(name: string): void {
  try {
    format = formatIn(name);
  } catch {
    // An old system's list of zones.
  }
}

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

function parts(at: number): Parts {
  const found: Parts = { year: "", month: "", day: "", hour: "", minute: "" };
  for (const part of format.formatToParts(at)) {
    if (part.type in found) found[part.type as keyof Parts] = part.value;
  }
  // Some engines call midnight 24.
  return found.hour === "24" ? { ...found, hour: "00" } : found;
}

/** The day on which a moment falls. */
export function dayAt(at: number): Day {
  const { year, month, day } = parts(at);
  return `${year}-${month}-${day}`;
}

/** `14:15` */
export function clockAt(at: number): string {
  const { hour, minute } = parts(at);
  return `${hour}:${minute}`;
}

/** The day as a local midnight, for pickers that think in `Date`. */
export function dayOf(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** How many days later `to` is than `from`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The day `days` later. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day that no line breaks inside: its spaces are fixed, and between number and sign, and at strokes, stands a word joiner. */
export function unbroken(day: string): string {
  const fixed = day.replace(/ /gu, "\u00A0").replace(/-/gu, "\u2060-\u2060");
  return fixed.replace(/(\d)(?=\p{Script=Han})/gu, "$1\u2060").replace(/(\p{Script=Han})(?=\d)/gu, "$1\u2060");
}

/** 今天, 昨天, 明天; 11月9日; with its year when it is another: 2025年11月9日. */
export function sayDay(day: Day, today: Day): string {
  const { t, locale } = i18n.global;
  const near = { "-1": "format.yesterday", "0": "format.today", "1": "format.tomorrow" }[String(daysBetween(today, day))];
  if (near) return t(near);
  const words = new Intl.DateTimeFormat(locale.value, {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
  });
  return unbroken(words.format(Date.parse(day)));
}

/** The month's name: 11 月, Nov. */
export function sayMonth(month: number): string {
  const { t, locale } = i18n.global;
  const name = new Intl.DateTimeFormat(locale.value, { timeZone: "UTC", month: "short" }).format(Date.UTC(2000, month - 1));
  return t("format.month", { n: month, name });
}

/** A moment in a list: the clock alone today, else its day. */
export function sayMoment(at: number, today: Day): string {
  const day = dayAt(at);
  return day === today ? clockAt(at) : sayDay(day, today);
}

/** A moment in full: 11月9日 17:20. */
export function sayTime(at: number, today: Day): string {
  const day = dayAt(at);
  return day === today ? clockAt(at) : `${sayDay(day, today)} ${clockAt(at)}`;
}
