//! Stands in for the crate `wasm-streams`.
//!
//! Leptos depends on it for functions that run on a server, of which this page
//! has none. The crate exports classes to JavaScript, which no linker may leave
//! out: 7 kB of the first load. This one has the same names as far as Leptos
//! uses them, and does nothing: bodies are empty streams.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast, JsValue};

/// A stream of JavaScript; here always an empty one.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes the place of a stream.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        ReadableStream(raw)
    }

    /// An empty stream in place of `stream`.
    pub fn from_stream<S>(_stream: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        ReadableStream(JsValue::UNDEFINED.unchecked_into())
    }

    /// The stream of JavaScript.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream that has ended.
    pub fn into_stream(self) -> Ended {
        Ended
    }
}

/// A stream that has ended.
#[derive(Clone, Copy, Debug)]
pub struct Ended;

impl Stream for Ended {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
