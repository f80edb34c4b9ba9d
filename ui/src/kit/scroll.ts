/** Where each page of this visit was scrolled to: one comes back to the same row. */
const places = new Map<string, number>();

export function rememberScroll(path: string, top: number): void {
  places.set(path, top);
}
export function rememberedScroll(path: string): number {
  return places.get(path) ?? 0;
}
