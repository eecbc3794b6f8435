create user vuser password disable;
