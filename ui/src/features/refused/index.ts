/** What the relay did not accept: why, what is safe, and the ways out. */
import type { RouteRecordRaw } from "vue-router";

export const refusedRoutes: RouteRecordRaw[] = [
  { path: "/me/refused", component: () => import("./RefusedPage.vue") },
  { path: "/me/refused/:id", component: () => import("./RefusalPage.vue"), props: true },
];
