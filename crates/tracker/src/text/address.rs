//! Addresses that the page may link to.

use super::visible::is_plain;

/// Where a web address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host<'a> {
    /// The name of the server, as it is written.
    pub name: &'a str,
    /// Whether something stands before it that can be taken for it, as in `https://gov.vn@evil.example`.
    pub disguised: bool,
}

/// Where an http or https address leads; `None` for everything else, which is text and no link.
///
/// The address has to say to a reader what it says to a browser: nothing invisible, no white space, no
/// backslash (which browsers take for a slash), and a server named by the letters, digits, dots and
/// hyphens of the domain name system or an address in brackets. A name with other letters can look like
/// one that it is not; it is linked to in its `xn--` form only.
pub fn web_host(address: &str) -> Option<Host<'_>> {
    let behind = |scheme: &str| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let rest = behind("https://").or_else(|| behind("http://"))?;
    if !is_plain(address) || address.contains(|c: char| c.is_whitespace() || c == '\\') {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let (disguised, server) = match authority.rsplit_once('@') {
        Some((_, server)) => (true, server),
        None => (false, authority),
    };
    let (name, port) = match server.rfind(']') {
        Some(at) => server.split_at(at + 1),
        None => server.split_at(server.find(':').unwrap_or(server.len())),
    };
    let of_port = port
        .strip_prefix(':')
        .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    (is_server(name) && (port.is_empty() || of_port)).then_some(Host { name, disguised })
}

/// Whether a text names a server: a name of the domain name system, or an address in brackets.
fn is_server(name: &str) -> bool {
    if let Some(address) = name.strip_prefix('[') {
        let address = address.strip_suffix(']').unwrap_or_default();
        let digits = |b: u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.');
        return !address.is_empty() && address.bytes().all(digits);
    }
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !name.starts_with('.') && !name.is_empty() && name.bytes().all(letters)
}

/// Whether the page may make a link of a text; see [`web_host`].
pub fn is_web_address(text: &str) -> bool {
    web_host(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leads(address: &str, name: &str, disguised: bool) {
        assert_eq!(
            web_host(address),
            Some(Host { name, disguised }),
            "{address}"
        );
    }

    #[test]
    fn addresses_lead_where_they_say() {
        for (address, name) in [
            ("https://a.gov.vn", "a.gov.vn"),
            ("https://a.gov.vn/x?y=1#z", "a.gov.vn"),
            ("HTTPS://A.GOV.VN/", "A.GOV.VN"),
            ("http://localhost:8006/", "localhost"),
            ("http://10.0.0.1:80", "10.0.0.1"),
            ("http://[2001:db8::1]:8080/x", "[2001:db8::1]"),
            (
                "https://xn--bcher-kva.example?q=b%C3%BCcher",
                "xn--bcher-kva.example",
            ),
            ("https://a.vn/van-ban/tài-liệu-số-5.pdf", "a.vn"),
            // Behind the host such signs mean nothing.
            ("https://a.vn/@b.vn", "a.vn"),
            ("https://a.vn?x=@b.vn", "a.vn"),
            ("https://a.vn#@b.vn", "a.vn"),
            (
                "https://a.vn/https://b.vn/javascript:alert(1)/<script>",
                "a.vn",
            ),
            ("https://a.vn.", "a.vn."),
            ("https://so_y_te.a.vn:", "so_y_te.a.vn"),
        ] {
            leads(address, name, false);
        }
    }

    #[test]
    fn what_stands_before_the_host_is_told_apart_from_it() {
        leads("https://gov.vn@evil.example/x", "evil.example", true);
        leads("https://gov.vn:443@evil.example:8443", "evil.example", true);
        leads(
            "https://gov.vn@dav.gov.vn@evil.example",
            "evil.example",
            true,
        );
        leads("https://@evil.example", "evil.example", true);
        leads("https://gov.vn%2F@evil.example", "evil.example", true);
        leads("https://gov.vn:[@evil.example", "evil.example", true);
        leads("http://a@[::1]/", "[::1]", true);
    }

    #[test]
    fn everything_else_is_text() {
        for text in [
            "",
            "https://",
            "http://",
            "https:///a.vn",
            "https:a.vn",
            "https:/a.vn",
            "https:\\\\a.vn",
            "https://a.vn\\@b.vn",
            "https://a.vn\\.b.vn",
            "//a.vn/x",
            "a.gov.vn",
            "/x",
            "#/board",
            "?q=1",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            " javascript:alert(1)",
            "javascript://a.vn/%0aalert(1)",
            "vbscript:x",
            "data:text/html,<script>alert(1)</script>",
            "data:text/html;base64,PHNjcmlwdD4=",
            "blob:https://a.vn/7f",
            "filesystem:https://a.vn/x",
            "file:///etc/passwd",
            "ftp://a.vn",
            "ws://a.vn",
            "mailto:a@a.vn",
            "view-source:https://a.vn",
            "about:blank",
            " https://a.vn",
            "https://a.vn ",
            "https://a .vn",
            "https://a.vn/\u{a0}x",
            "https://a.vn/x\ny",
            "ht\ttps://a.vn",
            "https://a.vn\0",
            "https://a.vn/\u{202e}fdp.exe",
            "https://a\u{200b}.vn",
            "https://a\u{ad}.vn",
            "\u{feff}https://a.vn",
            "https://a.vn/\u{2028}",
            "https://a.vn/\u{e0041}",
            // Full-width and other letters that browsers turn into others, or that look like others.
            "https://a。vn",
            "https://ａ.vn",
            "https://g\u{43e}v.vn",
            "https://bücher.example",
            "https://a%2evn",
            "https://%61.vn",
            "https://a.vn:8x",
            "https://a.vn:80:90",
            "https://[::1",
            "https://[]",
            "https://[a.vn]",
            "https://[::1]x",
            "https://a.vn@",
            "https://@",
            "https://.vn",
            "https://:80",
            "https://a.vn<b",
            "https://a'b.vn",
            "http:/é",
            "https:/é",
            "https:/",
        ] {
            assert_eq!(web_host(text), None, "{text:?}");
        }
    }
}
