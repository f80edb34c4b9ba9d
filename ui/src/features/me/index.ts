/** Me: how it looks on this device, sync and its log, what was not accepted. */
import type { RouteRecordRaw } from "vue-router";

export const meRoutes: RouteRecordRaw[] = [
  { path: "/me", component: () => import("./MePage.vue"), meta: { tab: true } },
  { path: "/me/sync", component: () => import("./SyncPage.vue") },
];
