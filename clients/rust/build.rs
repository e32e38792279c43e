//! Stubs from the contracts, made while the crate is built: nothing generated is kept, and no protoc is needed.

use prost::Message;
use std::path::{Path, PathBuf};

const CONTRACTS: &str = "../../proto";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={CONTRACTS}/parley");
    let mut files = Vec::new();
    collect(&Path::new(CONTRACTS).join("parley"), &mut files)?;
    files.sort();
    let contracts = protox::compile(&files, [CONTRACTS])?;
    let encoded = contracts.encode_to_vec();
    tonic_prost_build::configure()
        .build_server(false)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        .compile_fds(contracts)?;
    pbjson_build::Builder::new().register_descriptors(&encoded)?.ignore_unknown_fields().build(&[".parley"])?;
    Ok(())
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "proto") {
            into.push(path);
        }
    }
    Ok(())
}
