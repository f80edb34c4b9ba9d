/** The open-source programs that the app carries, with their licences (SPDX). */
export interface Part {
  name: string;
  licence: string;
}

/** What the device core and its hosts are built on. */
export const CORE_PARTS: readonly Part[] = [
  { name: "Automerge", licence: "MIT" },
  { name: "SQLite", licence: "blessing" },
  { name: "Tauri", licence: "Apache-2.0 OR MIT" },
  { name: "ed25519-dalek", licence: "BSD-3-Clause" },
  { name: "image", licence: "MIT OR Apache-2.0" },
  { name: "jiff", licence: "Unlicense OR MIT" },
  { name: "kamadak-exif", licence: "BSD-2-Clause" },
  { name: "pinyin", licence: "MIT" },
  { name: "reqwest", licence: "MIT OR Apache-2.0" },
  { name: "rusqlite", licence: "MIT" },
  { name: "rustls", licence: "Apache-2.0 OR ISC OR MIT" },
  { name: "serde", licence: "MIT OR Apache-2.0" },
  { name: "sha2", licence: "MIT OR Apache-2.0" },
  { name: "tokio", licence: "MIT" },
  { name: "zstd", licence: "BSD-3-Clause" },
];

/** What the screens are built on: by the names of package.json. */
export const SCREEN_PARTS: readonly Part[] = [
  { name: "@tanstack/vue-virtual", licence: "MIT" },
  { name: "@tauri-apps/api", licence: "Apache-2.0 OR MIT" },
  { name: "fflate", licence: "MIT" },
  { name: "qr", licence: "(MIT OR Apache-2.0)" },
  { name: "signature_pad", licence: "MIT" },
  { name: "uqr", licence: "MIT" },
  { name: "vant", licence: "MIT" },
  { name: "vue", licence: "MIT" },
  { name: "vue-i18n", licence: "MIT" },
  { name: "vue-router", licence: "MIT" },
];
