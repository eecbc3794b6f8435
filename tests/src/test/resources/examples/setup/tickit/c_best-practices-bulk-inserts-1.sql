create table category_stage (like category);
