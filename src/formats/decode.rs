//! From bytes to text: which encoding, how sure, and what else it could be.
//!
//! Decoding is the only change a text ever sees, with CR LF becoming LF once; the caller keeps the bytes where they
//! differ from the text.

use encoding_rs::{DecoderResult, Encoding, ISO_8859_6, WINDOWS_1256};

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark, CR LF as LF.
    pub text: String,
    /// Name of the encoding (`UTF-8`, `UTF-16LE`, `windows-1256`, ...).
    pub encoding: &'static str,
    /// Whether the encoding is certain or was asked for; if not, show `alternatives`.
    pub sure: bool,
    /// The other readings that are possible, most probable first.
    pub alternatives: Vec<Alternative>,
    /// Whether the bytes of `text` differ from the bytes that were read.
    pub changed: bool,
}

/// Another encoding that the bytes could be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Name of the encoding, good for `--encoding`.
    pub encoding: &'static str,
    /// How the first words look in it.
    pub preview: String,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// A NUL: no text has one.
    #[error("byte {at} is NUL, so this is not a text file; export it as plain text first")]
    Nul {
        /// Offset in the file, from 0.
        at: usize,
    },
    /// A byte that the encoding does not know.
    #[error(
        "byte {at} ({byte:#04x}) is no {encoding}; name the encoding with --encoding, for example windows-1256, or mend the file"
    )]
    Undecodable {
        /// The encoding that was tried.
        encoding: &'static str,
        /// Offset in the file, from 0.
        at: usize,
        /// The byte there.
        byte: u8,
    },
    /// No encoding has this name.
    #[error(
        "no encoding is called {name:?}; known are for example UTF-8, UTF-16LE, UTF-16BE, windows-1256 and ISO-8859-6"
    )]
    UnknownEncoding {
        /// The name as given.
        name: String,
    },
}

/// How much of a text is looked at to judge an encoding, in bytes.
const JUDGED_BYTES: usize = 256 * 1024;

/// Decodes `bytes` in the encoding called `encoding`, or in the one they seem to be in.
///
/// # Errors
/// [`DecodeError`]: a NUL, a byte outside the encoding, an unknown encoding name.
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded, DecodeError> {
    let decoded = match encoding {
        Some(name) => decode_as(bytes, name)?,
        None => detect(bytes)?,
    };
    if let Some(at) = decoded.text.find('\0') {
        return Err(DecodeError::Nul { at: nul_in_source(bytes, at, decoded.encoding) });
    }
    let text = if decoded.text.contains("\r\n") { decoded.text.replace("\r\n", "\n") } else { decoded.text };
    let changed = text.as_bytes() != bytes;
    Ok(Decoded { text, changed, ..decoded })
}

/// Where the first NUL stands in the source: exact for encodings of one byte a character and for UTF-16.
fn nul_in_source(bytes: &[u8], at_text: usize, encoding: &str) -> usize {
    if encoding.starts_with("UTF-16") {
        let at = bytes.chunks_exact(2).position(|unit| unit == [0, 0]);
        return at.map_or(at_text, |units| units * 2);
    }
    bytes.iter().position(|&byte| byte == 0).unwrap_or(at_text)
}

fn plain(text: String, encoding: &'static str, sure: bool, alternatives: Vec<Alternative>) -> Decoded {
    Decoded { text, encoding, sure, alternatives, changed: false }
}

fn decode_as(bytes: &[u8], name: &str) -> Result<Decoded, DecodeError> {
    let folded = name.trim().to_ascii_lowercase();
    let text = match folded.as_str() {
        "utf-16" => return detect_utf16(bytes).unwrap_or_else(|| utf16(bytes, Endian::Little)),
        "utf-16le" => return utf16(bytes, Endian::Little),
        "utf-16be" => return utf16(bytes, Endian::Big),
        "utf-8" | "utf8" => utf8(bytes)?,
        _ => {
            let unknown = || DecodeError::UnknownEncoding { name: name.to_owned() };
            let encoding = Encoding::for_label_no_replacement(folded.as_bytes()).ok_or_else(unknown)?;
            return Ok(plain(strict(encoding, bytes)?, encoding.name(), true, Vec::new()));
        }
    };
    Ok(plain(text, "UTF-8", true, Vec::new()))
}

fn detect(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return Ok(plain(utf8(bytes)?, "UTF-8", true, Vec::new()));
    }
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(DecodeError::Nul { at: bytes.iter().position(|&byte| byte == 0).unwrap_or(0) });
    }
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return utf16(bytes, Endian::Little);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return utf16(bytes, Endian::Big);
    }
    let nul = bytes.iter().position(|&byte| byte == 0);
    match (std::str::from_utf8(bytes), nul) {
        (Ok(text), None) => return Ok(plain(text.to_owned(), "UTF-8", true, Vec::new())),
        (Err(error), None) => {
            if mostly_utf8(bytes) {
                let at = error.valid_up_to();
                let byte = bytes.get(at).copied().unwrap_or_default();
                return Err(DecodeError::Undecodable { encoding: "UTF-8", at, byte });
            }
        }
        (_, Some(at)) => return detect_utf16(bytes).unwrap_or(Err(DecodeError::Nul { at })),
    }
    if let Some(found) = detect_utf16(bytes) {
        return found;
    }
    detect_legacy(bytes)
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    std::str::from_utf8(body).map(str::to_owned).map_err(|error| {
        let at = skipped + error.valid_up_to();
        DecodeError::Undecodable { encoding: "UTF-8", at, byte: bytes.get(at).copied().unwrap_or_default() }
    })
}

/// Whether broken UTF-8 is UTF-8 all the same: far more whole sequences than broken places. Legacy Arabic has next to none.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Endian {
    Little,
    Big,
}

impl Endian {
    const fn name(self) -> &'static str {
        match self {
            Self::Little => "UTF-16LE",
            Self::Big => "UTF-16BE",
        }
    }

    fn unit(self, pair: &[u8]) -> u16 {
        let pair = [pair.first().copied().unwrap_or_default(), pair.get(1).copied().unwrap_or_default()];
        match self {
            Self::Little => u16::from_le_bytes(pair),
            Self::Big => u16::from_be_bytes(pair),
        }
    }
}

fn utf16(bytes: &[u8], endian: Endian) -> Result<Decoded, DecodeError> {
    let encoding = endian.name();
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    for unit in char::decode_utf16(bytes.chunks_exact(2).map(|pair| endian.unit(pair))) {
        let Ok(c) = unit else {
            return Err(DecodeError::Undecodable { encoding, at, byte: bytes.get(at).copied().unwrap_or_default() });
        };
        if !(at == 0 && c == '\u{FEFF}') {
            text.push(c);
        }
        at += 2 * c.len_utf16();
    }
    if bytes.len() % 2 == 1 {
        let at = bytes.len() - 1;
        return Err(DecodeError::Undecodable { encoding, at, byte: bytes.get(at).copied().unwrap_or_default() });
    }
    Ok(plain(text, encoding, true, Vec::new()))
}

/// UTF-16 without a mark: the byte order in which nearly all characters are such as news is written in.
fn detect_utf16(bytes: &[u8]) -> Option<Result<Decoded, DecodeError>> {
    let head = bytes.get(..bytes.len().min(JUDGED_BYTES) & !1)?;
    if head.len() < 4 {
        return None;
    }
    let share = |endian: Endian| {
        let units = head.chunks_exact(2).map(|pair| endian.unit(pair));
        let usual = units.filter(|&unit| char::from_u32(u32::from(unit)).is_some_and(is_usual)).count();
        usual * 200 / head.len()
    };
    let (little, big) = (share(Endian::Little), share(Endian::Big));
    let (best, endian) = if little >= big { (little, Endian::Little) } else { (big, Endian::Big) };
    (best >= 90 && little.abs_diff(big) >= 40).then(|| utf16(bytes, endian))
}

/// Letters of the scripts this program is for, ASCII, and the marks news is set with.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}' | '\u{590}'..='\u{5FF}' | '\u{600}'..='\u{6FF}' | '\u{200C}'..='\u{200F}' | '\u{2010}'..='\u{2026}')
}

/// Decodes without replacement characters.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len().saturating_mul(3).saturating_add(16));
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        let before = bytes.len() - rest.len() + read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {
                text.reserve(rest.len().saturating_add(64));
                rest = rest.get(read..).unwrap_or_default();
            }
            DecoderResult::Malformed(length, extra) => {
                let at = before.saturating_sub(usize::from(length) + usize::from(extra));
                let byte = bytes.get(at).copied().unwrap_or_default();
                return Err(DecodeError::Undecodable { encoding: encoding.name(), at, byte });
            }
        }
    }
}

/// One byte a character: the reading that looks most like Arabic, or what Firefox would guess.
fn detect_legacy(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let mut guesser = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    guesser.feed(bytes.get(..bytes.len().min(JUDGED_BYTES)).unwrap_or_default(), true);
    let guess = guesser.guess(None, chardetng::Utf8Detection::Deny);
    let mut candidates: Vec<&'static Encoding> = vec![WINDOWS_1256, ISO_8859_6];
    if !candidates.contains(&guess) {
        candidates.push(guess);
    }
    let mut readings: Vec<(i64, &'static Encoding, String)> = Vec::new();
    let mut first_error = None;
    for encoding in candidates {
        match strict(encoding, bytes) {
            Ok(text) => {
                let bonus = if encoding == guess { 10 } else { 0 };
                readings.push((arabic_score(&text) + bonus, encoding, text));
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.0));
    let mut readings = readings.into_iter();
    let Some((score, encoding, text)) = readings.next() else {
        return Err(first_error.unwrap_or(DecodeError::Undecodable { encoding: "UTF-8", at: 0, byte: 0 }));
    };
    let rest: Vec<_> = readings.collect();
    let margin = rest.first().map_or(score, |second| score - second.0);
    let long_enough = text.chars().filter(|c| is_arabic_letter(*c)).count() >= 40;
    let sure = long_enough && score >= 60 && margin >= 30;
    let alternatives = rest
        .into_iter()
        .map(|(_, encoding, text)| Alternative { encoding: encoding.name(), preview: preview(&text) })
        .collect();
    Ok(plain(text, encoding.name(), sure, alternatives))
}

fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' | '\u{67E}' | '\u{686}' | '\u{698}' | '\u{6A9}' | '\u{6AF}')
}

/// How much the letters beyond ASCII look like Arabic, about -200 to 150: their share, less words of two scripts, which a
/// wrong code page makes, and more for words that begin with the article.
fn arabic_score(text: &str) -> i64 {
    let (mut arabic, mut other, mut words, mut mixed, mut with_article) = (0_i64, 0_i64, 0_i64, 0_i64, 0_i64);
    let head = text.chars().take(JUDGED_BYTES).collect::<String>();
    for word in head.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{64B}'..='\u{652}')) {
        let arabic_here = i64::try_from(word.chars().filter(|c| is_arabic_letter(*c)).count()).unwrap_or(0);
        let foreign = word.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !is_arabic_letter(c));
        if arabic_here == 0 && !foreign {
            continue;
        }
        words += 1;
        arabic += arabic_here;
        other += i64::from(foreign);
        mixed += i64::from(foreign && arabic_here > 0);
        with_article += i64::from(word.starts_with("\u{627}\u{644}"));
    }
    let odd_signs = head.chars().filter(|c| matches!(c, '\u{80}'..='\u{9F}')).count();
    if words == 0 || odd_signs > 0 {
        return -100;
    }
    100 * arabic / (arabic + other).max(1) - 200 * mixed / words + 50 * with_article.min(words / 2) * 2 / words
}

/// The first line with letters beyond ASCII, at most 60 characters.
fn preview(text: &str) -> String {
    let line = text.lines().find(|line| !line.is_ascii()).or_else(|| text.lines().next()).unwrap_or_default();
    line.trim().chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "\
أعلنت الحكومة أمس أن المحادثات ستستأنف في العاصمة قبل نهاية الشهر الحالي، وقال الوزير إن الوفد سيصل الأحد.
";

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, sure: bool, text: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.sure, decoded.text.as_str()), (encoding, sure, text));
        assert_eq!(decoded.changed, decoded.text.as_bytes() != bytes);
    }

    #[test]
    fn encodings_are_told_apart() {
        let with = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        check(NEWS.as_bytes(), "UTF-8", true, NEWS);
        check(&with(&[0xEF, 0xBB, 0xBF], NEWS.as_bytes().to_vec()), "UTF-8", true, NEWS);
        check(&with(&[0xFF, 0xFE], utf16_bytes(NEWS, false)), "UTF-16LE", true, NEWS);
        check(&with(&[0xFE, 0xFF], utf16_bytes(NEWS, true)), "UTF-16BE", true, NEWS);
        check(&utf16_bytes(NEWS, false), "UTF-16LE", true, NEWS);
        check(&utf16_bytes(NEWS, true), "UTF-16BE", true, NEWS);
        check(&utf16_bytes("plain English news", false), "UTF-16LE", true, "plain English news");
        check(&WINDOWS_1256.encode(NEWS).0, "windows-1256", true, NEWS);
        let (iso, _, lost) = encoding_bytes_8859_6(NEWS);
        assert!(!lost);
        check(&iso, "ISO-8859-6", true, NEWS);
        check(b"", "UTF-8", true, "");
    }

    /// `encoding_rs` encodes ISO-8859-6 too, with the same table.
    fn encoding_bytes_8859_6(text: &str) -> (Vec<u8>, &'static Encoding, bool) {
        let (bytes, encoding, lost) = ISO_8859_6.encode(text);
        (bytes.into_owned(), encoding, lost)
    }

    #[test]
    fn a_short_legacy_text_is_unsure_and_offers_a_preview() {
        let text = "\
بوتين
";
        let decoded = decode(&WINDOWS_1256.encode(text).0, None).unwrap();
        assert_eq!(decoded.text, text);
        assert!(!decoded.sure);
        assert!(decoded.alternatives.iter().all(|other| !other.preview.is_empty()));
    }

    #[test]
    fn carriage_returns_before_line_feeds_go_once_and_alone_stay() {
        let decoded = decode(b"a\r\nb\rc\r\r\n", None).unwrap();
        assert_eq!(decoded.text, "a\nb\rc\r\n");
        assert!(decoded.changed);
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(decode(b"ab\0cd", None), Err(DecodeError::Nul { at: 2 }));
        let broken = [NEWS.as_bytes(), &[0xFF], NEWS.as_bytes()].concat();
        let error = DecodeError::Undecodable { encoding: "UTF-8", at: NEWS.len(), byte: 0xFF };
        assert_eq!(decode(&broken, None), Err(error.clone()));
        assert_eq!(decode(&broken, Some("utf-8")), Err(error));
        assert!(matches!(decode(b"a", Some("klingon")), Err(DecodeError::UnknownEncoding { .. })));
        let lone = [0xFF, 0xFE, b'a', 0, 0x00, 0xD8, b'b', 0];
        assert!(matches!(decode(&lone, None), Err(DecodeError::Undecodable { at: 4, .. })));
        let odd = [0xFF, 0xFE, b'a', 0, b'b'];
        assert!(matches!(decode(&odd, None), Err(DecodeError::Undecodable { at: 4, .. })));
        assert!(matches!(decode(&[0xC7, 0xFF], Some("iso-8859-6")), Err(DecodeError::Undecodable { at: 1, .. })));
    }

    #[test]
    fn an_explicit_encoding_is_taken() {
        assert_eq!(decode(&[0xC7, 0xE1], Some("windows-1256")).unwrap().text, "\u{627}\u{644}");
        assert_eq!(decode(&[0xC7, 0xE4], Some("ISO-8859-6")).unwrap().text, "\u{627}\u{644}");
        assert_eq!(decode(&[0xE9], Some("latin1")).unwrap().text, "\u{E9}");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes: Vec<u8>) {
            if let Ok(decoded) = decode(&bytes, None) {
                proptest::prop_assert!(!decoded.text.contains('\0'));
            }
        }
    }
}
