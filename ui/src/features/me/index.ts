/** Me: how it looks and speaks on this device, sync and its log, devices, help, what it is. */
import type { RouteRecordRaw } from "vue-router";

export const meRoutes: RouteRecordRaw[] = [
  { path: "/me", component: () => import("./MePage.vue"), meta: { tab: true } },
  { path: "/me/devices", component: () => import("./DevicesPage.vue") },
  { path: "/me/help", component: () => import("./HelpPage.vue") },
  { path: "/me/say", component: () => import("./SayPage.vue") },
  { path: "/me/about", component: () => import("./AboutPage.vue") },
  { path: "/me/sync", component: () => import("./SyncPage.vue") },
];
