/** The one shape of what goes wrong, whichever host said it. */
export type Retry = "never" | "later" | "after_update" | "after_sign_in";

export interface Problem {
  /** Stable, written `area.what`; locales/…/errors.json has its words. */
  code: string;
  /** Parameters of the words. */
  details: Record<string, string>;
  retry: Retry;
  /** Finds the internal words in the log. */
  trace: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whatever was thrown, as a problem. What isn't one already is `internal`, its text for the log only. */
export function asProblem(thrown: unknown): Problem {
  if (isRecord(thrown) && typeof thrown["code"] === "string") {
    const { code, details, retry, trace } = thrown as Partial<Problem> & { code: string };
    return { code, details: details ?? {}, retry: retry ?? "never", trace: trace ?? "" };
  }
  return { code: "internal", details: {}, retry: "never", trace: thrown instanceof Error ? thrown.name : "" };
}
