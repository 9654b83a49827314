//! Which language a text is written in, as far as its letters tell.

/// BCP 47 tag of the language, or empty where the letters do not tell: `ar`, `fa`, `ur`, `he`, `en`.
#[must_use]
pub fn guess_language(text: &str) -> &'static str {
    let (mut arabic, mut hebrew, mut latin) = (0_usize, 0_usize, 0_usize);
    let (mut persian, mut urdu, mut arabic_only) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().take(20_000) {
        match c {
            '\u{5D0}'..='\u{5EA}' => hebrew += 1,
            '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' => arabic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
        match c {
            // tteh, ddal, rreh, noon ghunna, yeh barree, heh goal, heh doachashmee, full stop
            '\u{679}' | '\u{688}' | '\u{691}' | '\u{6BA}' | '\u{6D2}' | '\u{6C1}' | '\u{6BE}' | '\u{6D4}' => urdu += 1,
            // peh, tcheh, jeh, gaf, keheh, Farsi yeh
            '\u{67E}' | '\u{686}' | '\u{698}' | '\u{6AF}' | '\u{6A9}' | '\u{6CC}' => persian += 1,
            // teh marbuta, Arabic kaf and yeh, alef maksura
            '\u{629}' | '\u{643}' | '\u{64A}' | '\u{649}' => arabic_only += 1,
            _ => {}
        }
    }
    if arabic > hebrew && arabic >= latin {
        if urdu > 0 && urdu * 4 > arabic_only {
            "ur"
        } else if persian > arabic_only {
            "fa"
        } else {
            "ar"
        }
    } else if hebrew > 0 && hebrew >= latin {
        "he"
    } else if latin > 0 && looks_english(text) {
        "en"
    } else {
        ""
    }
}

/// At least one word in twelve is one of the commonest English ones.
fn looks_english(text: &str) -> bool {
    let (mut words, mut common) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(2_000) {
        words += 1;
        let folded = word.to_lowercase();
        common +=
            usize::from(matches!(folded.as_str(), "the" | "of" | "and" | "to" | "in" | "is" | "was" | "that" | "with"));
    }
    common * 12 >= words.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str) {
        assert_eq!(guess_language(text), language, "{text}");
    }

    #[test]
    fn letters_tell_the_language() {
        check("أعلنت الحكومة أن المحادثات ستستأنف في العاصمة", "ar");
        check("وزیر امور خارجه گفت که گفت\u{200C}وگوها ادامه می\u{200C}یابد", "fa");
        check("وزیر اعظم نے کہا ہے کہ مذاکرات جاری رہیں گے۔", "ur");
        check("ראש הממשלה אמר כי השיחות יימשכו", "he");
        check("The minister said the talks with the delegation will go on.", "en");
        check("Der Minister sagte, dass Gespräche weitergehen.", "");
        check("12345", "");
        check("", "");
    }
}
