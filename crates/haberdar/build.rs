//! Embeds the sample reports under `examples/`, so that `haberdar demo` needs nothing but the binary.

use std::{env, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../examples/reports");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files: Vec<_> = fs::read_dir(&root)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt" || e == "html" || e == "jsonl"));
    files.sort();
    let mut code = String::from("static SAMPLES: &[(&str, &[u8])] = &[\n");
    for path in files {
        let (name, path) = (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path.canonicalize()?);
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.to_string_lossy())?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("samples.rs"), code)?;
    Ok(())
}
