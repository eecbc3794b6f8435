create table loadvenuenulls as select * from venue
