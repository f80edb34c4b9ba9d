/**
 * Every code has words, every key that is used exists, no key is dead, both languages say the same
 * things in nothing but themselves, no text of a screen goes round the keys, and guides call things
 * what the screens call them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse as parseSfc } from "vue/compiler-sfc";
import { NodeTypes, type TemplateChildNode } from "@vue/compiler-core";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const SRC = resolve(__dirname, "..");

function wordsOf(tree: Record<string, unknown>, before: string): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string" ? [[`${before}${name}`, value] as [string, string]] : wordsOf(value as Record<string, unknown>, `${before}${name}.`),
  );
}

/** Every key of a language with its message. */
function spoken(locale: string): Map<string, string> {
  const folder = resolve(__dirname, locale);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(files.flatMap((name) => wordsOf(JSON.parse(readFileSync(join(folder, name), "utf8")), `${name.slice(0, -5)}.`)));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const chinese = spoken("zh-CN");
const english = spoken("en");
const known = [...chinese.keys()];
const sources = filesUnder(SRC).filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith(".test.ts") && !path.includes("/api/types/"));
const texts = sources.map((path) => ({ path, text: readFileSync(path, "utf8") }));

describe("words", () => {
  it("exist for every code of core, and for none that is not there", () => {
    const rust = readFileSync(resolve(SRC, "../../core/src/code.rs"), "utf8");
    const codes = [...rust.matchAll(/^ {4}\w+ = "([a-z_.]+)",$/gm)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(50);
    const words = known.filter((key) => key.startsWith("errors.")).map((key) => key.slice("errors.".length));
    expect(words.sort()).toEqual(codes.sort());
  });

  it("exist for every fault of an import, with what it brings along", () => {
    const rust = readFileSync(resolve(SRC, "../../sync-server/src/import/problem.rs"), "utf8");
    const body = rust.slice(rust.indexOf("pub enum Fault {"), rust.indexOf("\n}\n", rust.indexOf("pub enum Fault {")));
    const faults = [...body.matchAll(/^ {4}([A-Z]\w+)(?: \{([^}]*)\})?,$/gm)].map(([, name = "", fields = ""]) => ({
      code: name.replace(/(?<!^)[A-Z]/g, (capital) => `_${capital}`).toLowerCase(),
      fields: [...fields.matchAll(/(\w+):/g)].map((field) => field[1] ?? ""),
    }));
    expect(faults.length).toBeGreaterThan(40);
    const due = faults.flatMap(({ code, fields }) => [code].concat(fields.includes("similar") ? [`${code}_similar`] : []));
    const words = known.filter((key) => key.startsWith("admin.fault.")).map((key) => key.slice("admin.fault.".length));
    expect(words.sort()).toEqual(due.sort());
    const asked = faults.filter(({ code, fields }) => placeholders(chinese.get(`admin.fault.${code}`) ?? "").some((name) => !fields.includes(name)));
    expect(asked).toEqual([]);
  });

  it("exist for every key that a source names", () => {
    const missing = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:t|w|words|recordWords)\(\s*["']([\w.-]+)["']/g)].map((match) => match[1] ?? "").filter((key) => !known.includes(key)).map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it("are all used", () => {
    const all = texts.map(({ text }) => text).join("\n");
    // Built keys: `kit.answer.${value}`, and what is looked up beneath known("target.measure", …).
    const built = [...all.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{[^`]*?\}([\w.]*)`/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
    const prefixes = built.concat([...all.matchAll(/known\("([\w.]+)"/g)].map((match) => [`${match[1]}.`, ""] as const));
    const dead = known.filter(
      (key) =>
        !key.startsWith("errors.") &&
        !all.includes(`"${key}"`) &&
        !all.includes(`'${key}'`) &&
        !prefixes.some(([start, end]) => key.startsWith(start) && key.endsWith(end)),
    );
    expect(dead).toEqual([]);
  });
});

const HAN = /\p{Script=Han}/u;
/** Names of languages stand in their own language. */
const OWN_NAMES = new Set(["me.language.zh-CN", "me.language.en"]);
/** Latin that Chinese screens have: units, formats, and names that are nowhere translated. */
const LATIN = new Set(["MB", "ID", "XLSX", "xlsx", "CSV", "csv", "WPS", "Excel"]);

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

describe("the two languages", () => {
  it("have the same keys; papers are Chinese in both", () => {
    const screens = known.filter((key) => !key.startsWith("paper."));
    expect([...english.keys()].sort()).toEqual(screens.sort());
  });

  it("name the same things in each message", () => {
    const differ = [...english].filter(([key, message]) => {
      const inEnglish = placeholders(message);
      // A month has a number in one and a name in the other.
      return key !== "format.month" && inEnglish.join() !== placeholders(chinese.get(key) ?? "").join();
    });
    expect(differ).toEqual([]);
  });

  it("leave a button's dots to the button", () => {
    expect([...chinese, ...english].filter(([, message]) => message.includes("…"))).toEqual([]);
  });

  it("English has no Chinese in it", () => {
    expect([...english].filter(([key, message]) => HAN.test(message) && !OWN_NAMES.has(key))).toEqual([]);
  });

  it("Chinese has no English in it", () => {
    const foreign = [...chinese].filter(([key, message]) => {
      const bare = message.replace(/\{\w+\}/g, " ");
      return !OWN_NAMES.has(key) && (bare.match(/[A-Za-z]{2,}/g) ?? []).some((word) => !LATIN.has(word));
    });
    expect(foreign).toEqual([]);
  });
});

const SPOKEN = new Set(["label", "title", "placeholder", "alt", "aria-label", "about", "words", "sub"]);
const LETTERS = /[\p{Script=Han}A-Za-z]/u;

function rawText(node: TemplateChildNode): string[] {
  if (node.type === NodeTypes.TEXT) return LETTERS.test(node.content) ? [node.content.trim()] : [];
  if (node.type !== NodeTypes.ELEMENT) return [];
  const attributes = node.props.flatMap((prop) =>
    prop.type === NodeTypes.ATTRIBUTE && SPOKEN.has(prop.name) && LETTERS.test(prop.value?.content ?? "") ? [`${prop.name}="${prop.value?.content}"`] : [],
  );
  return [...attributes, ...node.children.flatMap(rawText)];
}

/** Two words with a space between are a sentence, not a name or a key. */
const SENTENCE = /[A-Za-z]{2,} [a-z]{2,}/;
/** The markup of a file that is written is no sentence. */
const MARKUP = /<[/?]?\w|="/;

/** Texts that a piece of script has in itself: Chinese, or a sentence. Patterns, comments and what is thrown at programmers are none. */
function textsIn(script: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === "Error") return;
    const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? node.text : "";
    if (HAN.test(text) || (SENTENCE.test(text) && !MARKUP.test(text))) found.push(text);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile("a.ts", script, ts.ScriptTarget.Latest, true));
  return found;
}

/** The expressions of a template: what stands in braces and in bound attributes. */
function expressions(node: TemplateChildNode): string[] {
  if (node.type === NodeTypes.INTERPOLATION) return [node.content.loc.source];
  if (node.type !== NodeTypes.ELEMENT) return [];
  const bound = node.props.flatMap((prop) => (prop.type === NodeTypes.DIRECTIVE && prop.name === "bind" && prop.exp ? [prop.exp.loc.source] : []));
  return [...bound, ...node.children.flatMap(expressions)];
}

describe("scripts", () => {
  it("have no text of a screen", () => {
    const raw = texts.flatMap(({ path, text }) => {
      if (!path.endsWith(".vue")) return textsIn(text).map((words) => `${path}: ${words}`);
      const { descriptor } = parseSfc(text);
      const inTemplate = descriptor.template?.ast?.children.flatMap(expressions) ?? [];
      return [descriptor.scriptSetup?.content ?? "", ...inTemplate.map((one) => `(${one})`)].flatMap(textsIn).map((words) => `${path}: ${words}`);
    });
    expect(raw).toEqual([]);
  });
});

describe("templates", () => {
  const components = texts.filter(({ path }) => path.endsWith(".vue"));

  it("have no raw text", () => {
    const raw = components.flatMap(({ path, text }) => {
      const ast = parseSfc(text).descriptor.template?.ast;
      return (ast?.children.flatMap(rawText) ?? []).map((words) => `${path}: ${words}`);
    });
    expect(raw).toEqual([]);
  });

  it("and what belongs to them fit on 200 lines", () => {
    const long = components.filter(({ text }) => text.split("\n").length > 201).map(({ path, text }) => `${path}: ${text.split("\n").length}`);
    expect(long).toEqual([]);
  });
});

describe("a place of the app", () => {
  it.each(["zh-CN", "en"] as const)("has one name wherever it is named, in %s", (locale) => {
    const words = locale === "en" ? english : chinese;
    const name = words.get("shell.tab.supervise");
    expect([words.get("supervise.title"), words.get("today.queue")]).toEqual([name, name]);
    expect(words.get("help.supervisor.s1")).toContain(name);
  });

  it("and the relay is called so in English, never a server", () => {
    expect([...english].filter(([, message]) => /\bservers?\b/i.test(message))).toEqual([]);
  });
});

const GUIDES = resolve(SRC, "../../docs/guide");

/** Every form of every message as guides write it: an ellipsis stands for what is filled in. */
function written(messages: Map<string, string>): Set<string> {
  return new Set([...messages.values()].flatMap((message) => message.split(" | ").map((form) => form.replace(/\{\w+\}/g, "…"))));
}

/** What the guides of a language mark as words of the screens, and no screen says. */
function strange(language: string, marked: RegExp, messages: Map<string, string>): string[] {
  const spokenSo = written(messages);
  const named = filesUnder(join(GUIDES, language)).flatMap((path) => [...readFileSync(path, "utf8").matchAll(marked)].map((match) => ({ path, word: match[1] ?? "" })));
  expect(named.length).toBeGreaterThan(200);
  return named.filter(({ word }) => !spokenSo.has(word)).map(({ path, word }) => `${path}: ${word}`);
}

describe("the guides", () => {
  it("are the same in both languages", () => {
    expect(readdirSync(join(GUIDES, "en")).sort()).toEqual(readdirSync(join(GUIDES, "zh")).sort());
  });

  it("mark in Chinese only words of the screens: 「今日」", () => {
    expect(strange("zh", /「([^」]*)」/gu, chinese)).toEqual([]);
  });

  it("mark in English only words of the screens: **Today**", () => {
    expect(strange("en", /\*\*([^*]*)\*\*/gu, english)).toEqual([]);
  });
});
