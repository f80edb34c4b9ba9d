//! Stories: what people do in a day, told by topic.

mod administering;
mod chain;
mod enrolling;
mod enterprise_own;
mod every_act;
mod offline_inspection;
mod papers;
mod relay_down;
mod replanning;
mod without_power;
mod without_the_app;
