/**
 * What the browser's own build has beside the screens: the manifest that makes it installable, the
 * service worker that opens it offline, and every file packed, so that the relay need not.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const MANIFEST = "app.webmanifest";
const WORKER = "sw.js";
/** Packed pictures are no smaller. */
const PACKED = /\.(?:html|js|css|wasm|svg|webmanifest)$/u;

const manifest = {
  name: "巡安",
  short_name: "巡安",
  lang: "zh-CN",
  start_url: "/",
  scope: "/",
  id: "/",
  display: "standalone",
  background_color: "#ffffff",
  theme_color: "#ffffff",
  icons: [
    { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/\\/gu, "/"))
    .sort();
}

/** Tells the service worker what to keep: every file, by the names that a page asks for. */
function tellWorker(folder: string): void {
  const files = filesUnder(folder).filter((name) => name !== `/${WORKER}`);
  const version = createHash("sha256");
  for (const name of files) version.update(name).update(readFileSync(folder + name));
  const names = files.map((name) => (name === "/index.html" ? "/" : name));
  const code = readFileSync(join(folder, WORKER), "utf8")
    .replace(/["'`]__FILES__["'`]/u, () => JSON.stringify(JSON.stringify(names)))
    .replace("__VERSION__", version.digest("hex").slice(0, 16));
  writeFileSync(join(folder, WORKER), code);
}

function pack(folder: string): void {
  for (const name of filesUnder(folder)) {
    if (!PACKED.test(name)) continue;
    const bytes = readFileSync(folder + name);
    writeFileSync(`${folder}${name}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${folder}${name}.br`, brotliCompressSync(bytes, { params }));
  }
}

export function browser(web: string): Plugin {
  let config: ResolvedConfig | undefined;
  return {
    name: "browser",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    buildStart() {
      this.emitFile({ type: "chunk", id: resolve(web, "service-worker/offline.ts"), fileName: WORKER });
      this.emitFile({ type: "asset", fileName: MANIFEST, source: JSON.stringify(manifest) });
      for (const icon of readdirSync(resolve(web, "icons"))) {
        this.emitFile({ type: "asset", fileName: icon, source: readFileSync(resolve(web, "icons", icon)) });
      }
    },
    transformIndexHtml: () => [
      // public/floor.js asks more of a browser than of the app's own window.
      { tag: "meta", attrs: { name: "xunan-host", content: "browser" }, injectTo: "head-prepend" },
      { tag: "link", attrs: { rel: "manifest", href: `/${MANIFEST}` }, injectTo: "head" },
      { tag: "link", attrs: { rel: "icon", href: "/icon-192.png" }, injectTo: "head" },
      { tag: "link", attrs: { rel: "apple-touch-icon", href: "/icon-apple.png" }, injectTo: "head" },
    ],
    writeBundle() {
      const folder = config?.build.outDir;
      if (!folder) return;
      tellWorker(folder);
      pack(folder);
    },
  };
}
