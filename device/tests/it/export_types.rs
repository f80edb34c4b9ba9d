//! The TypeScript types of the screens, as checked in. `cargo xtask gen` writes them anew.

use std::any::TypeId;
use std::collections::{BTreeSet, HashSet};

use expect_test::expect_file;
use ts_rs::{Config, TS, TypeVisitor};
use xunan_device::request::{Notice, Reply, Request};

const HEAD: &str = "// Generated from the Rust types of device/src/request by `cargo xtask gen`. \
    Not edited by hand.\n";

struct Declared {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeSet<String>,
}

impl TypeVisitor for Declared {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Ids and the like are written where they stand.
        if T::output_path().is_some() {
            self.types.insert(T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[test]
fn export_types() {
    let mut declared = Declared {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        types: BTreeSet::new(),
    };
    declared.visit::<Request>();
    declared.visit::<Reply>();
    declared.visit::<Notice>();
    let types = declared.types.iter().map(|of| format!("\nexport {of}\n"));
    let text = types.fold(HEAD.to_owned(), |text, of| text + &of);
    expect_file!["../../../ui/src/api/types/index.ts"].assert_eq(&text);
}
