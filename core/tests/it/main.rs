//! Integration tests of xunan-core.
