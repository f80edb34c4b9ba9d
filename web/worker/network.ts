/** Requests to the relay, by fetch. */
import type { Send } from "xunan-web";

/** Larger answers aren't the relay's, in bytes. */
const ANSWER_AT_MOST = 16 << 20;

export interface Answer {
  status: number;
  /** Where an upload stands. */
  offset: number | undefined;
  body: Uint8Array;
}

function numbered(header: string | null): number | undefined {
  return header !== null && /^\d+$/u.test(header) ? Number(header) : undefined;
}

/** None: no whole answer came, or `cut` ended it. */
export async function sent(request: Send, cut: AbortController): Promise<Answer | null> {
  const timer = setTimeout(() => cut.abort(), request.timeout);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body.length > 0 ? request.body : null,
      signal: cut.signal,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
    const body = new Uint8Array(await response.arrayBuffer());
    if (body.length > ANSWER_AT_MOST) return null;
    return { status: response.status, offset: numbered(response.headers.get("upload-offset")), body };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
