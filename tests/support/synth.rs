//! Synthetic Arabic news for tests and benches: any size, the same for the same seed, nothing copied from anywhere.

/// A small generator of reproducible numbers (splitmix64).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub const fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of `items`, which are not empty.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

const WORDS: &[&str] = &[
    "أعلنت",
    "وزارة",
    "المياه",
    "الساحلانية",
    "أن",
    "المحطة",
    "الجديدة",
    "ستبدأ",
    "العمل",
    "في",
    "الأسبوع",
    "المقبل",
    "بعد",
    "تأخر",
    "دام",
    "عامين",
    "وقال",
    "رئيس",
    "المجلس",
    "إن",
    "الكلفة",
    "النهائية",
    "لم",
    "تُحسم",
    "بعدُ",
    "مؤكدًا",
    "التزام",
    "الحكومة",
    "بمواعيد",
    "التسليم",
    "للمزارعين",
    "والصيادين",
    "على",
    "امتداد",
    "الساحل",
    "من",
    "المرفأ",
    "القديم",
    "إلى",
    "مرسى",
    "الزيتون",
];

const NAMES: &[&str] = &[
    "هالة القرمزي",
    "نادر الصفواني",
    "وائل الدردري",
    "سلمى الكتاني",
    "مجلس الخليج البيئي",
    "اتحاد المزارعين",
    "شركة Blue Delta",
    "منصة AquaTrack",
];

/// What may be written onto a name: nothing, and, with, to, and with, then.
const PREFIXES: &[&str] = &["", "", "", "\u{648}", "\u{628}", "\u{644}", "\u{648}\u{628}", "\u{641}"];

const NUMBERS: &[&str] =
    &["42.5%", "310", "18/03/2026", "1.2", "\u{666}\u{661}", "2027", "(3)", "07:45", "+000 555 0142"];

/// What scrapers take along: a credit line, a footer, and a call to share.
const LEFTOVERS: &[&str] = &[
    "أرشيفية (ص ن)",
    "التعليقات",
    "شارك هذه المقالة مع أصدقائك عبر البريد أو انسخ الرابط من شريط العنوان في أعلى الصفحة، ثم ألصقه حيث تشاء",
];

/// One article of about `size_bytes` UTF-8 bytes: a title, paragraphs with names, numbers, quotations, Latin words.
pub fn article(seed: u64, size_bytes: usize) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::with_capacity(size_bytes + 512);
    sentence(&mut text, &mut dice, 6);
    while text.len() < size_bytes {
        text.push_str("\n\n");
        for _ in 0..=dice.below(3) {
            let words = 8 + dice.below(22);
            sentence(&mut text, &mut dice, words);
            text.push_str(". ");
        }
    }
    text
}

/// An article as scrapers leave it: title, lead, the title again, a credit, the lead again, text, a comments footer.
pub fn noisy_article(seed: u64, size_bytes: usize) -> String {
    let mut dice = Dice::new(seed);
    let (mut title, mut lead) = (String::new(), String::new());
    sentence(&mut title, &mut dice, 6);
    sentence(&mut lead, &mut dice, 24);
    let [credit, footer, ..] = LEFTOVERS else { return article(seed, size_bytes) };
    let body = article(dice.next(), size_bytes);
    format!("{title}\n\n{lead}.\n\n{title}\n\n{credit}\n\n{lead}.\n\n{body}\n\n \n\n{footer}")
}

fn sentence(text: &mut String, dice: &mut Dice, words: usize) {
    for index in 0..words {
        if index > 0 {
            text.push(' ');
        }
        match dice.below(24) {
            0 | 1 => {
                text.push_str(dice.pick(PREFIXES));
                text.push_str(dice.pick(NAMES));
            }
            2 => text.push_str(dice.pick(NUMBERS)),
            3 => {
                text.push('"');
                text.push_str(dice.pick(WORDS));
                text.push(' ');
                text.push_str(dice.pick(WORDS));
                text.push('"');
            }
            4 => {
                text.push_str(dice.pick(WORDS));
                text.push('\u{60c}');
            }
            5 => {
                text.push('\u{ab}');
                text.push_str(dice.pick(WORDS));
                text.push('\u{bb}');
            }
            _ => text.push_str(dice.pick(WORDS)),
        }
    }
}

/// Writes our own JSON Lines: a header, then `count` articles of about `size_bytes` bytes, each with as many mentions by
/// one annotator, each a word of its text.
pub fn jsonl(
    out: &mut dyn std::io::Write,
    seed: u64,
    count: usize,
    mentions: usize,
    size_bytes: usize,
) -> std::io::Result<()> {
    writeln!(out, "{{\"hashiya_jsonl\":1,\"unit\":\"byte\"}}")?;
    let mut dice = Dice::new(seed);
    for number in 0..count {
        let text =
            if number % 4 == 0 { noisy_article(dice.next(), size_bytes) } else { article(dice.next(), size_bytes) };
        let title = text.lines().next().unwrap_or_default().to_owned();
        let date = format!("20{:02}-{:02}-{:02}", 15 + dice.below(12), 1 + dice.below(12), 1 + dice.below(28));
        let outlet = dice.pick(OUTLETS);
        let mut line = serde_json::json!({
            "id": format!("news-{number:07}"),
            "text": text,
            "meta": { "title": title, "outlet": outlet, "date": date, "language": "ar" },
        });
        if mentions > 0 {
            line["annotators"] =
                serde_json::json!({ "synth": { "mentions": mentions_of(&text, mentions, &mut dice) } });
        }
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

const OUTLETS: &[&str] = &[
    "صدى الساحل",
    "منبر الزيتون",
    "أخبار المرفأ",
    "صحيفة البحّارة والمزارعين",
    "Harbour Post",
    "The Olive Coast Gazette",
    "Delta Evening Courier and Herald",
];

const LABELS: &[&str] = &["PER", "ORG", "GPE", "LOC"];

/// Mentions of words of a text, all different.
fn mentions_of(text: &str, count: usize, dice: &mut Dice) -> Vec<serde_json::Value> {
    let base = text.as_ptr() as usize;
    let words = text.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic()));
    let words: Vec<&str> = words.filter(|word| word.len() > 5).collect();
    let step = (words.len() / count.max(1)).max(1);
    let mention = |(number, word): (usize, &&str)| {
        let start = word.as_ptr() as usize - base;
        serde_json::json!({
            "id": format!("m{number}"),
            "spans": [[start, start + word.len()]],
            "label": dice.pick(LABELS),
        })
    };
    words.iter().step_by(step).take(count).enumerate().map(mention).collect()
}
