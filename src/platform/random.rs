//! Bytes for names that no one else has: devices, files.

/// Sixteen random bytes.
///
/// From the browser's `crypto`; should that be missing, from `Math.random`.
/// That is good enough for what they are for: they have to be different, not
/// secret.
pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}
