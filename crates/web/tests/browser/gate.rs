//! The gate in a browser with a camera and without a network: each verdict, both languages, and passages that are handed in later.

mod film;

use std::fmt::Write as _;
use std::sync::Arc;

use app::credential::{Certificate, SignedPack};
use app::{Acted, Shown};

use crate::common::House;
use crate::common::witnessed::{WITNESSES, pack, policy, witness};
use crate::driver::{Driver, Script};
use crate::server::Server;
use film::film;

/// What a gate meets.
struct Scene {
    house: House,
    /// A pack of when nothing had happened yet.
    early: Arc<SignedPack>,
    server: Server,
    pass: Acted,
    shown: Shown,
    revoked: Shown,
    foreign: Certificate,
}

impl Scene {
    async fn set() -> Self {
        let house = House::of_gate([2; 32]).await;
        let early = house.app.pack(3600).await.unwrap();
        let stranger = House::of_gate([9; 32]).await;
        let (pass, taken_back) = (house.exit_pass("P-0001").await, house.exit_pass("P-0002").await);
        let of = async |house: &House, person: &str, acted: &Acted| {
            let account = house.app.account(person).await.unwrap();
            house.app.certificate(&account, acted.case).await.unwrap().unwrap()
        };
        let shown = of(&house, "P-0001", &pass).await;
        let revoked = of(&house, "P-0002", &taken_back).await;
        house.revoke(&taken_back, "unescorted").await;
        house.settle().await;
        let foreign = stranger.exit_pass("P-0001").await;
        let foreign = of(&stranger, "P-0001", &foreign).await.bare;
        let server = Server::start(house.router());
        Self { house, early, server, pass, shown, revoked, foreign }
    }

    /// The text that a gate proves.
    fn proven(&self) -> String {
        self.shown.branched.as_ref().unwrap().to_text()
    }

    /// How many passages this gate handed in.
    async fn handed_in(&self) -> usize {
        let gate = self.house.app.account("G-0001").await.unwrap();
        self.house.app.passages(&gate, "G-0001", None, 100).await.unwrap().0.len()
    }
}

/// Opens the gate's page; when this returns, the device keeps all that it needs.
async fn install(driver: &Driver, scene: &Scene, language: &str) {
    driver.open(&format!("{}/{language}/gate", scene.server.base())).await;
    driver.until("return document.documentElement.dataset.gate === 'ready'").await;
    driver.until("return document.getElementById('pack-state').dataset.state === 'good'").await;
    let workers = "const done = arguments[arguments.length - 1];
        (async () => {
          for (let tries = 0; tries < 200; tries++) {
            const all = await navigator.serviceWorker.getRegistrations();
            if (all.length === 2 && all.every(one => one.active?.state === 'activated')) return done(true);
            await new Promise(next => setTimeout(next, 50));
          }
          done(false);
        })()";
    assert_eq!(driver.run_async(workers).await, true, "the workers never came up");
}

/// Gives a text to the gate as a hand-held scanner does, and waits for this answer.
async fn check(driver: &Driver, text: &str, state: &str, why: &str) {
    driver.run("const result = document.getElementById('result'); result.hidden = true; result.dataset.why = ''").await;
    let text = serde_json::to_string(text).unwrap();
    driver
        .run(&format!(
            "const field = document.getElementById('text'); field.value = {text};
             field.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true, cancelable: true }}))"
        ))
        .await;
    let seen = format!(
        "const result = document.getElementById('result');
         return !result.hidden && result.classList.contains('{state}') && result.dataset.why === '{why}'"
    );
    driver.until(&seen).await;
}

async fn press(driver: &Driver, selector: &str) {
    driver.run(&format!("document.querySelector(\"{selector}\").click()")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_without_a_network_reads_a_pass_with_its_camera() {
    let folder = tempfile::tempdir().unwrap();
    let mut scene = Scene::set().await;
    let file = folder.path().join("pass.y4m");
    film(&file, &scene.proven());
    let arguments = [
        "--use-fake-ui-for-media-stream".to_owned(),
        "--use-fake-device-for-media-stream".to_owned(),
        format!("--use-file-for-fake-video-capture={}", file.display()),
    ];
    let Some(driver) = Driver::start_with(Script::On, &arguments).await else { return };
    driver.width(390).await;
    install(&driver, &scene, "fa").await;
    driver.shoot("start-fa").await;
    scene.server.cut();
    let mut found = Vec::new();
    for language in ["fa", "en"] {
        driver.open(&format!("{}/{language}/gate", scene.server.base())).await;
        driver.until("return document.documentElement.dataset.gate === 'ready'").await;
        press(&driver, "#camera").await;
        driver.until("return document.getElementById('result').classList.contains('proven')").await;
        let text = driver.text().await;
        let word = if language == "fa" { "اثبات شد" } else { "Proven" };
        assert!(text.contains(word) && text.contains("12 الف 345 - 67") && !text.contains('⟦'), "{text}");
        driver.shoot(&format!("camera-{language}")).await;
        found.extend(driver.axe().await.into_iter().map(|problem| format!("{language}: {problem}")));
        assert_eq!(driver.overflow().await, 0, "{language}: wider than a telephone");
        press(&driver, "#camera").await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}

/// A pack of another key, one that is older, and one that is none: a word for each, and the one that is kept stays.
async fn packs_of_others_change_nothing(driver: &Driver, scene: &Scene) {
    let stranger = House::of_gate([9; 32]).await.app.pack(3600).await.unwrap();
    let own = scene.house.app.pack(24 * 3600).await.unwrap();
    let cut = &own.as_bytes()[..own.as_bytes().len() - 1];
    for (bytes, expected) in
        [(stranger.as_bytes(), "refused"), (scene.early.as_bytes(), "older"), (cut, "refused"), (&[], "refused")]
    {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const files = document.querySelector('script[type=module]').src.replace('page.js', '');
             (async () => {{
               const {{ kept, take }} = await import(files + 'packs.js');
               const config = JSON.parse(document.getElementById('gate').dataset.config);
               config.key = Uint8Array.from(config.key.match(/../g), pair => parseInt(pair, 16));
               const former = await kept(config);
               const bytes = Uint8Array.from('{}'.match(/../g) ?? [], pair => parseInt(pair, 16));
               const {{ state }} = await take(bytes, config, former);
               done([state, (await kept(config)).made === former.made]);
             }})()",
            hex::encode(bytes)
        );
        assert_eq!(driver.run_async(&script).await, serde_json::json!([expected, true]));
    }
}

/// Gives a pack's file to the page, as a guard chooses it.
async fn choose(driver: &Driver, pack: &[u8]) {
    let script = format!(
        "const files = new DataTransfer();
         files.items.add(new File([Uint8Array.from('{}'.match(/../g), pair => parseInt(pair, 16))], 'pack'));
         const field = document.getElementById('pack');
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        hex::encode(pack)
    );
    driver.run(&script).await;
}

/// A pack whose log the witnesses cosigned is taken and says so; one without their quorum, or without a word of them, is refused in clear words.
#[tokio::test(flavor = "multi_thread")]
async fn a_pack_without_the_quorum_of_its_witnesses_is_refused() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let mut scene = Scene::set().await;
    driver.width(390).await;
    install(&driver, &scene, "en").await;
    let [university, court, newspaper] = WITNESSES.map(witness);
    let good = pack(&scene.house, &policy(), &[(&university, 0), (&court, 0)]).await;
    let alone = pack(&scene.house, &policy(), &[(&newspaper, 0)]).await;
    let silent = pack(&scene.house, "", &[]).await;
    scene.server.cut();
    let mut found = Vec::new();
    let words = [
        [
            "en",
            "is kept on this device",
            "cosigned by \u{2068}university, court\u{2069}.",
            "Cosigned by: \u{2068}press\u{2069}.",
            "names no witnesses",
        ],
        [
            "fa",
            "نگه داشته شد",
            "گواهی کرده‌اند: \u{2068}university، court\u{2069}.",
            "گواهی‌کنندگان: \u{2068}press\u{2069}.",
            "هیچ شاهدی برای دفتر",
        ],
    ];
    let says = |id: &str, words: &str| {
        let words = serde_json::to_string(words).unwrap();
        format!("return document.getElementById('{id}').textContent.includes({words})")
    };
    for [language, taken, cosigned, refused, dropped] in words {
        driver.open(&format!("{}/{language}/gate", scene.server.base())).await;
        driver.until("return document.documentElement.dataset.gate === 'ready'").await;
        press(&driver, "summary").await;
        choose(&driver, good.as_bytes()).await;
        driver.until(&says("pack-state", taken)).await;
        for (bytes, words) in [(alone.as_bytes(), refused), (silent.as_bytes(), dropped)] {
            choose(&driver, bytes).await;
            driver.until(&says("trouble", words)).await;
            driver.shoot(&format!("pack-refused-{language}")).await;
            found.extend(driver.axe().await.into_iter().map(|problem| format!("{language}: {problem}")));
            assert_eq!(driver.overflow().await, 0, "{language}: wider than a telephone");
        }
        // What was taken stays, says who cosigned it, and judges.
        driver.open(&format!("{}/{language}/gate", scene.server.base())).await;
        driver.until("return document.documentElement.dataset.gate === 'ready'").await;
        driver.until(&says("pack-state", cosigned)).await;
        check(&driver, &scene.proven(), "proven", "proven").await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_verdict_is_said_in_both_languages_without_a_network() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let mut scene = Scene::set().await;
    driver.width(390).await;
    install(&driver, &scene, "en").await;
    packs_of_others_change_nothing(&driver, &scene).await;
    let late = scene.house.exit_pass("P-0001").await;
    let account = scene.house.app.account("P-0001").await.unwrap();
    let late = scene.house.app.certificate(&account, late.case).await.unwrap().unwrap();
    scene.server.cut();
    let swapped =
        scene.shown.bare.with_inclusion(scene.revoked.branched.as_ref().unwrap().inclusion().unwrap()).unwrap();
    let proven = scene.proven();
    let mut bomb = "PJ1:".to_owned();
    (0..5000).for_each(|_| bomb.push_str("000"));
    let cases = [
        (proven.clone(), "proven", "proven"),
        (scene.shown.bare.to_text(), "signed", "no-proof"),
        (late.branched.unwrap().to_text(), "signed", "newer-than-pack"),
        (scene.revoked.bare.to_text(), "refused", "revoked"),
        (scene.foreign.to_text(), "refused", "unknown-key"),
        (swapped.to_text(), "refused", "proof-of-another"),
        (proven.replace("PJ1:", "HC1:"), "refused", "not-a-certificate"),
        (proven[..proven.len() - 9].to_owned(), "refused", "damaged"),
        (format!("{proven}{proven}{proven}"), "refused", "damaged"),
        (bomb, "refused", "damaged"),
        ("PJ1:".to_owned() + &"A".repeat(40_000), "refused", "too-long"),
    ];
    let mut found = String::new();
    for language in ["fa", "en"] {
        driver.open(&format!("{}/{language}/gate", scene.server.base())).await;
        driver.until("return document.documentElement.dataset.gate === 'ready'").await;
        for (text, state, why) in &cases {
            check(&driver, text, state, why).await;
            let text = driver.text().await;
            assert!(!text.contains('⟦') && !text.contains('{'), "{language} {why}: {text}");
            driver.axe().await.iter().for_each(|problem| writeln!(found, "{language} {why}: {problem}").unwrap());
            assert_eq!(driver.overflow().await, 0, "{language} {why}: wider than a telephone");
            driver.shoot(&format!("{why}-{language}")).await;
        }
    }
    let focus = driver.run("return document.activeElement.id").await;
    assert_eq!(focus, "result", "the answer has the focus, so that a screen reader says it");
    check(&driver, &cases[0].0, "proven", "proven").await;
    driver.type_keys("HELLO\u{e007}").await;
    driver.until("return document.getElementById('result').dataset.why === 'not-a-certificate'").await;
    // Thirty hours later by the device's clock: the pack is old, and a pass of two days still holds.
    driver.run("const now = Date.now; Date.now = () => now() + 30 * 3600 * 1000").await;
    check(&driver, &cases[0].0, "proven", "proven").await;
    assert!(driver.text().await.contains("This gate's pack is old."), "{}", driver.text().await);
    driver.shoot("pack-old-en").await;
    driver.run("const later = Date.now; Date.now = () => later() + 48 * 3600 * 1000").await;
    check(&driver, &cases[0].0, "refused", "expired").await;
    assert_eq!(scene.handed_in().await, 0);
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn passages_are_neither_lost_nor_handed_in_twice() {
    let Some(driver) = Driver::start(Script::On).await else { return };
    let mut scene = Scene::set().await;
    install(&driver, &scene, "en").await;
    let token = scene.house.app.api_token("G-0001").await.unwrap();
    press(&driver, "summary").await;
    driver.fill("#token", &token).await;
    press(&driver, "#settings button").await;
    driver.until("return document.getElementById('saved').textContent !== ''").await;
    scene.server.cut();
    // A one-time pass leaves this gate once, also where two tabs note it at one moment.
    check(&driver, &scene.proven(), "proven", "proven").await;
    assert!(driver.text().await.contains("through another gate since"), "{}", driver.text().await);
    // What is no weight is not taken for one, and nothing is noted yet.
    driver.fill("#mass", "many").await;
    press(&driver, "[data-direction=out]").await;
    driver.until("return !document.getElementById('trouble').hidden").await;
    driver.fill("#mass", "۳۸٬۵۰۰").await;
    press(&driver, "[data-direction=out]").await;
    driver.until("return document.getElementById('waiting').dataset.count === '1'").await;
    assert!(driver.text().await.contains("38,500"), "{}", driver.text().await);
    check(&driver, &scene.proven(), "refused", "used-here").await;
    driver.shoot("used-here-en").await;
    let twice = "const done = arguments[arguments.length - 1];
        const files = document.querySelector('script[type=module]').src.replace('page.js', '');
        (async () => {
          const { pass, handIn } = await import(files + 'passages.js');
          const judged = { state: 'proven', name: 'ab'.repeat(16), hash: 'cd'.repeat(32), says: { id: new Uint8Array(16), once: true, case: 'X' } };
          const both = await Promise.all([pass(judged, 'out', Date.now()), pass(judged, 'out', Date.now())]);
          done(both.filter(one => one !== null).length);
        })()";
    assert_eq!(driver.run_async(twice).await, 1);
    // The zone takes the passages, and the network goes before it has answered.
    scene.server.be_silent(true);
    scene.server.connect();
    press(&driver, "#sync").await;
    for _ in 0..200 {
        if scene.handed_in().await == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(scene.handed_in().await, 2, "both were taken");
    scene.server.cut();
    driver.until("return document.getElementById('waiting').dataset.count === '2'").await;
    // Sent again, and twice at once: the zone has each once.
    scene.server.be_silent(false);
    scene.server.connect();
    driver.run("for (let n = 0; n < 2; n++) document.getElementById('sync').click()").await;
    driver.until("return document.getElementById('waiting').dataset.count === '0'").await;
    assert_eq!(scene.handed_in().await, 2);
    // Another gate let the same pass leave; this one is told.
    let other = scene.house.app.account("G-0002").await.unwrap();
    let at = scene.house.app.clock.now();
    let passage = app::Passage {
        id: [3; 16],
        at,
        certificate: scene.pass.case,
        hash: [0; 32],
        direction: app::Direction::Out,
        seen: app::Seen::Signed,
        gross_mass_kg: None,
        tare_mass_kg: None,
    };
    assert_eq!(scene.house.app.take_passages(&other, &[passage]).await.unwrap(), [app::Taken::Double]);
    press(&driver, "#sync").await;
    driver.until("return document.getElementById('doubles').textContent.includes('G-0002')").await;
    driver.shoot("double-en").await;
    driver.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_answers_can_be_told_apart_in_the_dark() {
    // 0 is dark (Chromium, third_party/blink/public/mojom/css/preferred_color_scheme.mojom).
    let dark = ["--blink-settings=preferredColorScheme=0".to_owned()];
    let Some(driver) = Driver::start_with(Script::On, &dark).await else { return };
    let scene = Scene::set().await;
    driver.width(390).await;
    install(&driver, &scene, "fa").await;
    assert_eq!(driver.run("return matchMedia('(prefers-color-scheme: dark)').matches").await, true);
    let mut found = Vec::new();
    for (text, state, why) in [
        (scene.proven(), "proven", "proven"),
        (scene.shown.bare.to_text(), "signed", "no-proof"),
        (scene.foreign.to_text(), "refused", "unknown-key"),
    ] {
        check(&driver, &text, state, why).await;
        found.extend(driver.axe().await.into_iter().map(|problem| format!("{why}: {problem}")));
        driver.shoot(&format!("dark-{state}")).await;
    }
    driver.stop().await;
    assert!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
}
