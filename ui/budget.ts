/** What the phone reads before the first screen, and before each further one; too much fails the build. */
import { gzipSync } from "node:zlib";
import type { Logger, Plugin } from "vite";
import { firstScripts, wholeOf } from "./first.ts";

const FIRST_KB = 150;
const FURTHER_KB = 40;

export function budget(): Plugin {
  let logger: Logger | undefined;
  return {
    name: "budget",
    apply: "build",
    configResolved(config) {
      logger = config.logger;
    },
    generateBundle(_, bundle) {
      const kb = (names: Iterable<string>) =>
        [...names].reduce((sum, name) => {
          const chunk = bundle[name];
          return sum + (chunk?.type === "chunk" ? gzipSync(chunk.code, { level: 9 }).length / 1024 : 0);
        }, 0);
      const first = firstScripts(bundle);
      if (first.size === 0) this.error("the first script was not found");
      const further = Object.values(bundle)
        .filter((chunk) => chunk.type === "chunk" && chunk.isDynamicEntry && !first.has(chunk.fileName))
        .map((chunk) => ({ name: chunk.fileName, size: kb([...wholeOf(bundle, chunk.fileName)].filter((name) => !first.has(name))) }))
        .sort((a, b) => b.size - a.size);
      const largest = further[0];
      logger?.info(`\nfirst route ${kb(first).toFixed(1)} KB gzip of ${FIRST_KB}; largest further route ${largest?.name} ${largest?.size.toFixed(1)} KB of ${FURTHER_KB}`);
      if (kb(first) > FIRST_KB) this.error(`the first route is above ${FIRST_KB} KB`);
      if (largest && largest.size > FURTHER_KB) this.error(`${largest.name} is above ${FURTHER_KB} KB`);
    },
  };
}
