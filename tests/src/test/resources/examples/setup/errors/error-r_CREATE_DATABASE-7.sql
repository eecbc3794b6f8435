create table test_super_collation (s super, c varchar(255) collate case_insensitive);
