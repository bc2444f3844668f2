//! The settings of a training, each with what it is without being said.
//!
//! Must not know of: data, LightGBM's interface.

use clap::Args;
use serde_json::{Value, json};

/// Settings of a training. What they are by default was chosen by learning from the first three quarters of the training year and measuring on the fourth.
#[derive(Args, Clone, Copy, Debug)]
pub struct Settings {
    /// What decides folds and samples. The same seed gives the same model.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Parts that profiles and calibration are learnt across.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=100))]
    pub folds: u64,
    /// Rows that the share of all weighs in a profile.
    #[arg(long, default_value_t = 3)]
    pub weight: u32,
    /// Trees of each goal.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub trees: u32,
    /// Leaves of a tree.
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u32).range(2..=4_096))]
    pub leaves: u32,
    /// Which share of what is left each tree learns.
    #[arg(long, default_value_t = 0.05)]
    pub rate: f64,
    /// Rows that a leaf has at least.
    #[arg(long, default_value_t = 20)]
    pub leaf_rows: u32,
    /// Which share of the features each tree may ask for.
    #[arg(long, default_value_t = 0.5)]
    pub features: f64,
    /// Which share of the rows each tree sees.
    #[arg(long, default_value_t = 0.8)]
    pub rows: f64,
    /// Make no profiles of exact prices and weights.
    #[arg(long)]
    pub without_amounts: bool,
}

impl Settings {
    /// LightGBM's parameters. One thread, and rows walked through in one way: two threads would add up in another order each time.
    pub fn parameters(&self) -> Value {
        json!({
            "objective": "binary",
            "num_iterations": self.trees,
            "num_leaves": self.leaves,
            "learning_rate": self.rate,
            "min_data_in_leaf": self.leaf_rows,
            "feature_fraction": self.features,
            "bagging_fraction": self.rows,
            "bagging_freq": 1,
            "seed": self.seed % 1_000_000,
            "deterministic": true,
            "force_row_wise": true,
            "num_threads": 1,
            "verbosity": -1,
        })
    }
}
