//! What is compared: normal forms, words and their stems, what a description excludes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use search::{normal, words};

fn stems(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.stem).collect()
}

#[test]
fn letters_digits_and_marks_come_in_one_form() {
    for (text, expected) in [
        ("پستهٔ كال۱٢3", "پسته کال123"),
        ("گوشی\u{200c}های  هوشمند\n", "گوشی های هوشمند"),
        ("مُـحَمَّد", "محمد"),
        ("أإآٱ ؤ ئ ة ۀ ي ى", "اااا و ی ه ه ی ی"),
        ("\u{202e}CAFÉ\u{202c} Müsli", "cafe musli"),
        ("ﻛﺘﺎﺏ ４２ ①", "کتاب 42 1"),
        ("a\u{0}b\tc\u{7f}d", "a b c d"),
        ("8703٫23", "8703.23"),
    ] {
        assert_eq!(normal(text), expected, "{text:?}");
    }
}

#[test]
fn other_forms_of_a_word_have_its_stem() {
    for (one, other) in [
        ("shavers", "shaver"),
        ("Trousers", "trouser"),
        ("batteries", "battery"),
        ("پسته‌ها", "پسته"),
        ("پسته ها", "پسته"),
        ("پستهها", "پسته"),
        ("خودروهای", "خودرو"),
        ("پارچه‌هایی", "پارچه"),
        ("فرش‌های", "فرش"),
        ("حیوانات", "حیوان"),
        ("سبزیجات", "سبزی"),
        ("چوبی", "چوب"),
        ("كفش‌هاي", "کفش"),
    ] {
        assert_eq!(stems(one), stems(other), "{one}");
    }
    // What Snowball's Persian stemmer takes for the same.
    for (one, other) in [("ماشین", "ماش"), ("دستگاه", "دست"), ("نان", "نا")] {
        assert_ne!(stems(one), stems(other), "{one}");
    }
    assert_eq!(stems("of the other, whether or not"), Vec::<String>::new());
    assert_eq!(stems(&"x".repeat(41)), Vec::<String>::new());
}

proptest! {
    #[test]
    fn a_normal_form_is_its_own(text in "\\PC*|[\u{600}-\u{6ff}\u{200b}-\u{200f}\u{fb50}-\u{fdff}\u{fe70}-\u{feff}A-Za-zÀ-ž \u{0}-\u{1f}]{0,40}") {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once.clone());
        prop_assert!(!once.contains("  ") && once.trim() == once);
        prop_assert!(once.chars().all(|c| !c.is_control()));
    }

    #[test]
    fn words_are_found_in_a_normal_form_as_in_the_text(text in "\\PC{0,60}") {
        prop_assert_eq!(words(&text), words(&normal(&text)));
    }

    /// Keyboards differ in what they send for the same letters; nothing else may.
    #[test]
    fn keyboards_make_no_difference(text in "[کیه۰-۹ابپ ]{0,30}") {
        let arabic: String = text.chars().map(|c| match c {
            'ک' => 'ك',
            'ی' => 'ي',
            c @ '۰'..='۹' => char::from_u32(u32::from(c) - 0x6f0 + 0x660).unwrap(),
            c => c,
        }).collect();
        prop_assert_eq!(normal(&arabic), normal(&text));
    }
}
