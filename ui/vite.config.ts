import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import VueI18nPlugin from "@intlify/unplugin-vue-i18n/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { browser } from "./browser.ts";
import { budget } from "./budget.ts";
import { first } from "./first.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

// Phones' system WebViews are often frozen, so the floor is old on purpose (docs: two floors).
const FLOOR = ["chrome64", "safari14"];

// `--mode web` is the browser's own build, with the device core in it (web/); else the app's window
// or a test brings the device.
export default defineConfig(({ mode }) => ({
  plugins: [
    vue(),
    first(),
    budget(),
    // Messages are compiled here, so the app carries no compiler and needs no `unsafe-eval`.
    VueI18nPlugin({
      include: resolve(here, "src/locales/**/*.json"),
      runtimeOnly: true,
      dropMessageCompiler: true,
      fullInstall: false,
      strictMessage: true,
    }),
    ...(mode === "web" ? [browser(resolve(here, "../web"))] : []),
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  resolve: {
    alias: {
      "@/host": resolve(here, mode === "web" ? "src/api/worker.ts" : "src/api/http.ts"),
      "@": resolve(here, "src"),
      "xunan-web": resolve(here, "../web/pkg/xunan_web.js"),
    },
  },
  worker: { format: "es" },
  build: {
    outDir: mode === "web" ? resolve(here, "../web/dist") : "dist",
    emptyOutDir: true,
    target: FLOOR,
    cssTarget: FLOOR,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: true },
  },
  server: { port: 5173, strictPort: true },
  test: { environment: "happy-dom", testTimeout: 30_000, include: ["src/**/*.test.ts"], server: { deps: { inline: ["vant"] } } },
}));
