import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import VueI18nPlugin from "@intlify/unplugin-vue-i18n/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { budget } from "./budget.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

// Phones' system WebViews are often frozen, so the floor is old on purpose (docs: two floors).
const FLOOR = ["chrome64", "safari14"];

export default defineConfig({
  plugins: [
    vue(),
    budget(),
    // Messages are compiled here, so the app carries no compiler and needs no `unsafe-eval`.
    VueI18nPlugin({
      include: resolve(here, "src/locales/**/*.json"),
      runtimeOnly: true,
      dropMessageCompiler: true,
      fullInstall: false,
      strictMessage: true,
    }),
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  resolve: { alias: { "@": resolve(here, "src") } },
  build: { target: FLOOR, cssTarget: FLOOR, assetsInlineLimit: 0, modulePreload: { polyfill: true } },
  server: { port: 5173, strictPort: true },
  test: { environment: "happy-dom", testTimeout: 30_000, include: ["src/**/*.test.ts"], server: { deps: { inline: ["vant"] } } },
});
