//! Natural numbers of any length, for turning doubles into digits and back.

use std::cmp::Ordering;

/// A natural number of any length: its digits to the base 2^32, the last
/// first, without zeros that mean nothing.
pub(super) struct Big(Vec<u32>);

impl Big {
    /// `value` times two to the `shift`.
    pub fn new(value: u64, shift: u32) -> Self {
        let mut big = Big(vec![value as u32, (value >> 32) as u32]);
        big.trim();
        big.double(shift);
        big
    }

    /// Makes it twice as much, `times` times.
    pub fn double(&mut self, times: u32) {
        self.times_plus(1 << (times % 32), 0);
        let zeros = vec![0; (times / 32) as usize];
        if !self.0.is_empty() {
            self.0.splice(..0, zeros);
        }
    }

    /// Makes it `factor` times as much and adds `more`.
    pub fn times_plus(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    pub fn times_ten(&mut self) {
        self.times_plus(10, 0);
    }

    pub fn plus(&self, other: &Big) -> Big {
        let mut sum = Vec::new();
        let mut carry = 0;
        for at in 0..self.0.len().max(other.0.len()) {
            carry += u64::from(self.digit(at)) + u64::from(other.digit(at));
            sum.push(carry as u32);
            carry >>= 32;
        }
        if carry > 0 {
            sum.push(carry as u32);
        }
        Big(sum)
    }

    /// Takes away a number that is not greater.
    pub fn minus(&mut self, other: &Big) {
        let mut borrow = false;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let (rest, less) = digit.overflowing_sub(other.digit(at));
            let (rest, lesser) = rest.overflowing_sub(u32::from(borrow));
            *digit = rest;
            borrow = less || lesser;
        }
        self.trim();
    }

    pub fn compare(&self, other: &Big) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        if lengths != Ordering::Equal {
            return lengths;
        }
        for at in (0..self.0.len()).rev() {
            let order = self.digit(at).cmp(&other.digit(at));
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }

    /// How many binary digits it has.
    pub fn bits(&self) -> i32 {
        match self.0.last() {
            Some(first) => self.0.len() as i32 * 32 - first.leading_zeros() as i32,
            None => 0,
        }
    }

    fn digit(&self, at: usize) -> u32 {
        self.0.get(at).copied().unwrap_or(0)
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}
