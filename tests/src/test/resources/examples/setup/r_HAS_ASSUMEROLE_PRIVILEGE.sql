create user reg_user1 password disable;
