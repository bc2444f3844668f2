//! Pages as people use them, over the whole application with a real store. The files mirror the paths.

// A test that fails here says so by panicking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod apply;
mod assessment;
mod case;
mod cases;
mod certificate;
mod chance;
mod declare;
mod desk;
mod desk_correct;
mod desk_revoke;
mod draws;
mod faults;
mod gate;
mod goods;
mod home;
mod hostile;
mod hosts;
mod identity;
mod identity_lies;
mod identity_oracle;
mod inspection;
mod integrity;
mod limits;
mod log;
mod lying_provider;
mod mandates;
mod me;
mod origins;
mod passkeys;
mod queues;
mod ready;
mod service;
mod sign_in;
#[path = "../../../credential/tests/soft/mod.rs"]
mod soft;
mod tariff;
mod times;
mod track;
mod verify;
mod words;
