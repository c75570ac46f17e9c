//! The estuaries that a car must drive round: data, from `docs/travel-estimate.md`.

/// A stretch of water, and where a car gets across or round it. Points are latitude, longitude in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Barrier {
    /// The water, as a line from point to point.
    pub(crate) line: &'static [(f64, f64)],
    /// Bridges, tunnels and heads of the water.
    pub(crate) crossings: &'static [(f64, f64)],
}

/// Every barrier that the estimate knows.
pub(crate) const ALL: &[Barrier] =
    &[SEVERN, HUMBER, THAMES, WASH, MERSEY, DEE, MORECAMBE_BAY, CARDIGAN_BAY, DYFI, SOLWAY];

/// The Bristol Channel and the Severn: the two motorway bridges, then Gloucester.
pub(crate) const SEVERN: Barrier = Barrier {
    line: &[
        (51.25, -6.0),
        (51.35, -4.0),
        (51.33, -3.2),
        (51.47, -2.95),
        (51.574, -2.70),
        (51.610, -2.64),
        (51.72, -2.50),
        (51.78, -2.38),
        (51.874, -2.27),
    ],
    crossings: &[(51.574, -2.70), (51.610, -2.64), (51.874, -2.27)],
};

/// The Humber Bridge, then the lowest bridge of the Ouse and the Trent.
pub(crate) const HUMBER: Barrier = Barrier {
    line: &[(53.5, 0.3), (53.58, 0.1), (53.68, -0.25), (53.71, -0.45), (53.70, -0.70), (53.72, -0.88)],
    crossings: &[(53.706, -0.45), (53.72, -0.88)],
};

/// The Thames below the Dartford Crossing.
pub(crate) const THAMES: Barrier =
    Barrier { line: &[(51.5, 1.2), (51.48, 0.7), (51.47, 0.45), (51.465, 0.26)], crossings: &[(51.465, 0.26)] };

/// The Wash.
pub(crate) const WASH: Barrier =
    Barrier { line: &[(53.1, 0.6), (52.95, 0.3), (52.82, 0.15)], crossings: &[(52.82, 0.15)] };

/// The Mersey: the Liverpool tunnels, then Runcorn.
pub(crate) const MERSEY: Barrier = Barrier {
    line: &[(53.5, -3.3), (53.41, -3.02), (53.34, -2.95), (53.345, -2.74)],
    crossings: &[(53.41, -3.01), (53.345, -2.74)],
};

/// The Dee.
pub(crate) const DEE: Barrier =
    Barrier { line: &[(53.42, -3.6), (53.33, -3.2), (53.22, -3.03)], crossings: &[(53.215, -3.03)] };

/// Morecambe Bay.
pub(crate) const MORECAMBE_BAY: Barrier =
    Barrier { line: &[(54.0, -3.6), (54.1, -3.0), (54.2, -2.82)], crossings: &[(54.21, -2.80)] };

/// Cardigan Bay.
pub(crate) const CARDIGAN_BAY: Barrier =
    Barrier { line: &[(52.2, -5.2), (52.5, -4.6), (52.75, -4.15)], crossings: &[(52.75, -4.05)] };

/// The Dyfi.
pub(crate) const DYFI: Barrier = Barrier { line: &[(52.54, -4.15), (52.57, -3.93)], crossings: &[(52.59, -3.87)] };

/// The Solway Firth.
pub(crate) const SOLWAY: Barrier =
    Barrier { line: &[(54.6, -4.2), (54.9, -3.5), (55.0, -3.06)], crossings: &[(55.0, -3.05)] };
