//! Answers held against the planner: what is said to be enough is enough and no more than that, what is said to cost or
//! to gain so much does, and nothing stays unmet without a reason.

mod asking;

mod advice;
mod by_hand;
mod served;
mod standing_in;
mod unmet;
