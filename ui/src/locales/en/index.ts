/** English, whole, in one file of its own: read only where it is spoken. */
type Messages = Record<string, unknown>;
const files = import.meta.glob<{ default: Messages }>("./*.json", { eager: true });

export const messages: Messages = {};
for (const [path, file] of Object.entries(files)) {
  messages[path.slice(2, -".json".length)] = file.default;
}
