//! A store that lasts as long as the page.

use std::cell::{Ref, RefCell};

use super::store::{KeyValue, StoreError};

/// Texts in memory: what the page falls back to where the browser's storage
/// cannot be used. A test can also tell it to fail, as a real store might.
#[derive(Default)]
pub struct MemoryStore {
    /// Keys and texts, by key.
    texts: RefCell<Vec<(String, String)>>,
    faults: RefCell<Faults>,
}

#[derive(Default)]
struct Faults {
    gets: Fault,
    sets: Fault,
    removes: Fault,
    /// How many of the next writes lose their last character.
    corrupt: usize,
}

/// How many of the next calls fail, and with what.
#[derive(Default)]
struct Fault {
    left: usize,
    error: Option<StoreError>,
}

impl Fault {
    fn meet(&mut self) -> Result<(), StoreError> {
        match (&self.error, self.left) {
            (Some(error), 1..) => {
                self.left -= 1;
                Err(error.clone())
            }
            _ => Ok(()),
        }
    }
}

impl MemoryStore {
    /// An empty store without faults.
    pub fn new() -> Self {
        MemoryStore::default()
    }

    /// Makes the next `n` writes (copies included) fail.
    pub fn fail_next_sets(&self, n: usize, error: StoreError) {
        self.faults.borrow_mut().sets = Fault {
            left: n,
            error: Some(error),
        };
    }

    /// Makes the next `n` reads of a text fail (those inside a copy included).
    pub fn fail_next_gets(&self, n: usize, error: StoreError) {
        self.faults.borrow_mut().gets = Fault {
            left: n,
            error: Some(error),
        };
    }

    /// Makes the next `n` removals fail.
    pub fn fail_next_removes(&self, n: usize, error: StoreError) {
        self.faults.borrow_mut().removes = Fault {
            left: n,
            error: Some(error),
        };
    }

    /// Makes the next `n` writes (copies included) keep all but the last
    /// character, and report success.
    pub fn corrupt_next_sets(&self, n: usize) {
        self.faults.borrow_mut().corrupt = n;
    }
}

impl MemoryStore {
    /// Where a key is, or belongs.
    fn place(&self, key: &str) -> Result<usize, usize> {
        let texts = self.texts.borrow();
        texts.binary_search_by(|(other, _)| other.as_str().cmp(key))
    }

    fn text(&self, key: &str) -> Option<Ref<'_, String>> {
        let at = self.place(key).ok()?;
        Some(Ref::map(self.texts.borrow(), |texts| &texts[at].1))
    }
}

impl KeyValue for MemoryStore {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut keys = Vec::new();
        for (key, _) in self.texts.borrow().iter() {
            if key.starts_with(prefix) {
                keys.push(key.clone());
            }
        }
        Ok(keys)
    }

    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.faults.borrow_mut().gets.meet()?;
        Ok(self.text(key).map(|text| text.clone()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut faults = self.faults.borrow_mut();
        faults.sets.meet()?;
        let mut kept = value.to_owned();
        if faults.corrupt > 0 {
            faults.corrupt -= 1;
            kept.pop();
        }
        match self.place(key) {
            Ok(at) => self.texts.borrow_mut()[at].1 = kept,
            Err(at) => {
                let text = (key.to_owned(), kept);
                self.texts.borrow_mut().insert(at, text);
            }
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.faults.borrow_mut().removes.meet()?;
        if let Ok(at) = self.place(key) {
            self.texts.borrow_mut().remove(at);
        }
        Ok(())
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        match self.get(from)? {
            Some(value) => self.set(to, &value),
            None => Ok(()),
        }
    }

    fn same(&self, a: &str, b: &str) -> Result<bool, StoreError> {
        Ok(self.text(a).as_deref() == self.text(b).as_deref())
    }

    fn has(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.place(key).is_ok())
    }

    fn units(&self) -> Result<usize, StoreError> {
        let units = |text: &String| text.encode_utf16().count();
        let texts = self.texts.borrow();
        Ok(texts
            .iter()
            .map(|(key, value)| units(key) + units(value))
            .sum())
    }

    fn persistent(&self) -> bool {
        false
    }
}
