//! Lets Tauri read its configuration at build time.

fn main() {
    // The screens are inside the program: new ones make a new program.
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::build();
}
