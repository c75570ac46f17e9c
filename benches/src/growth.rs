//! How fast a quantity grows with size.

/// The exponent b of the power law y = a·xᵇ that fits these points best: the slope of log y against log x by least
/// squares. None without two sizes to compare. Points that are not above 0 have no logarithm and are left out.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a handful of points")]
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<_> = points.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0).map(|(x, y)| (x.ln(), y.ln())).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    let (mean_x, mean_y) = (mean(|log| log.0), mean(|log| log.1));
    let spread: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let together: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    (spread > 0.0).then(|| together / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_exponent_of_a_power_law() {
        let law = |x: f64| (x, 3.0 * x.powf(1.5));
        let found = exponent(&[law(10.0), law(30.0), (50.0, 0.0), law(1_000.0)]).expect("an exponent");
        assert!((found - 1.5).abs() < 1e-9, "{found}");
    }

    #[test]
    fn one_size_shows_no_growth() {
        assert_eq!(exponent(&[]), None);
        assert_eq!(exponent(&[(10.0, 1.0), (10.0, 2.0)]), None);
    }
}
