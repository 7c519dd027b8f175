//! Minifies the JSON of the plan pack, since every byte is loaded.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Failure;

/// Writes the files of `data/` into `out`.
pub fn build(out: &Path) -> Result<(), Failure> {
    for file in fs::read_dir("data")? {
        let path = file?.path();
        if path.extension().is_some_and(|e| e == "json") {
            let json: Value = serde_json::from_str(&fs::read_to_string(&path)?)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            let name = path.file_name().ok_or("a data file without a name")?;
            fs::write(out.join(name), json.to_string())?;
        }
    }
    Ok(())
}
