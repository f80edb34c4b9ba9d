/**
 * Short names for lists: what people call a unit, not what its seal says. The full name stays
 * where it is a matter of record (the chosen site, papers).
 */
import { i18n } from "@/i18n";

const LEGAL = /(股份有限公司|有限责任公司|有限公司|（普通合伙）|（个体工商户）)$/u;
const DISTRICT = /^[\p{Script=Han}]{1,3}[区县市](?=[\p{Script=Han}]{2,})/u;

/** 青石区恒源化工有限公司 → 恒源化工; a name that would become unclear stays whole. */
export function shortSite(name: string): string {
  const bare = name.replace(LEGAL, "");
  if (bare === name) return name;
  const short = bare.replace(DISTRICT, "");
  return short.length >= 2 ? short : bare;
}

/** 东关街道办事处 → 东关街道, 石桥镇人民政府 → 石桥镇, 青石区应急管理局 → 区应急管理局. */
export function shortUnit(name: string): string {
  return name
    .replace(/(街道)办事处$/u, "$1")
    .replace(/([镇乡])人民政府$/u, "$1")
    .replace(/^[\p{Script=Han}]{1,3}(?=[区县市].*(局|委|办|大队|政府|中心)$)/u, "");
}

/** Parts of a line of meta, those that are there: 一般隐患·东关加油站, in English with more air. */
export function dots(...parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(i18n.global.t("format.dot"));
}

/** Sentences one after the other; Chinese ones need no space between them. */
export function sentences(...parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(i18n.global.locale.value === "zh-CN" ? "" : " ");
}

/** Words that stand alone begin with a capital: Due today. Chinese has none. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
