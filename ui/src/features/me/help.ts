/** Help by post: which pages there are, and whose is whose. */
import type { Rights } from "@/api/types";
import { i18n } from "@/i18n";

export const ROLES = ["inspector", "supervisor", "leader", "enterprise", "worker", "administrator"] as const;
export type Role = (typeof ROLES)[number];

const MOST_STEPS = 8;

/** The posts that somebody holds, what they do most often first. */
export function rolesOf(rights: Rights | undefined): Role[] {
  if (!rights) return [];
  const held: Record<Role, boolean> = {
    supervisor: rights.supervise,
    leader: rights.lead,
    inspector: rights.inspect,
    enterprise: rights.answer,
    worker: rights.post_check,
    administrator: rights.administer,
  };
  return (Object.keys(held) as Role[]).filter((role) => held[role]);
}

/** A page's steps, in order. */
export function stepsOf(role: Role): string[] {
  const { t, te } = i18n.global;
  const keys = Array.from({ length: MOST_STEPS }, (_, at) => `help.${role}.s${at + 1}`);
  return keys.filter((key) => te(key)).map((key) => t(key));
}
