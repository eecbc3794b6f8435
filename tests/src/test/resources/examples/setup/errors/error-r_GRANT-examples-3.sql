create role sample_role2;
create role sample_role3;
