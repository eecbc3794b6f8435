\set id random(1, 100)
select :id + 1;
