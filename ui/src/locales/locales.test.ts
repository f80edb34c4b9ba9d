/** Every code has words, every key that is used exists, no key is dead, no template has raw text. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse as parseSfc } from "vue/compiler-sfc";
import { NodeTypes, type TemplateChildNode } from "@vue/compiler-core";
import { describe, expect, it } from "vitest";

const SRC = resolve(__dirname, "..");
const LOCALES = resolve(__dirname, "zh-CN");

function keysOf(tree: Record<string, unknown>, before: string): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string" ? [`${before}${name}`] : keysOf(value as Record<string, unknown>, `${before}${name}.`),
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const known = readdirSync(LOCALES)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => keysOf(JSON.parse(readFileSync(join(LOCALES, name), "utf8")), `${name.slice(0, -5)}.`));
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

  it("exist for every key that a source names", () => {
    const missing = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*"([\w.]+)"/g)].map((match) => match[1] ?? "").filter((key) => !known.includes(key)).map((key) => `${path}: ${key}`),
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
