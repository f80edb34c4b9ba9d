/** Enrolment: an invitation makes this phone one person's. */
import type { RouteRecordRaw } from "vue-router";

export const enrolRoutes: RouteRecordRaw[] = [{ path: "/enrol", component: () => import("./EnrolPage.vue"), meta: { bare: true } }];
