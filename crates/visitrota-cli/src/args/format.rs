//! How documents and answers are written.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// How a rota is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RotaFormat {
    /// For people
    #[default]
    Text,
    /// For programs: the rota document; from `report`, the contents of all its tables
    Json,
    /// One row for each visit that is met
    Csv,
    /// For maps: trips as lines, stops as points, homes only roughly
    Geojson,
}

impl From<RotaFormat> for Format {
    /// How a failure is written where a rota was asked for.
    fn from(format: RotaFormat) -> Self {
        if format == RotaFormat::Json { Self::Json } else { Self::Text }
    }
}
