/** Administration: people and invitations, devices, what was done, settings, import, checklists. */
import type { RouteRecordRaw } from "vue-router";

export const adminRoutes: RouteRecordRaw[] = [
  { path: "/admin", component: () => import("./AdminPage.vue") },
  { path: "/admin/people", component: () => import("./PeoplePage.vue") },
  { path: "/admin/print", component: () => import("./PrintPage.vue") },
  { path: "/admin/devices", component: () => import("./DevicesPage.vue") },
  { path: "/admin/acts", component: () => import("./ActsPage.vue") },
  { path: "/admin/settings", component: () => import("./SettingsPage.vue") },
  { path: "/admin/import", component: () => import("./ImportPage.vue") },
  { path: "/admin/lists", component: () => import("./ListsPage.vue") },
  { path: "/admin/lists/:code", component: () => import("./ListPage.vue") },
  { path: "/sites/:site/people", component: () => import("./SitePeoplePage.vue") },
];
