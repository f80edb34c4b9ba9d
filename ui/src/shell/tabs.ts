/** The places of the app, in their order. */
import type { IconName } from "@/kit";

export interface Place {
  key: "today" | "inspect" | "findings" | "responsibility" | "me";
  to: string;
  icon: IconName;
}

export const PLACES: readonly Place[] = [
  { key: "today", to: "/today", icon: "today" },
  { key: "inspect", to: "/inspect", icon: "inspect" },
  { key: "findings", to: "/findings", icon: "finding" },
  { key: "responsibility", to: "/responsibility", icon: "duty" },
  { key: "me", to: "/me", icon: "me" },
];
