alter table users add column feedback_score int default null;
