/**
 * What the first screen is made of: the first script (src/main.ts) and the screens' that it asks for
 * once the device starts. The page names those from the beginning, so that they come meanwhile.
 */
import type { Plugin, Rollup } from "vite";

/** Adds a script after all that it can't run without: in the order in which their styles are to come. */
function add(bundle: Rollup.OutputBundle, name: string, whole: Set<string>, seen = new Set(whole)): void {
  const chunk = bundle[name];
  if (chunk?.type !== "chunk" || seen.has(name)) return;
  seen.add(name);
  for (const imported of chunk.imports) add(bundle, imported, whole, seen);
  whole.add(name);
}

/** A script with all that it can't run without. */
export function wholeOf(bundle: Rollup.OutputBundle, name: string): Set<string> {
  const whole = new Set<string>();
  add(bundle, name, whole);
  return whole;
}

/** The scripts of the first screen. */
export function firstScripts(bundle: Rollup.OutputBundle): Set<string> {
  const entry = Object.values(bundle).find((chunk) => chunk.type === "chunk" && chunk.isEntry && chunk.name === "index");
  if (entry?.type !== "chunk") return new Set();
  const scripts = wholeOf(bundle, entry.fileName);
  for (const name of entry.dynamicImports) add(bundle, name, scripts);
  return scripts;
}

function stylesOf(bundle: Rollup.OutputBundle, names: Iterable<string>): string[] {
  return [...names].flatMap((name) => {
    const chunk = bundle[name];
    return chunk?.type === "chunk" ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
  });
}

export function first(): Plugin {
  return {
    name: "first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (!bundle) return [];
        const scripts = firstScripts(bundle);
        const missing = (name: string): boolean => !html.includes(`/${name}"`);
        return [
          ...[...scripts].filter(missing).map((name) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` }, injectTo: "head" as const })),
          ...stylesOf(bundle, scripts).filter(missing).map((name) => ({ tag: "link", attrs: { rel: "stylesheet", crossorigin: true, href: `/${name}` }, injectTo: "head" as const })),
        ];
      },
    },
  };
}
