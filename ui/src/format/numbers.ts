/** Numbers as the screen's language writes them. */
import { i18n } from "@/i18n";

/** 1,234.5 with at most so many digits behind the point. */
export function sayNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(i18n.global.locale.value, { maximumFractionDigits: digits }).format(value);
}
