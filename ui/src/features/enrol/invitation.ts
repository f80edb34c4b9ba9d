/** An invitation as people pass it on: a link, or the code alone with the relay's address. */
export interface Invitation {
  relay: string;
  code: string;
}

/** `https://relay/#/enrol?code=…`, `https://relay/enrol?code=…` or just the code. */
export function readInvitation(text: string): Partial<Invitation> {
  const trimmed = text.trim();
  const found = /^(https?:\/\/[^/#?\s]+)[^?\s]*\?(?:[^#\s]*&)?code=([^&#\s]+)/u.exec(trimmed);
  if (found?.[1] && found[2]) return { relay: found[1], code: decodeURIComponent(found[2]) };
  return /^[\w-]+(?: [\w-]+)*$/u.test(trimmed) ? { code: trimmed } : {};
}
