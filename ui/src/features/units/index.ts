/** Units with their people, and letters by unit. */
import type { RouteRecordRaw } from "vue-router";

export const unitRoutes: RouteRecordRaw[] = [
  { path: "/units", component: () => import("./UnitsPage.vue") },
  { path: "/units/:id", component: () => import("./UnitsPage.vue"), props: true },
  { path: "/letters", component: () => import("./LettersPage.vue") },
  { path: "/letters/:id", component: () => import("./LettersPage.vue"), props: true },
];
