/** The device core as wasm-bindgen wraps it (web/src/device.rs); built by `cargo xtask`, so it is declared here. */
declare module "xunan-web" {
  /** Each tells the device what happened and gives what to do. */
  export class Device {
    static open(publicKey: Uint8Array | undefined, platform: string): Promise<Device>;
    key_is_kept_by_browser(): boolean;
    tick(): Effect[];
    call(id: number, request: string): Effect[];
    answered(id: number, status: number, offset: number | undefined, body: Uint8Array): Effect[];
    failed(id: number): Effect[];
    signed(id: number, signature: Uint8Array): Effect[];
    scaled(id: number, picture?: Uint8Array, thumb?: Uint8Array): Effect[];
    front(front: boolean): Effect[];
  }
  /** Loads and compiles it. */
  export default function init(from: { module_or_path: URL }): Promise<unknown>;

  export interface Send {
    do: "send";
    id: number;
    method: string;
    url: string;
    headers: [string, string][];
    body: Uint8Array<ArrayBuffer>;
    timeout: number;
  }
  export interface Sign {
    do: "sign";
    id: number;
    message: Uint8Array<ArrayBuffer>;
  }
  export interface Scale {
    do: "scale";
    id: number;
    bytes: Uint8Array<ArrayBuffer>;
    /** EXIF's number. */
    orientation: number;
    /** The longest edge of the picture and of its thumbnail, in pixels. */
    edge: number;
    thumb: number;
  }
  export type Effect =
    | Send
    | Sign
    | Scale
    | { do: "cancel"; id: number }
    | { do: "continue" }
    | { do: "wake"; at: number }
    | { do: "reply"; id: number; answer: string }
    | { do: "notice"; notice: string };
}
