//! A browser: Chromium behind chromedriver.
//!
//! Must not know of: any one page.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

/// Whether pages may run scripts. (Ours have none: their policy forbids it.)
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    On,
    Off,
}

/// What every browser is started with.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1024",
];

/// A browser.
pub struct Driver {
    client: Client,
    process: Child,
    port: String,
    axe: String,
}

impl Driver {
    /// Starts a browser; none, and a plain word, where it is not installed.
    pub async fn start(script: Script) -> Option<Self> {
        Self::start_with(script, &[]).await
    }

    /// The same with further arguments for Chromium.
    pub async fn start_with(script: Script, further: &[String]) -> Option<Self> {
        let place = |name: &str| std::env::var(name).ok().filter(|path| std::path::Path::new(path).exists());
        let found = (place("PANJEREH_CHROMEDRIVER"), place("PANJEREH_CHROMIUM"), place("PANJEREH_AXE"));
        let (Some(chromedriver), Some(chromium), Some(axe)) = found else {
            println!(
                "SKIPPED: no Chromium, chromedriver or axe-core is named; `cargo xtask test` installs and names them"
            );
            return None;
        };
        let mut process = Command::new(chromedriver).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        for line in BufReader::new(process.stdout.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            if let Some((_, rest)) = line.split_once("successfully on port ") {
                port = rest.trim_end_matches('.').to_owned();
                break;
            }
        }
        let javascript = if script == Script::On { 1 } else { 2 };
        let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).into();
        arguments.extend_from_slice(further);
        let options = json!({
            "goog:chromeOptions": {
                "binary": chromium,
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": javascript },
            }
        });
        let capabilities = options.as_object().unwrap().clone();
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&address)
            .await
            .unwrap();
        client.set_window_size(1280, 1024).await.unwrap();
        Some(Self { client, process, port, axe: std::fs::read_to_string(axe).unwrap() })
    }

    /// Gives the browser an authenticator in software (WebAuthn Level 3, section 11.1.1): one built in, whose owner agrees and shows who they are.
    pub async fn add_authenticator(&self) {
        let authenticator = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        let session = self.client.session_id().await.unwrap().unwrap();
        let path = format!("/session/{session}/webauthn/authenticator");
        let address = format!("127.0.0.1:{}", self.port);
        let answer = tokio::task::spawn_blocking(move || post(&address, &path, &authenticator.to_string())).await;
        let answer = answer.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    /// Presses what this selector finds first, and waits until the browser is at an address that ends so.
    pub async fn follow_to(&self, selector: &str, end: &str) {
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
        for _ in 0..100 {
            if self.url().await.ends_with(end) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not at {end} but at {}: {}", self.url().await, self.text().await);
    }

    /// Keeps a picture of the page in the folder that PANJEREH_PICTURES names, if it names one: for whoever wants to look.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("PANJEREH_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("{name}.png"));
            std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
        }
    }

    /// Ends the browser.
    pub async fn stop(mut self) {
        drop(self.client.clone().close().await);
        drop(self.process.kill());
        drop(self.process.wait());
    }

    /// Loads a page.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// Uses a sign-in link: its page, then its button.
    pub async fn sign_in(&self, link: &str) {
        self.open(link).await;
        self.follow("main form button").await;
    }

    /// Forgets who is signed in.
    pub async fn forget(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    /// Where the browser is.
    pub async fn url(&self) -> String {
        self.client.current_url().await.unwrap().to_string()
    }

    /// Presses what this selector finds first, and waits until the next page is there.
    pub async fn follow(&self, selector: &str) {
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
        tokio::time::sleep(Duration::from_millis(150)).await;
    }

    /// Types into the field that this selector finds, over what stands there; chooses, where it is a list.
    pub async fn fill(&self, selector: &str, text: &str) {
        if let Ok(option) = self.client.find(Locator::Css(&format!("{selector} option[value='{text}']"))).await {
            return option.click().await.unwrap();
        }
        let field = self.client.find(Locator::Css(selector)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Answers the one question of a page, whatever kind of field it has, and goes on.
    pub async fn answer(&self, answer: &str) {
        let choice = format!("main input[type=radio][value='{answer}']");
        if let Ok(radio) = self.client.find(Locator::Css(&choice)).await {
            radio.click().await.unwrap();
        } else if let Ok(option) = self.client.find(Locator::Css(&format!("main option[value='{answer}']"))).await {
            option.click().await.unwrap();
        } else {
            let field = self.client.find(Locator::Css("main input:not([type=hidden]), main textarea")).await.unwrap();
            field.clear().await.unwrap();
            field.send_keys(answer).await.unwrap();
        }
        self.follow("main form button:not(.quiet)").await;
    }

    /// The page's text.
    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    /// Where the page's links lead.
    pub async fn links(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('a[href]')].map(a => a.href)";
        serde_json::from_value(self.client.execute(script, Vec::new()).await.unwrap()).unwrap()
    }

    /// What axe-core finds: rule, help and the elements.
    pub async fn axe(&self) -> Vec<String> {
        // A script of the driver's is not bound by the page's policy.
        self.client.execute(&self.axe, Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(
                violation => `${violation.id}: ${violation.help}: ${violation.nodes.map(node => node.html).slice(0, 3).join(' | ')}`)));";
        serde_json::from_value(self.client.execute_async(script, Vec::new()).await.unwrap()).unwrap()
    }

    /// Names that are set beyond the shapes drawn for them, and names and labels that lie on each other.
    pub async fn drawn_badly(&self) -> Vec<String> {
        let script = "const box = own => own.getBoundingClientRect(), bad = [];
            const stages = [...document.querySelectorAll('.lifecycle .stage')], labels = [...document.querySelectorAll('.lifecycle .label')];
            for (const stage of stages) for (const name of stage.querySelectorAll('text')) {
                const out = box(stage.querySelector('rect, path')), own = box(name);
                if (own.left < out.left || own.right > out.right || own.top < out.top || own.bottom > out.bottom) bad.push('outside: ' + name.textContent);
            }
            const all = [...stages, ...labels].map(own => [own.textContent, box(own)]);
            all.forEach(([text, one], number) => all.slice(number + 1).forEach(([other, two]) => {
                if (one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom) bad.push(text + ' on ' + other);
            }));
            return bad.concat(stages.length ? [] : ['nothing is drawn']);";
        serde_json::from_value(self.client.execute(script, Vec::new()).await.unwrap()).unwrap()
    }

    /// The deadlines of a list that are not wholly seen, or too narrow to be read; and that there are none.
    pub async fn hidden_clocks(&self) -> Vec<String> {
        let script =
            "const clocks = [...document.querySelectorAll('td.clock')], wide = document.documentElement.clientWidth;
            const unseen = clocks.filter(clock => {
                const own = clock.getBoundingClientRect();
                return clock.textContent.trim() && (own.left < 0 || own.right > wide || own.width < 120);
            });
            return clocks.length ? unseen.map(clock => clock.textContent) : ['there is none'];";
        serde_json::from_value(self.client.execute(script, Vec::new()).await.unwrap()).unwrap()
    }

    /// What a script gives back.
    pub async fn run(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// What a script gives to its last argument, a function.
    pub async fn run_async(&self, script: &str) -> serde_json::Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// Types where the focus is, as a hand-held scanner does.
    pub async fn type_keys(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Waits until a script gives true; after 30 seconds it says what the page shows.
    pub async fn until(&self, script: &str) {
        for _ in 0..300 {
            if self.run(script).await == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("never: {script}\n{}", self.text().await);
    }

    /// Keeps a picture of the page, where `PANJEREH_SHOTS` names a folder for them.
    pub async fn shoot(&self, name: &str) {
        let Some(folder) = std::env::var_os("PANJEREH_SHOTS") else { return };
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), picture).unwrap();
    }

    /// Makes the window as wide as a phone's.
    pub async fn width(&self, pixels: u32) {
        self.client.set_window_size(pixels, 844).await.unwrap();
    }

    /// Makes the window so wide, and so tall that a picture of it has a whole list.
    pub async fn tall(&self, pixels: u32) {
        self.client.set_window_size(pixels, 2400).await.unwrap();
    }

    /// By how many pixels the page is wider than the window.
    pub async fn overflow(&self) -> i64 {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.client.execute(script, Vec::new()).await.unwrap().as_i64().unwrap()
    }
}

/// Sends JSON to chromedriver, for the commands that the client has no words for; the head of the answer. It keeps the connection open, so what
/// follows is not waited for.
fn post(address: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = Vec::new();
    for byte in BufReader::new(stream).bytes() {
        answer.push(byte.unwrap());
        if answer.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8(answer).unwrap()
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
