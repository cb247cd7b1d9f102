//! Tests of what stands behind the ports.

mod memory_store;
