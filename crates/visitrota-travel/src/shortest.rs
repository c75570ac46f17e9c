//! Shortest ways through a table of minutes.

/// More minutes than any drive takes, and few enough that two of them add up.
const FAR: u32 = u32::MAX / 4;

/// The minutes of the shortest way from each place to each other, by whatever stops, in a square table, row after
/// row. (Floyd's and Warshall's algorithm.) Minutes beyond all reason are cut to [`FAR`].
pub(crate) fn shortest(side: usize, mut minutes: Vec<u32>) -> Vec<u32> {
    for cell in &mut minutes {
        *cell = (*cell).min(FAR);
    }
    for via in 0..side {
        let onward = minutes[via * side..][..side].to_vec();
        for row in minutes.chunks_exact_mut(side) {
            let there = row[via];
            for (direct, onward) in row.iter_mut().zip(&onward) {
                *direct = (*direct).min(there + onward);
            }
        }
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_obeys_the_triangle_inequality_stays() {
        let minutes = vec![0, 10, 20, 12, 0, 10, 22, 12, 0];
        assert_eq!(shortest(3, minutes.clone()), minutes);
    }

    #[test]
    fn ways_by_two_stops_are_found() {
        #[rustfmt::skip]
        let minutes = vec![
             0,  5, 90, 90,
            70,  0,  5, 90,
            70, 70,  0,  5,
            70, 70, 70,  0,
        ];
        #[rustfmt::skip]
        let expected = vec![
             0,  5, 10, 15,
            70,  0,  5, 10,
            70, 70,  0,  5,
            70, 70, 70,  0,
        ];
        assert_eq!(shortest(4, minutes), expected);
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(shortest(2, vec![u32::MAX; 4]), [FAR; 4]);
        assert!(shortest(0, Vec::new()).is_empty());
    }
}
