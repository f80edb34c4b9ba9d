/** The device's key, kept by the browser so that no code can read it out. */
const NAME = "xunan-key";

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.addEventListener("success", () => done(request.result));
    request.addEventListener("error", () => failed(request.error ?? new Error(NAME)));
  });
}

async function store(): Promise<IDBDatabase> {
  const opening = indexedDB.open(NAME, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("keys"));
  return asked(opening);
}

async function known(database: IDBDatabase): Promise<CryptoKeyPair | undefined> {
  return asked(database.transaction("keys").objectStore("keys").get("device"));
}

async function keep(database: IDBDatabase, key: CryptoKeyPair): Promise<void> {
  const transaction = database.transaction("keys", "readwrite", { durability: "strict" });
  const kept = new Promise<void>((done, failed) => {
    transaction.addEventListener("complete", () => done());
    transaction.addEventListener("abort", () => failed(transaction.error ?? new Error(NAME)));
  });
  transaction.objectStore("keys").put(key, "device");
  return kept;
}

/** The key; none where the engine has no Ed25519 or keeps no keys: then the core keeps one. */
export async function browserKey(): Promise<CryptoKeyPair | null> {
  try {
    const database = await store();
    const earlier = await known(database);
    if (earlier) return earlier;
    const made = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
    await keep(database, made);
    return made;
  } catch {
    return null;
  }
}

export async function publicHalf(key: CryptoKeyPair): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
}

export async function signed(key: CryptoKeyPair, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key.privateKey, message));
}
