//! Names with numbers in the order in which people count: 2 before 10.

/// A key by which names are ordered: as the letters stand, but a run of ASCII digits by its number. Equal numbers that
/// are written differently (`7` and `007`) have the same key. Fold the name first where digits may be Arabic ones.
#[must_use]
pub fn natural_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    let mut digits = String::new();
    for c in name.chars() {
        if c.is_ascii_digit() {
            if c != '0' || !digits.is_empty() {
                digits.push(c);
            } else {
                // Zeros before a number are only noted, so that a zero alone is a number as well.
                mark(&mut key);
            }
            continue;
        }
        flush(&mut key, &mut digits);
        key.push(c);
    }
    flush(&mut key, &mut digits);
    key
}

/// Stands where a number begins, so that numbers stand among the letters where digits do.
fn mark(key: &mut String) {
    if !key.ends_with(ZERO) {
        key.push_str(ZERO);
    }
}

/// A number of no significant digits.
const ZERO: &str = "0\u{1}";

/// Writes a number: the longer it is, the greater.
fn flush(key: &mut String, digits: &mut String) {
    if digits.is_empty() {
        return;
    }
    if key.ends_with(ZERO) {
        key.truncate(key.len() - ZERO.len());
    }
    let length = u32::try_from(digits.len()).unwrap_or(u32::MAX).saturating_add(1);
    key.push('0');
    // Lengths that are no letters are far beyond any name.
    key.push(char::from_u32(length).unwrap_or(char::MAX));
    key.push_str(digits);
    digits.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_the_order_of_counting() {
        let check = |sorted: &[&str]| {
            let mut names: Vec<&str> = sorted.iter().rev().copied().collect();
            names.sort_by_key(|name| natural_key(name));
            assert_eq!(names, sorted);
        };
        check(&["", "0", "1", "2", "9", "10", "11", "100", "a"]);
        check(&["desk 0", "desk 1", "desk 2", "desk 10", "desk 10 b", "desk 11", "desks"]);
        check(&["a", "a1", "a1b2", "a1b10", "a2", "a10", "b"]);
        check(&["v1.2", "v1.10", "v10.1"]);
        check(&["x0", "x01y", "x2"]);
        let long = "9".repeat(40);
        check(&["7", "18446744073709551616", &long]);
    }

    #[test]
    fn zeros_before_a_number_do_not_count() {
        assert_eq!(natural_key("desk 007"), natural_key("desk 7"));
        assert_eq!(natural_key("00"), natural_key("0"));
        assert_ne!(natural_key("70"), natural_key("7"));
    }
}
