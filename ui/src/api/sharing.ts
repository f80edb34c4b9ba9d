/**
 * A new answer with the parts of the last one that didn't change, so that a tap on one item draws
 * one item and not sixty. Answers are plain JSON.
 */
type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sharedList(last: unknown[], next: unknown[]): unknown[] {
  const parts = next.map((part, at) => shared(last[at], part));
  return last.length === next.length && parts.every((part, at) => part === last[at]) ? last : parts;
}

function sharedObject(last: Plain, next: Plain): Plain {
  const parts: Plain = {};
  let same = Object.keys(last).length === Object.keys(next).length;
  for (const [name, part] of Object.entries(next)) {
    parts[name] = shared(last[name], part);
    same &&= name in last && parts[name] === last[name];
  }
  return same ? last : parts;
}

export function shared<T>(last: T | undefined, next: T): T {
  if (last === next) return next;
  if (Array.isArray(last) && Array.isArray(next)) return sharedList(last, next) as T;
  if (isPlain(last) && isPlain(next)) return sharedObject(last, next) as T;
  return next;
}
